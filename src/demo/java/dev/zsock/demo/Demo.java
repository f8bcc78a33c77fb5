package dev.zsock.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.UnknownHostException;

/**
 * {@code make demo}: runs the examples of Zephyr's page "Websocket Client API" against an echo
 * server in this process, or against the server of a {@code ws://} URL, and shows what happens.
 */
public final class Demo {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final String SHOWN = " what crosses: --> to the server, <-- from it,\n"
            + "the bytes of each frame (header, mask key, payload), and what they mean";

    private Demo() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** 0 behind a last line {@code demo: ok}; 1 behind a line on err that says why not. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        EchoServer own = null;
        try {
            if (args.length > 1) {
                throw new DemoFailure("one URL at most: ws://host:port/path");
            }
            own = args.length == 0 ? EchoServer.start() : null;
            Target target =
                    own == null ? Target.of(args[0]) : new Target("127.0.0.1", own.port(), "/echo");
            examples(target, own != null, new Transcript(out));
            out.println();
            out.println("demo: ok");
            return OK;
        } catch (DemoFailure e) {
            out.flush();
            err.println("demo: FAILED: " + e.getMessage());
            return FAILED;
        } finally {
            if (own != null) {
                own.stop();
            }
        }
    }

    private static void examples(Target target, boolean own, Transcript log) throws DemoFailure {
        String what = own ? "listen, accept, websocket_upgrade, websocket_register" : "yours";
        log.say("The examples of Zephyr's page \"Websocket Client API\", statement by statement.");
        log.say("");
        log.lines("echo", target + " (" + what + ")");
        for (boolean first : new boolean[] {true, false}) {
            try (Tap tap = Tap.before(target.host(), target.port())) {
                DocumentExample example = new DocumentExample(log, tap, target);
                if (first) {
                    log.lines(
                            "tap", "127.0.0.1:" + tap.port() + " forwards to it and shows" + SHOWN);
                    example.given();
                }
                log.part(first ? "A socket, connected, and a websocket on it" : "Once more");
                example.run(first);
            } catch (UnknownHostException e) {
                throw new DemoFailure("cannot reach " + target + ": unknown host");
            } catch (IOException e) {
                throw new DemoFailure("cannot reach " + target + ": " + e.getMessage());
            }
        }
    }
}
