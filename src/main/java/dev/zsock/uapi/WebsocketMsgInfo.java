package dev.zsock.uapi;

import java.nio.ByteBuffer;

/**
 * {@code struct websocket_msg_info}: data of the control message {@code WEBSOCKET_MSG_INFO} that
 * {@code recvmsg} gives on a websocket. This library's own, not in Zephyr.
 *
 * <p>In memory, in native order: the type in 4 bytes, 4 of padding, the rest in 8.
 */
public final class WebsocketMsgInfo {
    /** C's {@code sizeof(struct websocket_msg_info)}. */
    public static final int SIZE = 16;

    /** {@code WEBSOCKET_FLAG_...} of the message; a continuation has its message's type. */
    public int message_type;

    /** Payload bytes of this frame still to come, unsigned. */
    public long remaining;

    /** All zero. */
    public WebsocketMsgInfo() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public WebsocketMsgInfo(WebsocketMsgInfo other) {
        set(other);
    }

    /**
     * Reads the data of a {@code WEBSOCKET_MSG_INFO} control message.
     *
     * @param data what {@code CMSG_DATA} gave; its position stays
     */
    public WebsocketMsgInfo(ByteBuffer data) {
        message_type = data.getInt(data.position());
        remaining = data.getLong(data.position() + 8);
    }

    /**
     * C's {@code memcpy(data, this, sizeof(*this))}.
     *
     * @param data what {@code CMSG_DATA} gave; its position stays
     */
    public void put(ByteBuffer data) {
        int at = data.position();
        data.putInt(at, message_type).putInt(at + 4, 0).putLong(at + 8, remaining);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(WebsocketMsgInfo other) {
        message_type = other.message_type;
        remaining = other.remaining;
    }

    @Override
    public String toString() {
        return "{message_type=" + message_type + ", remaining=" + remaining + "}";
    }
}
