package dev.zsock.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** What messages are made of: pieces of a long text, or of bytes, which begins anew at its end. */
final class Sample {
    private static final int SIZE = 256 << 10;

    /** Kinds of data as the public suite has them, and in its order; these are made up. */
    static final List<Sample> KINDS = List.of(json(), picture(), prose(), html(), noise());

    private final String chars; // of a text; else a byte each
    private final boolean text;

    private Sample(String chars, boolean text) {
        this.chars = chars;
        this.text = text;
    }

    /** That repeated; a byte each. */
    static Sample of(String chars) {
        return new Sample(chars, false);
    }

    boolean isText() {
        return text;
    }

    /** The i-th piece of a size, in characters if it is a text. */
    byte[] next(int i, int size) {
        StringBuilder piece = new StringBuilder(size);
        int at = (int) ((long) i * size % chars.length());
        while (piece.length() < size) {
            int end = Math.min(chars.length(), at + size - piece.length());
            piece.append(chars, at, end);
            at = 0;
        }
        return piece.toString().getBytes(text ? UTF_8 : ISO_8859_1);
    }

    private static Sample json() {
        Random random = new Random(1);
        StringBuilder s = new StringBuilder("{\n");
        for (int n = 1; s.length() < SIZE; n++) {
            s.append("   \"case %d\": {\n      \"verdict\": \"OK\",\n      \"millis\": %d,\n   },\n"
                    .formatted(n, random.nextInt(2000)));
        }
        return new Sample(s.toString(), true);
    }

    private static Sample picture() {
        Random random = new Random(2);
        StringBuilder s = new StringBuilder();
        for (int n = 0; n < SIZE; n++) {
            double x = n % 512 / 40.0;
            double y = n / 512 / 70.0;
            s.append((char) (128 + 90 * Math.sin(x) * Math.cos(y) + random.nextInt(12)));
        }
        return of(s.toString());
    }

    private static Sample prose() {
        return of(words(new Random(3), "").toString());
    }

    private static Sample html() {
        return new Sample(words(new Random(4), "<p class=\"größer\">").toString(), true);
    }

    private static Sample noise() {
        Random random = new Random(5);
        StringBuilder s = new StringBuilder();
        while (s.length() < SIZE) {
            s.append((char) random.nextInt(256));
        }
        return of(s.toString());
    }

    /** Words, the short ones more often, in lines. */
    private static StringBuilder words(Random random, String tag) {
        String[] words = new String[2000];
        for (int i = 0; i < words.length; i++) {
            StringBuilder word = new StringBuilder();
            for (int n = 0; n < 2 + i / 300 + random.nextInt(4); n++) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            words[i] = word.toString();
        }
        StringBuilder s = new StringBuilder();
        while (s.length() < SIZE) {
            double u = random.nextDouble();
            s.append(words[(int) (words.length * u * u * u)]).append(' ');
            if (random.nextInt(10) == 0) {
                s.append('\n').append(tag);
            }
        }
        return s;
    }
}
