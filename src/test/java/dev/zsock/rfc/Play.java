package dev.zsock.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketAbi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The calls of a case and what they have to return, by frames or as a stream of data. */
final class Play implements ErrnoAbi, WebsocketAbi {
    private static final int UNTOUCHED = -7;
    private static final int LOOKED_AT = 256; // bytes of a buffer, for what is written behind
    private static final byte[] NOTHING = {};
    private static final byte[] PROBE = Case.PROBE.getBytes(StandardCharsets.UTF_8);
    private static final byte[] ANSWER = Case.ANSWER.getBytes(StandardCharsets.UTF_8);

    private final Case what;
    private final Endpoint end;
    private final byte[] buf;
    private final IntRef type = new IntRef();
    private final LongRef remaining = new LongRef();
    private boolean sending; // a message of ours is open

    /** room: size of the buffer that receives. */
    Play(Case what, Endpoint end, int room) {
        this.what = what;
        this.end = end;
        buf = new byte[room];
    }

    /** Receives by {@code websocket_recv_msg}. */
    void byFrames() {
        int failed = 0; // what a frame ended with that broke
        for (Step step : what.steps()) {
            switch (step.word()) {
                case "option" -> option(step);
                case "recv" -> frame(step.type(), step.payload(), exact(step), step);
                case "message" -> message(step);
                case "partly" -> failed = partly(step);
                case "send" -> send(step);
                case "fails", "refused" -> fails(step, failed != 0 ? failed : receive());
                case "closes", "answered" -> {
                    frame(step.type(), step.payload(), true, step);
                    over(step.payload());
                    assertThat(end.send(step.payload(), WEBSOCKET_OPCODE_CLOSE, client(), true))
                            .as("a CLOSE behind the echo")
                            .isEqualTo(step.payload().length);
                }
                case "open" -> {
                    frame(WEBSOCKET_FLAG_TEXT | WEBSOCKET_FLAG_FINAL, PROBE, true, step);
                    answer();
                }
                case "lost" -> {
                    assertThat(receive()).as("at the end").isEqualTo(-ENOTCONN);
                    assertThat(receive()).as("behind the end").isEqualTo(-ENOTCONN);
                    assertThat(end.closeInfo()).isEmpty();
                }
                default -> {} // the peer's
            }
        }
        assertThat(end.close()).as("close").isZero();
    }

    /** Receives by {@code recv}: data alone. */
    void byData() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        byte[] perhaps = NOTHING;
        for (Step step : what.steps()) {
            if (step.is("option")) {
                option(step);
            } else if (step.is("recv") && !step.isControl() || step.is("message")) {
                data.writeBytes(step.payload());
            } else if (step.is("partly") && !step.isControl()) {
                data.writeBytes(step.payload());
                perhaps = step.perhaps();
            }
        }
        Step last = what.end();
        if (last.is("open")) {
            data.writeBytes(PROBE);
        }
        int rc = data(data.toByteArray(), perhaps, last.is("open"));
        switch (last.word()) {
            case "fails", "refused" -> {
                assertThat(rc).as("recv").isEqualTo(-errno(last.number()));
                assertThat(end.receive(buf)).as("recv behind it").isZero();
                closed(NOTHING);
            }
            case "closes", "answered", "lost" -> {
                assertThat(rc).as("recv at the end").isZero();
                assertThat(end.receive(buf)).as("recv behind the end").isZero();
                if (!last.is("lost")) {
                    closed(last.payload());
                }
            }
            default -> answer();
        }
        assertThat(end.close()).as("close").isZero();
    }

    /** Of a frame that may be compressed, remaining is a guess. */
    private boolean exact(Step step) {
        return step.isControl() || !what.compressed();
    }

    private boolean client() {
        return what.client();
    }

    private void option(Step step) {
        String name = "WEBSOCKET_" + step.rest().substring(0, step.rest().indexOf(' '));
        try {
            int option = WebsocketAbi.class.getField(name).getInt(null);
            assertThat(end.option(option, step.number())).as(name).isZero();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(step.toString(), e);
        }
    }

    private static int errno(int closeCode) {
        return switch (closeCode) {
            case 1002 -> EPROTO;
            case 1007 -> EILSEQ;
            case 1009 -> EMSGSIZE;
            default -> throw new IllegalArgumentException("no errno for " + closeCode);
        };
    }

    /** One call, which leaves everything alone when it fails. */
    private int receive() {
        Arrays.fill(buf, 0, Math.min(buf.length, LOOKED_AT), (byte) UNTOUCHED);
        type.value = UNTOUCHED;
        remaining.value = UNTOUCHED;
        int rc = end.receive(buf, type, remaining);
        if (rc < 0) {
            assertThat(type.value).as("message_type behind %d", rc).isEqualTo(UNTOUCHED);
            assertThat(remaining.value).as("remaining behind %d", rc).isEqualTo(UNTOUCHED);
            assertThat(buf[0]).as("the buffer behind %d", rc).isEqualTo((byte) UNTOUCHED);
        } else {
            assertThat(rc).as("bytes received").isLessThanOrEqualTo(buf.length);
            assertThat(rc >= Math.min(buf.length, LOOKED_AT) || buf[rc] == (byte) UNTOUCHED)
                    .as("nothing is written behind %d bytes", rc)
                    .isTrue();
        }
        return rc;
    }

    /** A frame whole. exact: remaining counts its bytes (of a compressed one it is a guess). */
    private void frame(int wanted, byte[] payload, boolean exact, Step step) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        do {
            int rc = receive();
            assertThat(rc).as("%s: the call behind %d bytes", step, got.size()).isNotNegative();
            assertThat(type.value).as("%s: message_type", step).isEqualTo(wanted);
            got.write(buf, 0, rc);
            if (exact) {
                assertThat(remaining.value)
                        .as("%s: remaining behind %d bytes", step, got.size())
                        .isEqualTo(payload.length - got.size());
            }
        } while (remaining.value != 0);
        assertThat(got.toByteArray()).as(step.toString()).isEqualTo(payload);
    }

    private void message(Step step) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        ByteArrayOutputStream pinged = new ByteArrayOutputStream();
        int wanted = step.type() & ~WEBSOCKET_FLAG_FINAL;
        boolean last;
        do {
            int rc = receive();
            assertThat(rc).as("%s: the call behind %d bytes", step, got.size()).isNotNegative();
            if (type.value == (WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_FINAL)) {
                pinged.write(buf, 0, rc);
                last = false;
                continue;
            }
            assertThat(type.value & ~WEBSOCKET_FLAG_FINAL).as("%s: type", step).isEqualTo(wanted);
            got.write(buf, 0, rc);
            last = (type.value & WEBSOCKET_FLAG_FINAL) != 0;
            wanted = remaining.value == 0 ? 0 : wanted;
        } while (!last || remaining.value != 0);
        assertThat(got.toByteArray()).as(step.toString()).isEqualTo(step.payload());
        assertThat(pinged.toByteArray()).as("PING inside").isEqualTo(step.perhaps());
    }

    /** A frame that breaks: what it broke with. */
    private int partly(Step step) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        int rc;
        while ((rc = receive()) >= 0) {
            assertThat(remaining.value).as("%s: remaining", step).isPositive();
            assertThat(type.value).as("%s: message_type", step).isEqualTo(step.type());
            got.write(buf, 0, rc);
        }
        assertBegun(got.toByteArray(), step.payload(), step.perhaps());
        return rc;
    }

    /** All of the first, then perhaps some of the other. */
    private static void assertBegun(byte[] got, byte[] payload, byte[] perhaps) {
        byte[] most = Arrays.copyOf(payload, payload.length + perhaps.length);
        System.arraycopy(perhaps, 0, most, payload.length, perhaps.length);
        int n = Math.max(payload.length, Math.min(got.length, most.length));
        assertThat(got).as("received in time").isEqualTo(Arrays.copyOf(most, n));
    }

    private void send(Step step) {
        int rc = end.send(step.payload(), step.opcode(), client() != step.flip(), step.fin());
        int wanted = step.result() != 0 ? -step.result() : step.payload().length;
        assertThat(rc).as(step.toString()).isEqualTo(wanted);
        if (rc >= 0 && !step.isControl()) {
            sending = !step.fin();
        }
    }

    private void fails(Step step, int rc) {
        assertThat(rc).as(step.toString()).isEqualTo(-errno(step.number()));
        over(NOTHING);
    }

    private void over(byte[] info) {
        assertThat(receive()).as("behind the end").isEqualTo(-ENOTCONN);
        closed(info);
    }

    private void closed(byte[] info) {
        int next = sending ? WEBSOCKET_OPCODE_CONTINUE : WEBSOCKET_OPCODE_DATA_TEXT;
        assertThat(end.send(ANSWER, next, client(), true))
                .as("send behind CLOSE")
                .isEqualTo(-EPIPE);
        assertThat(end.send(NOTHING, WEBSOCKET_OPCODE_PING, client(), true))
                .as("PING behind CLOSE")
                .isEqualTo(-EPIPE);
        assertThat(end.closeInfo()).as("WEBSOCKET_CLOSE_INFO").isEqualTo(info);
    }

    private void answer() {
        assertThat(end.send(ANSWER, WEBSOCKET_OPCODE_DATA_TEXT, client(), true))
                .as("send on an open connection")
                .isEqualTo(ANSWER.length);
    }

    /** Reads until as much has come as may, or to the end: what that is. */
    private int data(byte[] wanted, byte[] perhaps, boolean open) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        int rc = 1;
        while (rc > 0 && !(open && got.size() >= wanted.length)) {
            rc = end.receive(buf);
            got.write(buf, 0, Math.max(0, rc));
        }
        assertBegun(got.toByteArray(), wanted, perhaps);
        return rc;
    }
}
