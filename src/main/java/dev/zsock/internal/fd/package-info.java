/** From fd numbers to open files: each opening of a number, references, closing. */
@NullMarked
package dev.zsock.internal.fd;

import org.jspecify.annotations.NullMarked;
