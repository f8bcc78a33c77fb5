package dev.zsock.uapi;

/** C's {@code uint64_t *}: where a call puts a number, or reads and replaces one. */
public final class LongRef {
    /** C's size of what it points to. */
    public static final int SIZE = 8;

    /** The number. */
    public long value;

    /** Holds 0. */
    public LongRef() {}

    /**
     * Holds the given number.
     *
     * @param value the number
     */
    public LongRef(long value) {
        this.value = value;
    }

    @Override
    public String toString() {
        return "{" + value + "}";
    }
}
