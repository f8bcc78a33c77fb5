package dev.zsock.conformance;

import dev.zsock.conformance.Compression.Choice;
import dev.zsock.conformance.Compression.Codec;
import dev.zsock.conformance.Wire.Heard;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cases 9, 10, 12 and 13: messages of a size, one after the other, each of which comes back. */
final class LoadCase extends PublicCase {
    private static final int KIB = 1 << 10;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int FIN = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int WRITE = 256 * KIB;

    /** How large, in which fragments and chops (0 for none), once or often, in how many seconds. */
    record Load(int size, int fragment, int chop, boolean often, int seconds) {}

    private final int opcode;
    private final Load load;
    private final Sample sample;
    private final @Nullable Compression compression;

    private LoadCase(String id, int opcode, Load load, Sample sample, @Nullable Compression c) {
        super(id, Closing.NORMAL);
        this.opcode = opcode;
        this.load = load;
        this.sample = sample;
        this.compression = c;
    }

    /** Cases 9 and 10: nothing is compressed. */
    static List<PublicCase> plain() {
        List<PublicCase> cases = new ArrayList<>();
        for (int i = 0; i < 54; i++) {
            cases.add(plain(i));
        }
        Load fragments = new Load(64 * KIB, 1300, 0, false, 10);
        cases.add(new LoadCase("10.1.1", TEXT, fragments, Sample.of("*"), null));
        return cases;
    }

    private static PublicCase plain(int i) {
        int[] counts = {6, 6, 9, 9, 6, 6, 6, 6};
        int group = 0;
        int n = i;
        for (; n >= counts[group]; group++) {
            n -= counts[group];
        }
        int[] sizes = {64, 256, 1024, 4096, 8192, 16384};
        int[] trips = {0, 16, 64, 256, 1024, 4096};
        Load load = switch (group / 2) {
            case 0 -> new Load(sizes[n] * KIB, 0, 0, false, 100);
            case 1 -> new Load(4096 * KIB, 64 << 2 * n, 0, false, 100);
            case 2 -> new Load(1024 * KIB, 0, 64 << n, false, 1000);
            default -> new Load(trips[n], 0, 0, true, 480);
        };
        int opcode = group % 2 == 0 ? TEXT : BINARY;
        Sample sample = Sample.of(opcode == TEXT ? "BAsd7&jh23" : "\u0000\u00fe#\u00fa\u00f0");
        return new LoadCase("9.%d.%d".formatted(group + 1, n + 1), opcode, load, sample, null);
    }

    /** Cases 12 and 13: compressed. */
    static List<PublicCase> compressed() {
        Choice any = new Choice(false, 0);
        List<PublicCase> cases = new ArrayList<>();
        for (int i = 0; i < Sample.KINDS.size(); i++) {
            compressed(cases, "12." + (i + 1), Sample.KINDS.get(i), new Compression(any));
        }
        Choice fresh = new Choice(true, 0);
        Choice freshSmall = new Choice(true, 8);
        List<Compression> all = List.of(
                new Compression(any),
                new Compression(fresh),
                new Compression(new Choice(false, 8)),
                new Compression(new Choice(false, 15)),
                new Compression(freshSmall),
                new Compression(new Choice(true, 15)),
                new Compression(freshSmall, fresh, any));
        for (int i = 0; i < all.size(); i++) {
            compressed(cases, "13." + (i + 1), Sample.KINDS.get(0), all.get(i));
        }
        return cases;
    }

    private static void compressed(
            List<PublicCase> cases, String group, Sample sample, Compression compression) {
        int opcode = sample.isText() ? TEXT : BINARY;
        int[] whole = {16, 64, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072};
        int[] fragmented = {8192, 16384, 32768, 65536, 131072, 131072, 131072, 131072};
        int[] fragments = {256, 256, 256, 256, 256, 1024, 4096, 32768};
        for (int i = 0; i < whole.length + fragments.length; i++) {
            int j = i - whole.length;
            int size = j < 0 ? whole[i] : fragmented[j];
            Load load = new Load(size, j < 0 ? 0 : fragments[j], 0, true, 480);
            cases.add(new LoadCase(group + "." + (i + 1), opcode, load, sample, compression));
        }
    }

    @Override
    public String offer() {
        return compression == null ? "" : compression.offer();
    }

    @Override
    public String answer(String offers) throws IOException {
        return compression == null ? "" : compression.answer(offers);
    }

    @Override
    String play(Talk talk) {
        String behavior = UNIMPLEMENTED;
        if (compression == null) {
            behavior = trips(talk, null);
        } else if (!talk.wire.extension.isEmpty()) {
            try (Codec codec = new Codec(talk.wire.extension, talk.wire.client)) {
                behavior = trips(talk, codec);
            }
        }
        talk.close(Wire.codeOf(1000));
        return behavior;
    }

    private String trips(Talk talk, @Nullable Codec codec) {
        int size = load.often ? load.size : load.size / talk.pace.divisor();
        int times = load.often ? talk.pace.times() : 1;
        long until = Talk.in(1000L * load.seconds);
        int b0 = codec == null ? FIN | opcode : FIN | COMPRESSED | opcode;
        for (int i = 0; i < times; i++) {
            byte[] plain = sample.next(i, size);
            send(talk, b0, codec == null ? plain : codec.pack(plain));
            Heard heard = talk.next(until);
            if (heard == null || (heard.b0 & ~COMPRESSED) != (FIN | opcode)) {
                return FAILED + ": nothing came back";
            }
            boolean same = heard.b0 == (FIN | opcode)
                    ? Arrays.equals(plain, heard.payload)
                    : codec != null && codec.is(plain, heard.payload);
            if (!same) {
                return FAILED + ": another came back";
            }
        }
        return OK;
    }

    private void send(Talk talk, int b0, byte[] payload) {
        int step = load.fragment == 0 || payload.length <= load.fragment ? 0 : load.fragment;
        ByteArrayOutputStream frames = new ByteArrayOutputStream(payload.length + 14);
        boolean last = false;
        for (int at = 0; !last; at += step) {
            last = step == 0 || at + step > payload.length; // so the last may be empty
            byte[] piece = step == 0
                    ? payload
                    : Arrays.copyOfRange(payload, at, Math.min(payload.length, at + step));
            int first = at == 0 ? b0 & ~FIN : 0;
            frames.writeBytes(Wire.frameOf(first | (last ? FIN : 0), piece, talk.wire.client));
            if (load.chop == 0 && frames.size() >= WRITE) {
                talk.send(frames.toByteArray());
                frames.reset();
            }
        }
        byte[] bytes = frames.toByteArray();
        int chop = load.chop == 0 ? bytes.length : load.chop;
        for (int at = 0; at < bytes.length; at += chop) {
            talk.send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chop)));
        }
    }
}
