package dev.zsock;

import dev.zsock.uapi.ErrnoAbi;

import org.jspecify.annotations.Nullable;

/**
 * {@code <errno.h>} and the error texts of {@code <string.h>} and {@code <stdio.h>}.
 *
 * <p>{@code errno} belongs to the calling thread, as in C. Calls that return -1 set it; a call that
 * succeeds leaves it alone.
 */
public abstract class Errno implements ErrnoAbi {
    private static final ThreadLocal<int[]> LAST = ThreadLocal.withInitial(() -> new int[1]);

    /** For subclasses only: a header has no objects. */
    protected Errno() {}

    /**
     * The error of the calling thread's last failed call; mirrors {@code errno} of
     * {@code <errno.h>}.
     *
     * @return an {@code E...} constant, 0 when no call failed yet
     */
    public static int errno() {
        return LAST.get()[0];
    }

    /**
     * C's {@code errno = value}, for the calling thread.
     *
     * @param value an {@code E...} constant or 0
     */
    public static void set_errno(int value) {
        LAST.get()[0] = value;
    }

    /**
     * The text of an error; mirrors {@code strerror(3)} of glibc in the C locale.
     *
     * @param errnum an {@code E...} constant
     * @return the text, {@code Unknown error N} for a number that is none
     */
    public static String strerror(int errnum) {
        String text = ErrnoTexts.text(errnum);
        return text == null ? "Unknown error " + errnum : text;
    }

    /**
     * The name of an error; mirrors glibc's {@code strerrorname_np(3)}.
     *
     * @param errnum an {@code E...} constant
     * @return the name, such as {@code EAGAIN}; {@code "0"} for 0; null for a number that is none
     */
    public static @Nullable String strerrorname(int errnum) {
        return ErrnoTexts.name(errnum);
    }

    /**
     * Writes the text of {@link #errno} and a newline to {@code System.err}; mirrors
     * {@code perror(3)}.
     *
     * @param s what to write before it, with a colon and a space; null or empty for nothing
     */
    public static void perror(@Nullable String s) {
        String text = strerror(errno());
        System.err.println(s == null || s.isEmpty() ? text : s + ": " + text);
    }

    /**
     * Turns a result of the layers below into C's: the only writer of errno besides
     * {@link #set_errno}.
     *
     * @param rc 0 or more, or -errno
     * @return rc, or -1 with errno set
     */
    static int ret(int rc) {
        if (rc >= 0) {
            return rc;
        }
        LAST.get()[0] = -rc;
        return -1;
    }
}
