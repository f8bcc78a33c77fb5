package dev.zsock.demo;

import static dev.zsock.Sockets.EAGAIN;
import static dev.zsock.Sockets.errno;
import static dev.zsock.Sockets.strerror;
import static dev.zsock.Sockets.strerrorname;

import java.io.PrintStream;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/** Runs statements and prints each in C, in Java, and what it gave; stops at the first surprise. */
final class Transcript {
    private final PrintStream out;

    Transcript(PrintStream out) {
        this.out = out;
    }

    /** A line of prose. */
    void say(String text) {
        out.println(text);
    }

    /** The beginning of a part. */
    void part(String title) {
        out.println();
        out.println(title);
        out.println("-".repeat(title.length()));
    }

    /**
     * Runs one statement.
     *
     * @param c the statement in C
     * @param java its twin
     * @param call the twin itself
     * @param promised whether this is a value that the document promises
     * @param meaning what a promised value means
     */
    void step(String c, String java, IntSupplier call, IntPredicate promised, String meaning)
            throws DemoFailure {
        out.println();
        lines("C", c);
        lines("Java", java);
        int value = call.getAsInt();
        if (!promised.test(value)) {
            lines("gave", String.valueOf(value));
            throw new DemoFailure(name(java) + " gave " + inWords(value));
        }
        lines("gave", "%-6d %s".formatted(value, meaning));
    }

    /** More about the statement before: a label once, then lines. */
    void lines(String label, String text) {
        String head = "  %-5s ".formatted(label);
        for (String line : text.split("\n")) {
            out.println((head + line).stripTrailing());
            head = " ".repeat(head.length());
        }
    }

    /** What crossed: the bytes, and below them what RFC 6455 makes of them. */
    void frame(boolean fromClient, WireFrame frame) {
        lines("wire", (fromClient ? "--> " : "<-- ") + frame.bytes() + "\n    " + frame);
    }

    private static String name(String statement) {
        return statement.replaceAll("^.*?= |\\((?s:.*)$", "");
    }

    /** A websocket function gives -errno; the BSD ones -1, and errno() says why. */
    private static String inWords(int value) {
        int error = value == -1 ? errno() : -value;
        if (value >= 0) {
            return value + ", which was not promised";
        }
        String text = error == EAGAIN ? "nothing came in time" : strerror(error);
        return value + " (" + strerrorname(error) + ": " + text + ")";
    }
}
