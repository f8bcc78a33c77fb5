/**
 * BSD sockets and Zephyr's websocket client API, name for name: {@code import static
 * dev.zsock.Sockets.*}.
 */
@NullMarked
package dev.zsock;

import org.jspecify.annotations.NullMarked;
