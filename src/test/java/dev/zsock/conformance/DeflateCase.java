package dev.zsock.conformance;

import dev.zsock.conformance.FuzzingServer.Case;
import dev.zsock.conformance.FuzzingServer.Heard;
import dev.zsock.conformance.FuzzingServer.Wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Messages of one size, compressed by the JDK, which come back compressed. */
final class DeflateCase implements Case {
    private static final byte[] TAIL = {0, 0, -1, -1};
    private static final int COMPRESSED_TEXT = 0xc1;

    private final String parameters;
    private final int size;
    private final int times;

    DeflateCase(String parameters, int size, int times) {
        this.parameters = parameters;
        this.size = size;
        this.times = times;
    }

    @Override
    public String extension() {
        return "Sec-WebSocket-Extensions: permessage-deflate" + parameters + "\r\n";
    }

    @Override
    public void run(Wire wire) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        Inflater inflater = new Inflater(true);
        boolean noContext = parameters.contains("no_context");
        boolean narrow = parameters.contains("=9");
        Random random = new Random(size);
        try {
            for (int i = 0; i < times; i++) {
                byte[] text = text(random);
                if (noContext || narrow) { // the JDK knows one window only, so nothing is kept
                    deflater.reset();
                }
                if (noContext) {
                    inflater.reset();
                }
                wire.frame(COMPRESSED_TEXT, narrow ? stored(text) : deflated(deflater, text));
                Heard heard = wire.hear();
                boolean same = Arrays.equals(inflated(inflater, heard.payload), text);
                if (heard.b0 != COMPRESSED_TEXT || !same) {
                    throw new IOException("message " + i + ": heard " + heard.b0);
                }
            }
        } catch (DataFormatException e) {
            throw new IOException(e);
        } finally {
            deflater.end();
            inflater.end();
        }
        wire.close(1000);
    }

    /** Words, as texts have them. */
    private byte[] text(Random random) {
        byte[] text = new byte[size];
        for (int i = 0; i < size; i++) {
            text[i] = (byte) (random.nextInt(6) == 0 ? ' ' : 'a' + random.nextInt(12));
        }
        return text;
    }

    private static byte[] deflated(Deflater deflater, byte[] text) {
        deflater.setInput(text);
        byte[] out = new byte[2 * text.length + 64];
        int n = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, n - TAIL.length);
    }

    /** Blocks without compression, for any window. */
    private static byte[] stored(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int most = 0xffff;
        for (int at = 0; at < text.length; at += most) {
            int n = Math.min(most, text.length - at);
            out.write(0);
            out.writeBytes(new byte[] {(byte) n, (byte) (n >> 8), (byte) ~n, (byte) (~n >> 8)});
            out.write(text, at, n);
        }
        out.write(0);
        return out.toByteArray();
    }

    private byte[] inflated(Inflater inflater, byte[] payload) throws DataFormatException {
        byte[] input = Arrays.copyOf(payload, payload.length + TAIL.length);
        System.arraycopy(TAIL, 0, input, payload.length, TAIL.length);
        inflater.setInput(input);
        byte[] out = new byte[size];
        int n = inflater.inflate(out);
        // what is left of a flush inflates to nothing
        return n == size && inflater.inflate(new byte[1]) == 0 ? out : new byte[0];
    }
}
