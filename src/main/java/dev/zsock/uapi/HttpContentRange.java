package dev.zsock.uapi;

/**
 * {@code struct http_content_range} of {@code <zephyr/net/http/client.h>}: value of Content-Range.
 */
public final class HttpContentRange {
    /** First byte. */
    public long start;

    /** Last byte. */
    public long end;

    /** Size of the whole, 0 when unknown. */
    public long total;

    /** All zero. */
    public HttpContentRange() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public HttpContentRange(HttpContentRange other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(HttpContentRange other) {
        start = other.start;
        end = other.end;
        total = other.total;
    }

    @Override
    public String toString() {
        return "{start=" + start + ", end=" + end + ", total=" + total + "}";
    }
}
