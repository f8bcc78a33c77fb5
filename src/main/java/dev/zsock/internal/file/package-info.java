/** The table of operations that every kind of file answers, and what a call carries with it. */
@NullMarked
package dev.zsock.internal.file;

import org.jspecify.annotations.NullMarked;
