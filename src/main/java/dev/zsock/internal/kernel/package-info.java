/** System calls that return -errno: the only package that knows JNR. */
@NullMarked
package dev.zsock.internal.kernel;

import org.jspecify.annotations.NullMarked;
