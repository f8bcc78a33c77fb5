package dev.zsock.uapi;

/** C's {@code int *}: where a call puts a number, or reads and replaces one. */
public final class IntRef {
    /** C's size of what it points to. */
    public static final int SIZE = 4;

    /** The number. */
    public int value;

    /** Holds 0. */
    public IntRef() {}

    /**
     * Holds the given number.
     *
     * @param value the number
     */
    public IntRef(int value) {
        this.value = value;
    }

    @Override
    public String toString() {
        return "{" + value + "}";
    }
}
