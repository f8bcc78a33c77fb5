package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct http_parser_settings} of {@code <zephyr/net/http/parser.h>}: what to call while a
 * message is parsed.
 *
 * <p>A data callback may be called several times for one item, with a piece each time.
 */
public final class HttpParserSettings {
    /** Before the status line. */
    public @Nullable HttpCb on_message_begin;

    /** Request target; never called for a response. */
    public @Nullable HttpDataCb on_url;

    /** Reason phrase. */
    public @Nullable HttpDataCb on_status;

    /** Name of a header. */
    public @Nullable HttpDataCb on_header_field;

    /** Value of the header named last. */
    public @Nullable HttpDataCb on_header_value;

    /** After the empty line. */
    public @Nullable HttpCb on_headers_complete;

    /** Piece of the body. */
    public @Nullable HttpDataCb on_body;

    /** After the last byte. */
    public @Nullable HttpCb on_message_complete;

    /** After a chunk's size line; {@link HttpParser#content_length} is the size. */
    public @Nullable HttpCb on_chunk_header;

    /** After a chunk. */
    public @Nullable HttpCb on_chunk_complete;

    /** All zero. */
    public HttpParserSettings() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public HttpParserSettings(HttpParserSettings other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(HttpParserSettings other) {
        on_message_begin = other.on_message_begin;
        on_url = other.on_url;
        on_status = other.on_status;
        on_header_field = other.on_header_field;
        on_header_value = other.on_header_value;
        on_headers_complete = other.on_headers_complete;
        on_body = other.on_body;
        on_message_complete = other.on_message_complete;
        on_chunk_header = other.on_chunk_header;
        on_chunk_complete = other.on_chunk_complete;
    }

    @Override
    public String toString() {
        return "{http_parser_settings}";
    }
}
