package dev.zsock.uapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** {@code struct sockaddr_un} of {@code <sys/un.h>}: a path, or an abstract name after a NUL. */
public final class SockaddrUn extends Sockaddr {
    /** C's {@code sizeof(struct sockaddr_un)}. */
    public static final int SIZE = 110;

    /** {@code AF_UNIX}. */
    public int sun_family;

    /**
     * Path up to the first NUL or the end; with a leading NUL an abstract name, whose length is the
     * {@code addrlen} of the call less 2.
     */
    public final byte[] sun_path = new byte[108];

    /** An address of all zero, family included. */
    public SockaddrUn() {}

    /**
     * An {@code AF_UNIX} address.
     *
     * @param path written in UTF-8; with a leading {@code '\0'} an abstract name
     * @throws IllegalArgumentException if path takes more than 108 bytes
     */
    public SockaddrUn(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > sun_path.length) {
            throw new IllegalArgumentException("sun_path holds 108 bytes, not " + bytes.length);
        }
        sun_family = SocketAbi.AF_UNIX;
        System.arraycopy(bytes, 0, sun_path, 0, bytes.length);
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public SockaddrUn(SockaddrUn other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(SockaddrUn other) {
        sun_family = other.sun_family;
        System.arraycopy(other.sun_path, 0, sun_path, 0, sun_path.length);
    }

    @Override
    public int sa_family() {
        return sun_family;
    }

    @Override
    public String toString() {
        int from = sun_path[0] == 0 ? 1 : 0;
        int to = from;
        while (to < sun_path.length && sun_path[to] != 0) {
            to++;
        }
        String name = new String(Arrays.copyOfRange(sun_path, from, to), StandardCharsets.UTF_8);
        return "{sun_family=" + sun_family + ", " + (from == 1 && to > 1 ? "@" : "") + name + "}";
    }
}
