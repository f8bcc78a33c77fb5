package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct addrinfo} of {@code <netdb.h>}: one result of, or the hints for,
 * {@code getaddrinfo}.
 */
public final class Addrinfo {
    /** C's {@code sizeof(struct addrinfo)}. */
    public static final int SIZE = 48;

    /** {@code AI_PASSIVE}, ... (hints). */
    public int ai_flags;

    /** {@code AF_INET}, {@code AF_INET6}, or {@code AF_UNSPEC} in hints. */
    public int ai_family;

    /** {@code SOCK_STREAM}, {@code SOCK_DGRAM}, or 0 in hints. */
    public int ai_socktype;

    /** {@code IPPROTO_TCP}, ..., or 0 in hints. */
    public int ai_protocol;

    /** C's size of {@link #ai_addr}, in bytes. */
    public int ai_addrlen;

    /** Address. */
    public @Nullable Sockaddr ai_addr;

    /** Official name, in the first result when {@code AI_CANONNAME} was asked. */
    public @Nullable String ai_canonname;

    /** Next result, or null. */
    public @Nullable Addrinfo ai_next;

    /** All zero. */
    public Addrinfo() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public Addrinfo(Addrinfo other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(Addrinfo other) {
        ai_flags = other.ai_flags;
        ai_family = other.ai_family;
        ai_socktype = other.ai_socktype;
        ai_protocol = other.ai_protocol;
        ai_addrlen = other.ai_addrlen;
        ai_addr = other.ai_addr;
        ai_canonname = other.ai_canonname;
        ai_next = other.ai_next;
    }

    @Override
    public String toString() {
        return "{ai_family=" + ai_family + ", ai_socktype=" + ai_socktype + ", ai_protocol="
                + ai_protocol + ", ai_addr=" + ai_addr + "}";
    }
}
