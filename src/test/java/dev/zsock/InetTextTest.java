package dev.zsock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.NativeProgram;
import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.SocketAbi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Addresses as text against the libc of this host. */
class InetTextTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final List<String> SCOPES =
            List.of("ff02", "fe80", "febf", "fec0", "feff", "fe7f", "0000", "e000", "efff", "f000");
    private static final String ALPHABET =
            "0123456789abcdefABCDEF::::....xXgG% \t-+/;`@\u00e9\u0661";

    private static final List<String> SHAPES = List.of(
            "",
            ".",
            "1.2.3.4",
            "1.2.3.4.",
            ".1.2.3.4",
            "01.2.3.4",
            "1.2.3",
            "1..2.3",
            "256.0.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "1.2.3.4.5",
            "1.2.3.0004",
            "::",
            ":",
            ":::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:",
            "::1:",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1::2::3",
            "1:2:3:4::5:6:7:8",
            ":1::2",
            "00001::",
            "::ffff:1.2.3.4",
            "::1.2.3.4",
            "1.2.3.4::",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "::1.2.3.4:5",
            "::1.2.3",
            "::01.2.3.4",
            "::a.2.3.4",
            "fe80::1%eth0",
            "[::1]",
            "::FFFF:255.255.255.255",
            "1:2:3:4:5:6:7:8::",
            "::g",
            "1",
            "0",
            "0x",
            "0x1",
            "08",
            "010",
            "0377.1",
            "0400.1",
            "1.0xffffff",
            "1.0x1000000",
            "1.2.65535",
            "1.2.65536",
            "4294967295",
            "4294967296",
            "99999999999999999999",
            "1.2.3.4 x",
            "1.2.3.4x",
            "1.2.3.4\tx",
            " 1.2.3.4",
            "1.2.3.",
            "-1",
            "+1",
            "0x.1",
            "0X7F.1",
            "0xg",
            "00",
            "1.-2",
            "1. 2",
            "0x7f.0.0.01",
            "1.2.3.08");

    @Test
    void knownShapesReadAsInLibc() {
        List<String> lines = new ArrayList<>();
        for (String text : SHAPES) {
            for (String op : List.of("p4", "p6", "aton", "addr")) {
                lines.add(op + " " + text);
            }
        }
        compare(lines);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void generatedTextsReadAsInLibc(long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            String text = switch (random.nextInt(3)) {
                case 0 -> v4(random);
                case 1 -> v6(random);
                default -> legacy(random);
            };
            for (int edits = random.nextInt(4); edits > 1; edits--) {
                text = mutate(text, random);
            }
            for (String op : List.of("p4", "p6", "aton", "addr")) {
                lines.add(op + " " + text);
            }
        }
        assertThat(compare(lines)).as("accepted").isBetween(lines.size() / 8, lines.size() / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void generatedAddressesPrintAsInLibc(long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        lines.add("is " + "0".repeat(32));
        lines.add("is " + "0".repeat(31) + "1");
        for (int i = 0; i < 6000; i++) {
            byte[] v6 = new byte[16];
            for (int group = 0; group < 16; group += 2) {
                int value = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(2);
                v6[group] = (byte) (value >> 8);
                v6[group + 1] = (byte) value;
            }
            if (random.nextInt(4) == 0) {
                v6 = HEX.parseHex("0".repeat(20)
                        + (random.nextBoolean() ? "ffff" : "0000")
                        + HEX.toHexDigits(random.nextInt() >>> random.nextInt(32)));
            }
            byte[] v4 = new byte[4];
            random.nextBytes(v4);
            v4[random.nextInt(4)] = (byte) random.nextInt(12);
            lines.add("n6 " + HEX.formatHex(v6) + " " + random.nextInt(47));
            lines.add("n6 " + HEX.formatHex(v6) + " 46");
            lines.add("is " + HEX.formatHex(v6));
            lines.add("is " + SCOPES.get(random.nextInt(SCOPES.size())) + HEX.formatHex(v6, 2, 16));
            lines.add("n4 " + HEX.formatHex(v4) + " " + random.nextInt(17));
        }
        compare(lines);
    }

    /** How many lines Java answers as libc does with success; any other difference fails. */
    private static int compare(List<String> lines) {
        List<String> libc = NativeProgram.run("inet_text", lines);
        assertThat(libc).hasSameSizeAs(lines);
        List<String> differences = new ArrayList<>();
        int accepted = 0;
        for (int i = 0; i < lines.size(); i++) {
            String java = answer(lines.get(i));
            if (!java.equals(libc.get(i))) {
                differences.add(lines.get(i) + ": libc " + libc.get(i) + ", here " + java);
            }
            accepted += java.startsWith("1 ") ? 1 : 0;
        }
        assertThat(differences).isEmpty();
        return accepted;
    }

    private static String answer(String line) {
        String[] parts = line.split(" ", 2);
        return switch (parts[0]) {
            case "p4" -> {
                InAddr addr = new InAddr(-1);
                yield NetIp.inet_pton(SocketAbi.AF_INET, parts[1], addr) + " " + hex(addr);
            }
            case "p6" -> {
                In6Addr addr = new In6Addr(HEX.parseHex("ff".repeat(16)));
                yield NetIp.inet_pton(SocketAbi.AF_INET6, parts[1], addr)
                        + " "
                        + HEX.formatHex(addr.s6_addr);
            }
            case "aton" -> {
                InAddr addr = new InAddr(-1);
                yield NetIp.inet_aton(parts[1], addr) + " " + hex(addr);
            }
            case "addr" -> HEX.toHexDigits(NetIp.inet_addr(parts[1]));
            case "is" -> is(HEX.parseHex(parts[1]));
            default -> ntop(parts[0], parts[1].split(" "));
        };
    }

    private static String is(byte[] bytes) {
        In6Addr a = new In6Addr(bytes);
        return Stream.of(
                        NetIp.IN6_IS_ADDR_UNSPECIFIED(a),
                        NetIp.IN6_IS_ADDR_LOOPBACK(a),
                        NetIp.IN6_IS_ADDR_MULTICAST(a),
                        NetIp.IN6_IS_ADDR_LINKLOCAL(a),
                        NetIp.IN6_IS_ADDR_SITELOCAL(a),
                        NetIp.IN6_IS_ADDR_V4MAPPED(a),
                        NetIp.IN6_IS_ADDR_V4COMPAT(a),
                        NetIp.IN_MULTICAST(ByteBuffer.wrap(bytes).getInt()))
                .map(is -> is ? "1" : "0")
                .collect(Collectors.joining());
    }

    private static String ntop(String op, String[] args) {
        byte[] bytes = HEX.parseHex(args[0]);
        byte[] dst = new byte[64];
        int size = Integer.parseInt(args[1]);
        String text = op.equals("n4")
                ? NetIp.inet_ntop(
                        SocketAbi.AF_INET,
                        new InAddr((int) HexFormat.fromHexDigitsToLong(args[0])),
                        dst,
                        size)
                : NetIp.inet_ntop(SocketAbi.AF_INET6, new In6Addr(bytes), dst, size);
        if (text == null) {
            return "errno " + Errno.strerrorname(Errno.errno());
        }
        return Cstring.cstr(dst).equals(text) ? text : "text and buffer differ";
    }

    private static String hex(InAddr addr) {
        return HEX.toHexDigits(addr.s_addr);
    }

    private static String v4(Random random) {
        return random.nextInt(256) + "." + random.nextInt(10) + "." + random.nextInt(300) + "."
                + random.nextInt(256);
    }

    private static String v6(Random random) {
        int groups = random.nextInt(5) == 0 ? random.nextInt(10) : 8;
        int gap = random.nextInt(2) == 0 ? random.nextInt(groups + 1) : -1;
        int shown = gap < 0 ? groups : Math.max(gap, groups - 1 - random.nextInt(4));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            if (i == gap) {
                text.append("::");
            } else if (i > 0) {
                text.append(':');
            }
            int value = random.nextInt(0x10000) >>> random.nextInt(17);
            text.append(
                    random.nextInt(6) == 0
                            ? "%04x".formatted(value)
                            : Integer.toHexString(value).toUpperCase(Locale.ROOT));
        }
        if (gap == shown) {
            text.append("::");
        }
        return random.nextInt(5) == 0
                ? text.append(text.length() == 0 ? "" : ":") + v4(random)
                : text.toString();
    }

    private static String legacy(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = 1 + random.nextInt(5);
        for (int i = 0; i < parts; i++) {
            long value = (random.nextLong() >>> 30) >>> (random.nextInt(34));
            value = random.nextInt(8) == 0 || i == parts - 1 ? value : value & 0xff;
            text.append(i == 0 ? "" : ".");
            switch (random.nextInt(3)) {
                case 0 -> text.append("0x").append(Long.toHexString(value));
                case 1 -> text.append('0').append(Long.toOctalString(value));
                default -> text.append(value);
            }
        }
        return text.toString();
    }

    private static String mutate(String text, Random random) {
        StringBuilder edited = new StringBuilder(text);
        int at = random.nextInt(text.length() + 1);
        char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        switch (random.nextInt(3)) {
            case 0 -> edited.insert(at, other);
            case 1 -> edited.replace(at, Math.min(at + 1, text.length()), String.valueOf(other));
            default -> edited.delete(at, Math.min(at + 1 + random.nextInt(3), text.length()));
        }
        return edited.toString();
    }
}
