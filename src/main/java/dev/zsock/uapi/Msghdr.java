package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct msghdr} of {@code <sys/socket.h>}: what {@code sendmsg} sends and {@code recvmsg}
 * fills.
 *
 * <p>Control messages lie in {@link #msg_control} with C's layout. A {@link Cmsghdr} is a window on
 * one header in it; {@link #firstCmsg} and {@link #nextCmsg} (programs call {@code CMSG_FIRSTHDR}
 * and {@code CMSG_NXTHDR}) always give the same object for the same place. What a program wrote to
 * a window reaches the bytes, and what changed in the bytes reaches the windows, in
 * {@link #syncControl}, which both methods call and which whoever reads or fills
 * {@code msg_control} must call.
 */
public final class Msghdr {
    /** C's {@code sizeof(struct msghdr)}. */
    public static final int SIZE = 56;

    /** Destination, or where the source goes; null for none. */
    public @Nullable Sockaddr msg_name;

    /** C's size of {@link #msg_name}, in bytes. */
    public int msg_namelen;

    /** Data. */
    public Iovec @Nullable [] msg_iov;

    /** Elements of {@link #msg_iov}. */
    public int msg_iovlen;

    /** Control messages; null for none. */
    public byte @Nullable [] msg_control;

    /** Bytes of {@link #msg_control} that count; {@code recvmsg} writes how many it filled. */
    public int msg_controllen;

    /** {@code MSG_TRUNC}, {@code MSG_CTRUNC}, ...; written by {@code recvmsg}. */
    public int msg_flags;

    private @Nullable Cmsghdr windows;

    /** All zero. */
    public Msghdr() {}

    /**
     * A copy that uses the same buffers.
     *
     * @param other what to copy
     */
    public Msghdr(Msghdr other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(Msghdr other) {
        other.syncControl();
        msg_name = other.msg_name;
        msg_namelen = other.msg_namelen;
        msg_iov = other.msg_iov;
        msg_iovlen = other.msg_iovlen;
        msg_control = other.msg_control;
        msg_controllen = other.msg_controllen;
        msg_flags = other.msg_flags;
    }

    /**
     * {@code CMSG_FIRSTHDR}.
     *
     * @return the first header, or null when {@link #msg_controllen} has no room for one
     */
    public @Nullable Cmsghdr firstCmsg() {
        syncControl();
        return window(0);
    }

    /**
     * {@code CMSG_NXTHDR}.
     *
     * @param cmsg a header of this message
     * @return the header behind it, or null when there is no room for one, or when cmsg or the
     *     header behind it has a length that does not fit
     */
    public @Nullable Cmsghdr nextCmsg(Cmsghdr cmsg) {
        syncControl();
        if (cmsg.cmsg_len < Cmsghdr.SIZE || cmsg.cmsg_len > room() - cmsg.offset()) {
            return null;
        }
        Cmsghdr next = window(cmsg.offset() + Cmsghdr.align(cmsg.cmsg_len));
        return next == null || Cmsghdr.align(next.cmsg_len) > room() - next.offset() ? null : next;
    }

    /** Makes {@link #msg_control} and its {@link Cmsghdr} windows agree; see above. */
    public void syncControl() {
        Cmsghdr previous = null;
        for (Cmsghdr w = windows; w != null; w = w.older) {
            if (w.control == msg_control) {
                w.sync();
                previous = w;
            } else if (previous == null) {
                windows = w.older;
            } else {
                previous.older = w.older;
            }
        }
    }

    private int room() {
        return msg_control == null ? 0 : Math.min(msg_controllen, msg_control.length);
    }

    private @Nullable Cmsghdr window(int offset) {
        byte[] control = msg_control;
        if (control == null || offset > room() - Cmsghdr.SIZE) {
            return null;
        }
        for (Cmsghdr w = windows; w != null; w = w.older) {
            if (w.offset() == offset) {
                return w;
            }
        }
        windows = new Cmsghdr(control, offset, windows);
        return windows;
    }

    @Override
    public String toString() {
        return "{msg_name=" + msg_name + ", msg_iovlen=" + msg_iovlen + ", msg_controllen="
                + msg_controllen + ", msg_flags=0x" + Integer.toHexString(msg_flags) + "}";
    }
}
