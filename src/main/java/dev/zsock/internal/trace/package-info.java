/** What every layer may tell: frames, packets and the reasons of refusals. */
@NullMarked
package dev.zsock.internal.trace;

import org.jspecify.annotations.NullMarked;
