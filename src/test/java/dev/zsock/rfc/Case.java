package dev.zsock.rfc;

import dev.zsock.testkit.HexBytes;
import dev.zsock.testkit.HexReader;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * One case of the suite: what the peer sends, what the calls return, what leaves.
 *
 * @param name section of the RFC and what it is about
 * @param source where it is written
 * @param client the role of the library
 * @param steps its lines; the last is an end
 */
record Case(String name, URI source, boolean client, List<Step> steps) {
    /** What an open connection still carries, one way and back. */
    static final String PROBE = "open"; // as short as the limits of the cases

    /** Bytes of a stream above which it is not cut everywhere. */
    static final int MANY = 2 << 10;

    static final String ANSWER = "yes";

    Step end() {
        return steps.get(steps.size() - 1);
    }

    private boolean has(String word) {
        return steps.stream().anyMatch(step -> step.is(word));
    }

    /** True when permessage-deflate has been agreed on. */
    boolean compressed() {
        return has("deflate");
    }

    /** The parameters of permessage-deflate, or null. */
    @Nullable Deflate deflate() {
        return steps.stream()
                .filter(step -> step.is("deflate"))
                .map(step -> new Deflate(client, step.rest()))
                .findFirst()
                .orElse(null);
    }

    /** True when all that happens is that bytes come: {@code recv} can take them, too. */
    boolean onlyReceives() {
        return !has("send") && !has("<");
    }

    /** Payloads of the PINGs that come, each of which {@code recv} answers. */
    List<byte[]> pings() {
        return steps.stream()
                .filter(step -> step.is("message")
                        ? step.perhaps().length > 0
                        : step.kind().equals("ping"))
                .map(step -> step.is("message") ? step.perhaps() : step.payload())
                .toList();
    }

    /** Size of a buffer with room for each of its frames and messages, and to spare. */
    int room() {
        return 16 + steps.stream().mapToInt(step -> step.payload().length).max().orElse(0);
    }

    /** How many bytes at a time a peer writes that takes its time: 1, unless it has many. */
    int smallest() {
        return 1 + stream().bytes().length / MANY;
    }

    /** What the peer does, as lines for a HexPeer: its {@code >} and {@code <}. */
    List<String> script() {
        List<String> lines = new ArrayList<>();
        for (Step step : steps) {
            switch (step.word()) {
                case ">", "<" -> lines.add(step.toString());
                case "fails" -> lines.add(String.format("< [88 %04x]", step.number()));
                case "closes" -> lines.add("< [88 " + hex(step.payload(), 2) + "]");
                case "lost" -> {
                    lines.add("half-close");
                    lines.add("< [88]");
                }
                case "open" -> {
                    lines.add("> [81 '" + PROBE + "']");
                    lines.add(answer());
                    lines.add("< [88]");
                }
                default -> {} // the peer does nothing
            }
        }
        return lines;
    }

    private String answer() {
        Deflate deflate = deflate();
        String how =
                deflate == null ? "81 " : deflate.forgets() ? "c1 deflate-anew " : "c1 deflate ";
        return "< [" + how + "'" + ANSWER + "']";
    }

    static String hex(byte[] bytes, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(most, bytes.length); i++) {
            text.append(String.format("%02x", bytes[i]));
        }
        return text.toString();
    }

    /** All that the peer sends, and where each of its lines begins. */
    Stream stream() {
        HexReader peer = new HexReader(!client);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<Integer> starts = new ArrayList<>();
        for (String line : script()) {
            if (line.startsWith("> ")) {
                starts.add(all.size());
                all.writeBytes(peer.sent(line.substring(2)).bytes());
            }
        }
        return new Stream(all.toByteArray(), starts);
    }

    /** See above. */
    record Stream(byte[] bytes, List<Integer> starts) {}

    /** All that it expects. */
    List<HexBytes> wire() {
        HexReader peer = new HexReader(!client);
        return script().stream()
                .filter(line -> line.startsWith("< "))
                .map(line -> peer.expected(line.substring(2)))
                .toList();
    }

    @Override
    public String toString() {
        return name + (client ? " (client)" : " (server)");
    }
}
