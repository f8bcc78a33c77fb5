package dev.zsock.internal.http;

import static dev.zsock.uapi.ErrnoAbi.EBADMSG;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the head of a message (RFC 9112 2 to 5), resumable at any byte, and stops right behind its
 * empty line. Strict about what can be understood in two ways; knows nothing of what a line means.
 * Not thread-safe.
 *
 * <p>A field is given when the line after it has come, because that may continue it.
 */
public final class HeadReader {
    /** The input is drained. */
    public static final int NEED_MORE = 0;

    /** {@link #startLine()} is there. */
    public static final int START_LINE = 1;

    /** {@link #name()} and {@link #value()} are there. */
    public static final int FIELD = 2;

    /** The empty line has been taken. */
    public static final int END = 3;

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_FIELDS = 100;

    private final String begin;
    private byte[] line = new byte[128];
    private int length;
    private boolean whole; // the line waits to be looked at
    private boolean cr;
    private boolean started;
    private int bytes;
    private int fields;
    private String startLine = "";
    private String name = "";
    private String value = "";
    private @Nullable String openName; // of a field that may go on
    private String openValue = "";

    /**
     * For one message or several in a row, whose limits are common. begin: how a start line must
     * begin.
     */
    public HeadReader(String begin) {
        this.begin = begin;
    }

    /** One of the constants above, or -EBADMSG. */
    public int next(ByteBuffer in) {
        while (true) {
            if (!whole) {
                int rc = readLine(in);
                if (rc <= 0) {
                    return rc;
                }
            }
            if (!started) {
                return takeStartLine();
            }
            boolean fold = length > 0 && HttpText.isBlank(line[0]);
            if (openName != null && !fold) {
                name = openName;
                value = HttpText.trim(openValue);
                openName = null;
                return FIELD; // the line is for the next call
            }
            whole = false;
            if (length == 0) {
                started = false;
                return END;
            }
            if (!(fold ? continueField() : openField())) {
                return -EBADMSG;
            }
            length = 0;
        }
    }

    /** What comes next are fields without a start line: the trailers of a body. */
    void expectTrailers() {
        started = true;
    }

    /** The start line, without its end. */
    public String startLine() {
        return startLine;
    }

    /** Name of the field. */
    public String name() {
        return name;
    }

    /**
     * Its value without white space at the ends; each continuation line was joined with one blank.
     */
    public String value() {
        return value;
    }

    /** 1 when a line is there, 0 when the input is drained, -EBADMSG. */
    private int readLine(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (++bytes > MAX_BYTES) {
                return -EBADMSG;
            }
            if (b == '\n') { // 9112 2.2: alone, too
                cr = false;
                whole = true;
                return 1;
            }
            if (cr || b == 0) {
                return -EBADMSG;
            }
            cr = b == '\r';
            if (!cr && !append(b)) {
                return -EBADMSG;
            }
        }
        return 0;
    }

    private boolean append(byte b) {
        if (!started && length < begin.length() && b != begin.charAt(length)) {
            return false; // no need to wait for the rest of what is not HTTP
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = b;
        return true;
    }

    private int takeStartLine() {
        if (length == 0) {
            return -EBADMSG;
        }
        startLine = text(0, length);
        started = true;
        whole = false;
        length = 0;
        return START_LINE;
    }

    private boolean openField() {
        int colon = 0;
        while (colon < length && line[colon] != ':') {
            colon++;
        }
        String field = text(0, colon);
        if (colon == length || !HttpText.isToken(field) || ++fields > MAX_FIELDS) { // 9112 5.1
            return false;
        }
        openName = field;
        openValue = text(colon + 1, length);
        return true;
    }

    private boolean continueField() { // 9112 5.2
        if (openName == null) {
            return false;
        }
        openValue = HttpText.trim(openValue) + " " + HttpText.trim(text(0, length));
        return true;
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
