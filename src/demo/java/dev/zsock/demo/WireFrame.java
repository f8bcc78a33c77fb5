package dev.zsock.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A frame as it crossed the wire, read by the rules of RFC 6455 5.2 without any code of the
 * library.
 *
 * @param header all bytes before the payload, the mask key too
 * @param key the mask key, or none
 * @param sent the payload as it crossed: XORed with the key if there is one
 */
public record WireFrame(byte[] header, byte[] key, byte[] sent) {
    private static final String[] NAMES = {
        "CONTINUE", "TEXT", "BINARY", "3", "4", "5", "6", "7", "CLOSE", "PING", "PONG"
    };
    private static final int SHOWN = 16;

    /** The next frame; EOFException when the stream ends before it or in it. */
    static WireFrame read(DataInputStream in) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(in.readUnsignedByte());
        int second = in.readUnsignedByte();
        header.write(second);
        long length = second & 0x7f;
        if (length >= 126) { // 126: 16 bits follow, 127: 64 bits
            byte[] longer = new byte[length == 126 ? 2 : 8];
            in.readFully(longer);
            header.writeBytes(longer);
            length = 0;
            for (byte b : longer) {
                length = length << 8 | b & 0xff;
            }
        }
        byte[] key = new byte[(second & 0x80) == 0 ? 0 : 4];
        in.readFully(key);
        header.writeBytes(key);
        byte[] sent = in.readNBytes(Math.toIntExact(length));
        if (sent.length < length) {
            throw new EOFException("in mid-frame");
        }
        return new WireFrame(header.toByteArray(), key, sent);
    }

    /** FIN: the frame ends its message. */
    public boolean fin() {
        return (header[0] & 0x80) != 0;
    }

    /** Its opcode. */
    public int opcode() {
        return header[0] & 0x0f;
    }

    /** MASK: a key stands before the payload. */
    public boolean masked() {
        return key.length > 0;
    }

    /** Bytes of its payload. */
    public int length() {
        return sent.length;
    }

    /** The payload as the application has it. */
    public byte[] payload() {
        byte[] plain = sent.clone();
        for (int i = 0; masked() && i < plain.length; i++) {
            plain[i] ^= key[i % 4]; // 5.3
        }
        return plain;
    }

    /** The name of its opcode. */
    public String name() {
        return opcode() < NAMES.length ? NAMES[opcode()] : String.valueOf(opcode());
    }

    /** Header and payload in hex, as they crossed. */
    String bytes() {
        HexFormat hex = HexFormat.of();
        int head = header.length - key.length;
        String text = HexFormat.ofDelimiter(" ").formatHex(header, 0, head);
        return text
                + (masked() ? " " + hex.formatHex(key) : "")
                + (sent.length > 0 ? " " + shortened(sent) : "");
    }

    @Override
    public String toString() {
        String mask = masked() ? HexFormat.of().formatHex(key) : "none";
        String text = "FIN=" + (fin() ? 1 : 0) + " opcode=" + opcode() + " (" + name() + ") mask="
                + mask + " length=" + length();
        return length() == 0 ? text : text + " payload=" + shortened(payload()) + quoted();
    }

    private String quoted() {
        byte[] plain = payload();
        boolean printable = plain.length <= SHOWN;
        for (byte b : plain) {
            printable &= b >= ' ' && b <= '~';
        }
        return printable ? " \"" + new String(plain, ISO_8859_1) + '"' : "";
    }

    private static String shortened(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(SHOWN, bytes.length));
        return bytes.length > SHOWN ? hex + "..." : hex;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WireFrame frame
                && Arrays.equals(header, frame.header)
                && Arrays.equals(sent, frame.sent);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(header) + Arrays.hashCode(sent);
    }
}
