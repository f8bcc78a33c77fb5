/**
 * BSD sockets and Zephyr's websocket client API, name for name: {@code import static
 * dev.zsock.Sockets.*}. The comment of a function names each errno that it can give; one that names
 * none cannot fail.
 */
@NullMarked
package dev.zsock;

import org.jspecify.annotations.NullMarked;
