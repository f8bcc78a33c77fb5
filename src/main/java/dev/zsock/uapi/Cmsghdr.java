package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code struct cmsghdr} of {@code <sys/socket.h>}: the header of a control message.
 *
 * <p>Those that matter are windows on the {@code msg_control} of a {@link Msghdr}; see there.
 */
public final class Cmsghdr {
    /** C's {@code sizeof(struct cmsghdr)}. */
    public static final int SIZE = 16;

    /** Bytes of header and data: {@code CMSG_LEN(n)}. */
    public int cmsg_len;

    /** {@code SOL_SOCKET}, {@code IPPROTO_IP}, ... */
    public int cmsg_level;

    /** {@code SCM_RIGHTS}, {@code IP_PKTINFO}, ... */
    public int cmsg_type;

    /** The array this is a window on, null for a header that stands alone. */
    final byte @Nullable [] control;

    /** The window of the same message that was made before this one. */
    @Nullable Cmsghdr older;

    private final int offset;
    private int agreedLen;
    private int agreedLevel;
    private int agreedType;

    /** A header of all zero that stands alone: it has no data. */
    public Cmsghdr() {
        control = null;
        offset = 0;
    }

    /**
     * A copy that stands alone.
     *
     * @param other what to copy
     */
    public Cmsghdr(Cmsghdr other) {
        this();
        set(other);
    }

    Cmsghdr(byte[] control, int offset, @Nullable Cmsghdr older) {
        this.control = control;
        this.offset = offset;
        this.older = older;
        sync();
    }

    /**
     * C's {@code *this = other}: length, level and type.
     *
     * @param other what to copy
     */
    public void set(Cmsghdr other) {
        cmsg_len = other.cmsg_len;
        cmsg_level = other.cmsg_level;
        cmsg_type = other.cmsg_type;
    }

    /**
     * {@code CMSG_DATA}: the bytes behind the header in {@code msg_control}, in native order.
     *
     * @return from position 0 to the end that {@link #cmsg_len} gives, or to the end of
     *     {@code msg_control} when that is not set yet or larger; empty for a header that stands
     *     alone
     */
    public ByteBuffer data() {
        if (control == null) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer data = ByteBuffer.wrap(control, offset + SIZE, control.length - offset - SIZE)
                .slice()
                .order(ByteOrder.nativeOrder());
        if (cmsg_len >= SIZE) {
            data.limit(Math.min(cmsg_len - SIZE, data.capacity()));
        }
        return data;
    }

    /**
     * {@code CMSG_ALIGN}.
     *
     * @param len bytes, 0 or more
     * @return len rounded up to a multiple of 8
     */
    public static int align(int len) {
        return (int) Math.min((len + 7L) & ~7L, Integer.MAX_VALUE & ~7);
    }

    int offset() {
        return offset;
    }

    /** What the program wrote goes to the bytes; if it wrote nothing, the bytes are read. */
    void sync() {
        ByteBuffer header = ByteBuffer.wrap(control == null ? new byte[SIZE] : control)
                .order(ByteOrder.nativeOrder());
        if (cmsg_len != agreedLen || cmsg_level != agreedLevel || cmsg_type != agreedType) {
            header.putLong(offset, cmsg_len)
                    .putInt(offset + 8, cmsg_level)
                    .putInt(offset + 12, cmsg_type);
        } else {
            cmsg_len = (int) Math.max(0, Math.min(header.getLong(offset), Integer.MAX_VALUE));
            cmsg_level = header.getInt(offset + 8);
            cmsg_type = header.getInt(offset + 12);
        }
        agreedLen = cmsg_len;
        agreedLevel = cmsg_level;
        agreedType = cmsg_type;
    }

    @Override
    public String toString() {
        return "{cmsg_len=" + cmsg_len + ", cmsg_level=" + cmsg_level + ", cmsg_type=" + cmsg_type
                + "}";
    }
}
