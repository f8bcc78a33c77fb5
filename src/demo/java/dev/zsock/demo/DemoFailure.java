package dev.zsock.demo;

/** Why a program behind {@code make} cannot go on: its message is one line for the reader. */
public final class DemoFailure extends Exception {
    private static final long serialVersionUID = 1;

    public DemoFailure(String why) {
        super(why);
    }
}
