package dev.zsock.uapi;

/**
 * {@code struct sockaddr_storage} of {@code <sys/socket.h>}: room for an address of any family.
 *
 * <p>C casts a pointer to it; here {@link #sin}, {@link #sin6} and {@link #sun} give the view of
 * that type inside this object (programs call {@code net_sin(storage)} and its kin). The family is
 * one value, as the one place in memory is in C: written through {@link #ss_family} or through a
 * view's own family field, it reads the same everywhere as soon as {@link #sa_family} or a view was
 * asked for again; every socket call does so.
 */
public final class SockaddrStorage extends Sockaddr {
    /** C's {@code sizeof(struct sockaddr_storage)}. */
    public static final int SIZE = 128;

    /** Address family; {@link #sa_family} also knows what was written through a view. */
    public int ss_family;

    private final SockaddrIn in = new SockaddrIn();
    private final SockaddrIn6 in6 = new SockaddrIn6();
    private final SockaddrUn un = new SockaddrUn();
    private int agreed;

    /** Empty storage: {@code AF_UNSPEC}. */
    public SockaddrStorage() {}

    /**
     * A copy of any address.
     *
     * @param other what to copy
     */
    public SockaddrStorage(Sockaddr other) {
        set(other);
    }

    /**
     * C's {@code *this = other}, or {@code memcpy} from an address of any type.
     *
     * @param other what to copy
     */
    public void set(Sockaddr other) {
        int family = other.sa_family();
        if (other instanceof SockaddrIn from) {
            in.set(from);
        } else if (other instanceof SockaddrIn6 from) {
            in6.set(from);
        } else if (other instanceof SockaddrUn from) {
            un.set(from);
        } else if (other instanceof SockaddrStorage from) {
            in.set(from.in);
            in6.set(from.in6);
            un.set(from.un);
        }
        agree(family);
    }

    @Override
    public int sa_family() {
        if (ss_family != agreed) {
            agree(ss_family);
        } else if (in.sin_family != agreed) {
            agree(in.sin_family);
        } else if (in6.sin6_family != agreed) {
            agree(in6.sin6_family);
        } else if (un.sun_family != agreed) {
            agree(un.sun_family);
        }
        return agreed;
    }

    /**
     * C's {@code (struct sockaddr_in *)this}; empty storage takes {@code AF_INET}.
     *
     * @return the same view at every call
     */
    public SockaddrIn sin() {
        takeIfEmpty(SocketAbi.AF_INET);
        return in;
    }

    /**
     * C's {@code (struct sockaddr_in6 *)this}; empty storage takes {@code AF_INET6}.
     *
     * @return the same view at every call
     */
    public SockaddrIn6 sin6() {
        takeIfEmpty(SocketAbi.AF_INET6);
        return in6;
    }

    /**
     * C's {@code (struct sockaddr_un *)this}; empty storage takes {@code AF_UNIX}.
     *
     * @return the same view at every call
     */
    public SockaddrUn sun() {
        takeIfEmpty(SocketAbi.AF_UNIX);
        return un;
    }

    private void takeIfEmpty(int family) {
        if (sa_family() == SocketAbi.AF_UNSPEC) {
            agree(family);
        }
    }

    private void agree(int family) {
        ss_family = family;
        in.sin_family = family;
        in6.sin6_family = family;
        un.sun_family = family;
        agreed = family;
    }

    @Override
    public String toString() {
        switch (sa_family()) {
            case SocketAbi.AF_INET:
                return in.toString();
            case SocketAbi.AF_INET6:
                return in6.toString();
            case SocketAbi.AF_UNIX:
                return un.toString();
            default:
                return "{ss_family=" + ss_family + "}";
        }
    }
}
