package dev.zsock.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.conformance.FuzzingServer.Case;
import dev.zsock.conformance.FuzzingServer.Heard;
import dev.zsock.conformance.FuzzingServer.Wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What public suites ask of a client's speed: large messages, many fragments, frames in small
 * chops, round trips, and all of it compressed. As a program it prints the seconds of each group
 * and of the client's part in it.
 */
public final class LargeCases {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int TEXT = 0x01;
    private static final int BINARY = 0x02;
    private static final int FIN = 0x80;
    private static final int TIMES = 1000;
    private static final int WRITE = 256 * KIB;

    private LargeCases() {}

    /** Group by group, as those suites have them. */
    static Map<String, List<Case>> groups() {
        Map<String, List<Case>> groups = new LinkedHashMap<>();
        for (int opcode : new int[] {TEXT, BINARY}) {
            String kind = opcode == TEXT ? " of text" : " of bytes";
            List<Case> whole = new ArrayList<>();
            for (int size = 64 * KIB; size <= 64 * MIB; size *= 4) {
                whole.add(fragments(opcode, size, size));
            }
            groups.put("messages of 64 KiB to 64 MiB" + kind, whole);
            List<Case> fragments = new ArrayList<>();
            for (int fragment = 64; fragment <= 4 * MIB; fragment *= 4) {
                fragments.add(fragments(opcode, 4 * MIB, fragment));
            }
            fragments.add(fragments(opcode, 16 * MIB, 64));
            fragments.add(fragments(opcode, 1 * MIB, 1));
            groups.put("fragments of 1 byte to 4 MiB" + kind, fragments);
            List<Case> chops = new ArrayList<>();
            for (int chop = 64; chop <= 2 * KIB; chop *= 2) {
                chops.add(chops(opcode, 4 * MIB, chop));
            }
            groups.put("4 MiB in chops" + kind, chops);
            List<Case> trips = new ArrayList<>();
            for (int size = 0; size <= 128 * KIB; size = Math.max(16, 4 * size)) {
                trips.add(trips(opcode, size));
            }
            groups.put("1000 round trips" + kind, trips);
        }
        String parameters = "; server_no_context_takeover; client_no_context_takeover";
        groups.put("1000 round trips, deflate", deflated(""));
        groups.put("1000 round trips, deflate, no context", deflated(parameters));
        String bits = "; server_max_window_bits=%1$d; client_max_window_bits=%1$d";
        groups.put("1000 round trips, window 9", deflated(bits.formatted(9)));
        groups.put("1000 round trips, window 15", deflated(bits.formatted(15)));
        return groups;
    }

    private static List<Case> deflated(String parameters) {
        List<Case> cases = new ArrayList<>();
        for (int size = 16; size <= 128 * KIB; size *= 2) {
            cases.add(new DeflateCase(parameters, size, TIMES));
        }
        return cases;
    }

    /** One message, in fragments of a size. */
    static Case fragments(int opcode, int size, int fragment) {
        return wire -> {
            byte[] payload = payload(opcode, size);
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int at = 0; at < size; at += fragment) {
                int end = Math.min(size, at + fragment);
                int b0 = (at == 0 ? opcode : 0) | (end == size ? FIN : 0);
                frames.writeBytes(FuzzingServer.frameOf(b0, Arrays.copyOfRange(payload, at, end)));
                if (frames.size() >= WRITE) {
                    wire.bytes(frames.toByteArray());
                    frames.reset();
                }
            }
            wire.bytes(frames.toByteArray());
            echoed(wire, opcode, payload);
            wire.close(1000);
        };
    }

    /** One frame, in so many writes. */
    static Case chops(int opcode, int size, int chop) {
        return wire -> {
            byte[] payload = payload(opcode, size);
            byte[] frame = FuzzingServer.frameOf(FIN | opcode, payload);
            for (int at = 0; at < frame.length; at += chop) {
                wire.bytes(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + chop)));
            }
            echoed(wire, opcode, payload);
            wire.close(1000);
        };
    }

    private static Case trips(int opcode, int size) {
        return wire -> {
            byte[] payload = payload(opcode, size);
            for (int i = 0; i < TIMES; i++) {
                wire.frame(FIN | opcode, payload);
                echoed(wire, opcode, payload);
            }
            wire.close(1000);
        };
    }

    static byte[] payload(int opcode, int size) {
        if (opcode == TEXT) {
            return ("€".repeat(size / 3) + "*".repeat(size % 3)).getBytes(UTF_8);
        }
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void echoed(Wire wire, int opcode, byte[] payload) throws IOException {
        Heard heard = wire.hear();
        if (heard.b0 != (FIN | opcode) || !Arrays.equals(heard.payload, payload)) {
            throw new IOException("heard " + heard.b0 + ", " + heard.payload.length);
        }
    }

    /** Arguments: a part of the names of the groups to run. */
    public static void main(String[] args) throws IOException {
        PrintStream nothing = new PrintStream(PrintStream.nullOutputStream());
        String part = args.length == 0 ? "" : args[0];
        for (Map.Entry<String, List<Case>> group : groups().entrySet()) {
            if (!group.getKey().contains(part)) {
                continue;
            }
            try (FuzzingServer server = new FuzzingServer(group.getValue())) {
                long begin = System.nanoTime();
                long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                ConformanceClient.run(new String[] {server.url(), "load"}, nothing, System.err);
                cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
                long end = System.nanoTime();
                System.out.printf(
                        "%-42s %3d cases %7.2f s, of the client %6.2f s of CPU %s%n",
                        group.getKey(),
                        group.getValue().size(),
                        (end - begin) / 1e9,
                        cpu / 1e9,
                        server.complaints);
            }
        }
        System.exit(0);
    }
}
