/**
 * Constants, structs and callback types shared by every header: what a C program gets from
 * {@code <sys/socket.h>}, {@code <netinet/in.h>}, {@code <poll.h>}, {@code <netdb.h>},
 * {@code <errno.h>} and Zephyr's {@code <zephyr/net/...>}.
 *
 * <p>Constants are compile-time {@code int}s in {@code ...Abi} interfaces and keep their C names
 * and Linux numbers. Structs are final classes with public mutable C-named fields, a no-argument
 * constructor (all zero), a copy constructor and {@code set(other)}, which is C's {@code a = b}.
 * Pointers copied by {@code set} still point to the same object, as in C. Nothing here validates:
 * the function that reads a struct does.
 *
 * <p>Addresses and ports read naturally: {@code s_addr} of 127.0.0.1 is {@code 0x7f000001} and
 * {@code sin_port} of port 80 is 80, because network byte order is Java's own.
 */
@NullMarked
package dev.zsock.uapi;

import org.jspecify.annotations.NullMarked;
