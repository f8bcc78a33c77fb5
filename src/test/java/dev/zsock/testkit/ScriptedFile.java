package dev.zsock.testkit;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Span;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * A stream file whose peer follows a script: each receive gives at most one segment, then what the
 * script ends with. In the script, {@code {ACCEPT}} stands for the accept value of the request that
 * has been sent by then, {@code {ACCEPT:n}} for its first n characters.
 */
public final class ScriptedFile implements FileOps {
    private static final Pattern ACCEPT = Pattern.compile("\\{ACCEPT(?::(\\d+))?}");

    /** A piece of the script and where it is cut into segments; null cuts behind every byte. */
    private record Piece(String text, int @Nullable [] cuts) {}

    private final Deque<Piece> script = new ArrayDeque<>();
    private final Deque<byte[]> segments = new ArrayDeque<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** What receives give behind the last segment: 0 or -errno. */
    public int end = -EAGAIN;

    /** The most that one send takes. */
    public int sendAtMost = Integer.MAX_VALUE;

    /** What sends give instead, when it is not 0. */
    public int sendFails;

    /** How many sends there were, and receives. */
    public int sends;

    public int receives;

    /** Deadline of the last call. */
    public long deadline;

    /** Adds a segment, in Latin-1. */
    public ScriptedFile then(String segment) {
        return thenCut(segment);
    }

    /** Adds segments that end at the cuts. */
    public ScriptedFile thenCut(String text, int... cuts) {
        script.add(new Piece(text, cuts));
        return this;
    }

    /** Adds each byte as a segment. */
    public ScriptedFile thenByteByByte(String text) {
        script.add(new Piece(text, null));
        return this;
    }

    /** What has been sent, in Latin-1. */
    public String sent() {
        return sent.toString(StandardCharsets.ISO_8859_1);
    }

    /** The value of a field in what has been sent. */
    public String sentField(String name) {
        int at = sent().indexOf("\r\n" + name + ": ") + name.length() + 4;
        return sent().substring(at, sent().indexOf("\r\n", at));
    }

    /** What nobody has received. */
    public String left() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        segments.forEach(all::writeBytes);
        script.forEach(piece -> all.writeBytes(latin1(piece.text)));
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public int sendto(Call call, Span src, int flags, @Nullable Sockaddr to, int addrlen) {
        sends++;
        deadline = call.deadline;
        if (sendFails != 0) {
            return sendFails;
        }
        int n = Math.min(sendAtMost, src.remaining());
        ByteBuffer copy = ByteBuffer.allocate(n);
        src.get(copy, n);
        sent.writeBytes(copy.array());
        return n;
    }

    @Override
    public int recvfrom(
            Call call, Span dst, int flags, @Nullable Sockaddr from, @Nullable IntRef addrlen) {
        receives++;
        deadline = call.deadline;
        if (segments.isEmpty() && !script.isEmpty()) {
            cut(script.remove());
        }
        if (segments.isEmpty()) {
            return end;
        }
        byte[] segment = segments.remove();
        int n = Math.min(dst.remaining(), segment.length);
        dst.put(ByteBuffer.wrap(segment), n);
        byte[] rest = Arrays.copyOfRange(segment, n, segment.length);
        if ((flags & SocketAbi.MSG_PEEK) != 0) {
            segments.addFirst(segment);
        } else if (rest.length > 0) {
            segments.addFirst(rest);
        }
        return n;
    }

    private void cut(Piece piece) {
        byte[] bytes = latin1(fill(piece.text));
        int from = 0;
        int n = piece.cuts == null ? bytes.length : piece.cuts.length;
        for (int i = 0; i <= n; i++) {
            int to = i == n ? bytes.length : piece.cuts == null ? i + 1 : piece.cuts[i];
            if (to > from) {
                segments.add(Arrays.copyOfRange(bytes, from, to));
            }
            from = to;
        }
    }

    private String fill(String text) {
        return ACCEPT.matcher(text).replaceAll(found -> {
            String value = AcceptValue.of(sentField("Sec-WebSocket-Key"));
            String length = found.group(1);
            return length == null ? value : value.substring(0, Integer.parseInt(length));
        });
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public int kernelFd() {
        return -1;
    }

    @Override
    public int close() {
        return 0;
    }
}
