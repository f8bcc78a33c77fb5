/**
 * The websocket protocol (RFC 6455) as a file over another file: codec, rules, handshake, and the
 * file type itself.
 */
@NullMarked
package dev.zsock.internal.websocket;

import org.jspecify.annotations.NullMarked;
