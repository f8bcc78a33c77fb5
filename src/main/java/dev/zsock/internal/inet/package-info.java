/** Files that are kernel sockets, pipes or streams. */
@NullMarked
package dev.zsock.internal.inet;

import org.jspecify.annotations.NullMarked;
