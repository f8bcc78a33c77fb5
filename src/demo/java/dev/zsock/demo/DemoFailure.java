package dev.zsock.demo;

/** Why the demo ends without {@code demo: ok}: its message is one line for the reader. */
public final class DemoFailure extends Exception {
    private static final long serialVersionUID = 1;

    public DemoFailure(String why) {
        super(why);
    }
}
