package dev.zsock.conformance;

import dev.zsock.conformance.Wire.Heard;
import dev.zsock.testkit.HexReader;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A case that sends some frames, as {@link CaseTable} has them, and says what must be heard. */
final class ScriptCase extends PublicCase {
    private static final Pattern STEPS = Pattern.compile("\\b(wait|tick|close)\\b");
    private static final Pattern FRAME = Pattern.compile("\\[[^]]*]");
    private static final Pattern CHOPS = Pattern.compile("chops (\\d+)|parts ((?:\\d+ )+)|each");
    private static final byte[] TICK = Wire.frameOf(0x8f, new byte[0]);

    private final String script;
    private final List<byte[]> wanted = new ArrayList<>();
    private final boolean mayClose;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    ScriptCase(String id, String script, String heard, Closing closing) {
        super(id, closing);
        this.script = script;
        this.mayClose = closing.byMe();
        for (String one : heard.split("\\bor\\b")) {
            String bytes = one.replace("nothing", "");
            wanted.add(new HexReader(true).expected(bytes).bytes());
        }
    }

    @Override
    String play(Talk talk) {
        Matcher step = STEPS.matcher(script);
        Matcher how = CHOPS.matcher(script);
        String cut = how.find() ? how.group() : "";
        String frames = cut.isEmpty() ? script : script.replace(cut, " ".repeat(cut.length()));
        heard.reset();
        int from = 0;
        while (step.find() && !talk.over()) {
            send(talk, frames.substring(from, step.start()), cut);
            from = step.end();
            step(talk, step.group());
        }
        send(talk, frames.substring(from), cut);
        listen(talk, talk.pace.patience());
        return judged();
    }

    private String judged() {
        for (byte[] one : wanted) {
            if (Arrays.equals(one, heard.toByteArray())) {
                return one == wanted.get(0) ? OK : NON_STRICT;
            }
        }
        return FAILED + ": " + heard.size() + " bytes heard";
    }

    private void step(Talk talk, String name) {
        listen(talk, talk.pace.quiet());
        if (name.equals("close")) {
            talk.close(new byte[0]);
        } else if (name.equals("tick") && talk.open()) {
            heard.writeBytes(TICK);
        }
    }

    private void listen(Talk talk, long ms) {
        long until = Talk.in(ms);
        Heard event;
        while ((event = talk.next(until)) != null) {
            heard.writeBytes(Wire.frameOf(event.b0, event.payload));
            if (mayClose && wanted.size() == 1 && judged().equals(OK)) {
                talk.close(Wire.codeOf(1000));
            }
        }
    }

    private void send(Talk talk, String frames, String cut) {
        if (frames.isBlank()) {
            return;
        }
        String[] how = cut.split(" ");
        switch (how[0]) {
            case "each" ->
                FRAME.matcher(frames)
                        .results()
                        .forEach(frame -> talk.send(bytes(talk, frame.group())));
            case "chops" -> chops(talk, bytes(talk, frames), Integer.parseInt(how[1]));
            case "parts" -> parts(talk, bytes(talk, frames), how);
            default -> talk.send(bytes(talk, frames));
        }
        if (frames.contains("[88")) {
            talk.closes();
        }
    }

    private static byte[] bytes(Talk talk, String frames) {
        return new HexReader(talk.wire.client).sent(frames).bytes();
    }

    private static void chops(Talk talk, byte[] bytes, int size) {
        for (int at = 0; at < bytes.length; at += size) {
            talk.send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
    }

    /** One frame, its payload in parts, with a tick between them. */
    private void parts(Talk talk, byte[] frame, String[] sizes) {
        int end = frame.length;
        for (int i = sizes.length - 1; i > 0; i--) {
            end -= Integer.parseInt(sizes[i]);
        }
        int from = 0;
        for (int i = 1; i < sizes.length; i++) {
            end += Integer.parseInt(sizes[i]);
            talk.send(Arrays.copyOfRange(frame, from, end));
            from = end;
            if (i < sizes.length - 1) {
                step(talk, "tick");
                if (!talk.open()) {
                    return;
                }
            }
        }
    }
}
