/** From fd numbers to open files: references, generations, closing. */
@NullMarked
package dev.zsock.internal.fd;

import org.jspecify.annotations.NullMarked;
