package dev.zsock.uapi;

/**
 * {@code struct sockaddr} of {@code <sys/socket.h>}: any socket address.
 *
 * <p>A C variable of this type becomes a {@link SockaddrStorage}; a pointer to it becomes this
 * type, which every concrete address extends.
 */
public abstract sealed class Sockaddr permits SockaddrIn, SockaddrIn6, SockaddrUn, SockaddrStorage {
    Sockaddr() {}

    /**
     * The address family, C's {@code sa->sa_family}.
     *
     * @return {@code AF_UNSPEC} (0) for an address that was never filled
     */
    public abstract int sa_family();
}
