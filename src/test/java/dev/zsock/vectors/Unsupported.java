package dev.zsock.vectors;

/**
 * A scenario asks for something that the replayer does not know: the scenario fails with this text.
 */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unsupported(String what) {
        super(what);
    }
}
