package dev.zsock.testkit;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;

/**
 * Reads bytes as scripts write them:
 *
 * <pre>
 * 81 05 0102ff      pairs of hex digits
 * 'Hello'           UTF-8
 * ..                any byte (only what is expected)
 * 'a'*125           what stands before, so many times
 * (89 00)*10        the same of several
 * mask 'Hello'      a masking key and the next thing under it; any key when it is expected
 * [81 'Hello']      a frame: first byte and payload; length and mask as RFC 6455 wants them
 * deflate 'Hello'   compressed by java.util.zip as RFC 7692 7.2.1 has it, 'deflate' before it in
 *                   the same direction remembered; deflate-anew remembers nothing
 * </pre>
 *
 * Words behind a frame's first byte break a rule: {@code flip} masks it the wrong way, {@code as16}
 * and {@code as64} choose the form of its length, {@code claim 8000000000000000} writes a 64-bit
 * length and whatever payload follows.
 */
public final class HexReader {
    private static final Pattern TOKEN =
            Pattern.compile("\\s+|#[^\n]*|'([^']*)'|\\*\\d+|[\\[\\]()<>]|[^\\s'\\[\\]()<>*#]+");
    private static final Pattern PAIRS = Pattern.compile("([0-9a-fA-F]{2})+");
    private static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d}; // RFC 6455 5.7
    private static final int KEY_LENGTH = KEY.length;
    private static final int FLUSH_TAIL = 4;

    /** A word, a mark or a text with its quotes, and the line it stands in. */
    record Token(String text, int line) {}

    private final boolean client;
    private final @Nullable Deflater[] deflaters = new Deflater[2]; // of either direction
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean sending;

    /** client: the script's own side is a client, which masks. */
    public HexReader(boolean client) {
        this.client = client;
    }

    /** Bytes that the script's side sends. */
    public HexBytes sent(String text) {
        return whole(text, true);
    }

    /** Bytes that it expects of the other side. */
    public HexBytes expected(String text) {
        return whole(text, false);
    }

    private HexBytes whole(String text, boolean toSend) {
        tokens.clear();
        at = 0;
        split(text);
        HexBytes all = bytes(toSend);
        if (more()) {
            throw wrong("no bytes: " + peek());
        }
        return all;
    }

    /** Takes the words of a script; a # begins a comment. */
    void split(String script) {
        Matcher token = TOKEN.matcher(script);
        int line = 1;
        int end = 0;
        while (token.find() && token.start() == end) {
            end = token.end();
            String text = token.group();
            if (!text.isBlank() && text.charAt(0) != '#') {
                tokens.add(new Token(text, line));
            }
            line += (int) text.chars().filter(c -> c == '\n').count();
        }
        if (end < script.length()) {
            throw new IllegalArgumentException("line " + line + ": a quote or star alone");
        }
    }

    boolean more() {
        return at < tokens.size();
    }

    int line() {
        return tokens.get(Math.min(at, tokens.size() - 1)).line;
    }

    /** The next word, or an empty one at the end. */
    String peek() {
        return more() ? tokens.get(at).text : "";
    }

    String next() {
        String text = peek();
        at++;
        return text;
    }

    /** Text between quotes that comes next. */
    boolean isText() {
        return peek().startsWith("'");
    }

    String nextText() {
        String quoted = next();
        return quoted.substring(1, quoted.length() - 1);
    }

    int nextNumber() {
        String word = next();
        if (!word.matches("\\d{1,9}")) {
            throw wrong("no number: " + word);
        }
        return Integer.parseInt(word);
    }

    IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("line " + line() + ": " + why);
    }

    /** Everything up to the next word that stands for no bytes. */
    HexBytes bytes(boolean toSend) {
        sending = toSend;
        HexBytes all = items();
        if (sending && !all.known()) {
            throw wrong("any byte cannot be sent");
        }
        return all;
    }

    private HexBytes items() {
        HexBytes all = new HexBytes();
        while (startsItem()) {
            all.add(item());
        }
        return all;
    }

    private boolean startsItem() {
        String word = peek();
        return isText()
                || PAIRS.matcher(word).matches()
                || List.of("(", "[", "..", "mask", "deflate", "deflate-anew").contains(word);
    }

    private HexBytes item() {
        switch (peek()) {
            case "mask":
                at++;
                return masked(item());
            case "deflate":
            case "deflate-anew":
                boolean remember = next().equals("deflate");
                return new HexBytes().add(deflate(item().bytes(), remember));
            default:
                HexBytes one = single();
                return peek().startsWith("*")
                        ? one.times(Integer.parseInt(next().substring(1)))
                        : one;
        }
    }

    private HexBytes single() {
        if (!startsItem()) {
            throw wrong("no bytes: " + peek());
        }
        if (isText()) {
            return new HexBytes().add(nextText().getBytes(StandardCharsets.UTF_8));
        }
        String word = next();
        switch (word) {
            case "..":
                return new HexBytes().addAny();
            case "(":
                HexBytes group = items();
                close(")");
                return group;
            case "[":
                HexBytes frame = frame();
                close("]");
                return frame;
            default:
                return new HexBytes().add(HexFormat.of().parseHex(word));
        }
    }

    private void close(String mark) {
        if (!peek().equals(mark)) {
            throw wrong("expected " + mark + " instead of " + peek());
        }
        at++;
    }

    private HexBytes frame() {
        if (!peek().matches("[0-9a-fA-F]{2}")) {
            throw wrong("no first byte: " + peek());
        }
        HexBytes frame = new HexBytes().add(HexFormat.fromHexDigits(next()));
        boolean mask = client == sending;
        int form = 0;
        String claim = "";
        for (boolean attribute = true; attribute; ) {
            switch (peek()) {
                case "flip" -> mask = !mask;
                case "as16" -> form = Short.BYTES;
                case "as64" -> form = Long.BYTES;
                case "claim" -> {
                    at++;
                    claim = peek();
                }
                default -> attribute = false;
            }
            at += attribute ? 1 : 0;
        }
        HexBytes payload = items();
        int maskBit = mask ? 0x80 : 0;
        if (claim.isEmpty()) {
            length(frame, payload.length(), form, maskBit);
        } else {
            frame.add(maskBit | 127).add(HexFormat.of().parseHex(claim));
        }
        return frame.add(mask ? masked(payload) : payload);
    }

    private static void length(HexBytes to, int n, int form, int maskBit) {
        if (form == 0 && n < 126) {
            to.add(maskBit | n);
        } else if (form != Long.BYTES && n <= 0xffff) {
            to.add(maskBit | 126).add(n >> 8).add(n);
        } else {
            to.add(maskBit | 127);
            to.add(ByteBuffer.allocate(Long.BYTES).putLong(n).array());
        }
    }

    private HexBytes masked(HexBytes payload) {
        if (!sending) {
            return new HexBytes().addMasked(payload);
        }
        byte[] hidden = payload.bytes();
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] ^= KEY[i % KEY_LENGTH];
        }
        return new HexBytes().add(KEY).add(hidden);
    }

    private byte[] deflate(byte[] plain, boolean remember) {
        int direction = sending ? 0 : 1;
        Deflater deflater = deflaters[direction];
        if (deflater == null || !remember) {
            deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            deflaters[direction] = deflater;
        }
        byte[] out = new byte[plain.length + 64]; // more than a flush of anything needs
        deflater.setInput(plain);
        int n = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, n - FLUSH_TAIL);
    }
}
