package dev.zsock.conformance;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate as the fuzzing end has it: what it wants of the other end, the first choice
 * first. A client offers each choice; a server accepts the first that an offer allows.
 */
final class Compression {
    private static final String NAME = "permessage-deflate";
    private static final String PARAMETER = "(server|client)_no_context_takeover"
            + "|server_max_window_bits=([89]|1[0-5])|client_max_window_bits(=([89]|1[0-5]))?";
    private static final byte[] TAIL = {0, 0, -1, -1};

    /** That the other end forgets each message, and its largest window; 0 for any. */
    record Choice(boolean noContext, int bits) {
        String words(String end) {
            return (noContext ? "; " + end + "_no_context_takeover" : "")
                    + (bits == 0 ? "" : "; " + end + "_max_window_bits=" + bits);
        }
    }

    private final List<Choice> choices;

    Compression(Choice... choices) {
        this.choices = List.of(choices);
    }

    String offer() {
        return String.join(
                ", ",
                choices.stream()
                        .map(choice -> NAME + "; client_no_context_takeover; client_max_window_bits"
                                + choice.words("server"))
                        .toList());
    }

    /** The answer to offers, or nothing; offers that are none end the connection. */
    String answer(String offers) throws ProtocolException {
        for (Choice choice : choices) {
            for (String offer : offers.isEmpty() ? new String[0] : offers.split(", ")) {
                List<String> parameters = parameters(offer);
                String named = String.join(" ", parameters);
                if (choice.bits == 0 || named.contains("client_max_window_bits")) {
                    return NAME
                            + String.join(
                                    "",
                                    parameters.stream()
                                            .filter(parameter -> parameter.startsWith("server"))
                                            .map(parameter -> "; " + parameter)
                                            .toList())
                            + choice.words("client");
                }
            }
        }
        return "";
    }

    private static List<String> parameters(String extension) throws ProtocolException {
        List<String> words = Arrays.asList(extension.split("; "));
        List<String> parameters = words.subList(1, words.size());
        if (!words.get(0).equals(NAME)
                || parameters.stream().anyMatch(word -> !word.matches(PARAMETER))) {
            throw new ProtocolException("extension " + extension);
        }
        return parameters;
    }

    /** Compresses one way and decompresses the other, as was agreed. */
    static final class Codec implements AutoCloseable {
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final Inflater inflater = new Inflater(true);
        private final boolean forgets;
        private final boolean theyForget;

        /** agreed: the server's answer. */
        Codec(String agreed, boolean client) {
            forgets = agreed.contains((client ? "client" : "server") + "_no_context");
            theyForget = agreed.contains((client ? "server" : "client") + "_no_context");
        }

        byte[] pack(byte[] plain) {
            if (forgets) {
                deflater.reset();
            }
            byte[] out = new byte[plain.length + plain.length / 1000 + 64];
            deflater.setInput(plain);
            int n = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, n - TAIL.length);
        }

        /** True when it is this and no more. */
        boolean is(byte[] plain, byte[] packed) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream(packed.length + TAIL.length);
            whole.writeBytes(packed);
            whole.writeBytes(TAIL);
            if (theyForget) {
                inflater.reset();
            }
            inflater.setInput(whole.toByteArray());
            byte[] out = new byte[plain.length + 1];
            try {
                int n = 0;
                int more;
                while ((more = inflater.inflate(out, n, out.length - n)) > 0) {
                    n += more;
                }
                return n == plain.length && Arrays.equals(plain, 0, n, out, 0, n);
            } catch (DataFormatException e) {
                return false;
            }
        }

        @Override
        public void close() {
            deflater.end();
            inflater.end();
        }
    }
}
