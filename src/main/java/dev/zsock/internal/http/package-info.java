/** HTTP/1.1 heads and bodies, as far as the upgrade and the small client need them. */
@NullMarked
package dev.zsock.internal.http;

import org.jspecify.annotations.NullMarked;
