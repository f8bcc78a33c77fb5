package dev.zsock.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.HexBytes;
import dev.zsock.testkit.HexReader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** A case in memory, its stream cut at every byte. */
final class MemoryRun {
    private static final int LITTLE_ROOM = 3;

    /** A long stream is cut near the ends of the peer's lines, and at so many other places. */
    private static final int NEAR = 20;

    private static final int ELSEWHERE = 16;

    private final Case what;
    private final byte[] stream;
    private final List<Integer> starts;
    private final List<HexBytes> wire;
    private int runs;

    private MemoryRun(Case what) {
        this.what = what;
        Case.Stream peer = what.stream();
        stream = peer.bytes();
        starts = peer.starts();
        wire = what.wire();
    }

    /** How often it ran. */
    static int everySplit(Case what) {
        MemoryRun run = new MemoryRun(what);
        run.all();
        return run.runs;
    }

    private void all() {
        int room = what.room();
        run("whole", pieces(stream.length), room);
        if (stream.length <= Case.MANY) {
            run("byte by byte", pieces(1), room);
            run("whole, 3 bytes a call", pieces(stream.length), LITTLE_ROOM);
            run("byte by byte, 3 bytes a call", pieces(1), LITTLE_ROOM);
        } else {
            run("1021 bytes each", pieces(1021), room);
        }
        for (int cut : cuts()) {
            byte[] first = Arrays.copyOf(stream, cut);
            byte[] rest = Arrays.copyOfRange(stream, cut, stream.length);
            run("cut at " + cut, List.of(first, rest), room);
            polled("cut at " + cut, List.of(first, rest), room);
        }
    }

    private List<byte[]> pieces(int n) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < stream.length; at += n) {
            pieces.add(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + n)));
        }
        return pieces;
    }

    private TreeSet<Integer> cuts() {
        TreeSet<Integer> cuts = new TreeSet<>();
        if (stream.length <= Case.MANY) {
            for (int at = 1; at < stream.length; at++) {
                cuts.add(at);
            }
            return cuts;
        }
        for (int i = 0; i <= starts.size(); i++) {
            int start = i < starts.size() ? starts.get(i) : stream.length;
            for (int at = start - NEAR; at <= start + NEAR; at++) {
                cuts.add(at);
            }
        }
        for (int i = 1; i < ELSEWHERE; i++) {
            cuts.add((int) ((long) stream.length * i / ELSEWHERE));
        }
        cuts.removeIf(at -> at <= 0 || at >= stream.length);
        return cuts;
    }

    private void run(String how, List<byte[]> pieces, int room) {
        run(how, pieces, room, false);
    }

    private void polled(String how, List<byte[]> pieces, int room) {
        run(how + ", polled", pieces, room, true);
    }

    private void run(String how, List<byte[]> pieces, int room, boolean polled) {
        String call = "";
        try {
            MemoryEndpoint frames = new MemoryEndpoint(what, pieces, polled);
            new Play(what, frames, room).byFrames();
            assertWire(frames.sent(), List.of());
            runs++;
            if (what.onlyReceives()) {
                call = ", recv";
                MemoryEndpoint data = new MemoryEndpoint(what, pieces, polled);
                new Play(what, data, room).byData();
                assertWire(data.sent(), what.pings());
                runs++;
            }
        } catch (AssertionError e) {
            throw new AssertionError(what + call + ", " + how + ": " + e.getMessage(), e);
        }
    }

    /**
     * What left is what the case says, behind the PONGs to these PINGs: of several that came
     * together the last is enough (5.5.3).
     */
    private void assertWire(byte[] sent, List<byte[]> pings) {
        HexReader peer = new HexReader(!what.client());
        int at = 0;
        boolean last = true;
        for (byte[] ping : pings) {
            HexBytes pong = peer.expected("[8a " + Case.hex(ping, ping.length) + "]");
            last = fits(pong, sent, at);
            at += last ? pong.length() : 0;
        }
        assertThat(last).as("the last PING is answered").isTrue();
        for (HexBytes next : wire) {
            int end = Math.min(sent.length, at + next.length());
            String wrong = next.mismatch(Arrays.copyOfRange(sent, at, end));
            assertThat(wrong).as("what leaves, from byte %d on", at).isNull();
            at = end;
        }
        assertThat(Arrays.copyOfRange(sent, at, sent.length))
                .as("bytes behind what had to leave")
                .isEmpty();
    }

    private static boolean fits(HexBytes wanted, byte[] sent, int at) {
        int end = Math.min(sent.length, at + wanted.length());
        return wanted.mismatch(Arrays.copyOfRange(sent, at, end)) == null;
    }
}
