package dev.zsock;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.WsClient;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** permessage-deflate (RFC 7692) as the application and the wire see it. */
@Timeout(60)
@Tag("behaviour")
@Tag("calm")
class DeflateTest {
    private static final String EXTENSION = "Sec-WebSocket-Extensions: permessage-deflate";
    private static final byte[] HELLO = "Hello".getBytes(StandardCharsets.US_ASCII);

    private WsPair pair;

    @AfterEach
    void closeAll() {
        if (pair != null) {
            pair.close();
        }
    }

    private static WebsocketRequest request() {
        WebsocketRequest req = new WebsocketRequest();
        req.deflate = true;
        return req;
    }

    /** A client of this library and a plain server that has agreed. */
    private void client(String parameters) {
        WebsocketRequest req = request();
        req.deflate_client_max_window_bits = 15;
        pair = WsPair.openClient(req, EXTENSION + parameters + "\r\n");
    }

    private void peerSends(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(send(pair.serverTransport, bytes, bytes.length, 0)).isEqualTo(bytes.length);
    }

    private String received() {
        WsClient.Message m = WsClient.receive(pair.client, 2000);
        return new String(m.payload(), StandardCharsets.UTF_8);
    }

    private int fails() {
        byte[] buf = new byte[100];
        int rc;
        do {
            rc = websocket_recv_msg(pair.client, buf, 100, null, null, 2000);
        } while (rc >= 0);
        return rc;
    }

    /** The close code that a client of this library sends next. */
    private int closeCode() {
        byte[] f = new byte[8];
        assertThat(recv(pair.serverTransport, f, 8, MSG_WAITALL)).isEqualTo(8);
        assertThat(f).startsWith(0x88, 0x82);
        return ((f[6] ^ f[2]) & 0xff) << 8 | (f[7] ^ f[3]) & 0xff;
    }

    @Test // 7.2.3.1
    void oneCompressedBlock() {
        client("");
        peerSends("c107f248cdc9c90700");
        assertThat(received()).isEqualTo("Hello");
    }

    @Test // 7.2.3.1
    void fragmentsOfOneBlock() {
        client("");
        peerSends("4103f248cd 8004c9c90700");
        assertThat(received()).isEqualTo("Hello");
    }

    @Test // 7.2.3.2
    void sharedWindow() {
        client("");
        peerSends("c107f248cdc9c90700 c105f200110000");
        assertThat(received()).isEqualTo("Hello");
        assertThat(received()).isEqualTo("Hello");
    }

    @Test // 7.2.3.3
    void blockWithoutCompression() {
        client("");
        peerSends("c10b000500faff48656c6c6f00");
        assertThat(received()).isEqualTo("Hello");
    }

    @Test // 7.2.3.4, then 7.2.3.2: what was sent before a final block can be referred to
    void finalBlocks() {
        client("");
        peerSends("c108f348cdc9c9070000 c105f200110000 c107f348cdc9c90700");
        assertThat(received()).isEqualTo("Hello");
        assertThat(received()).isEqualTo("Hello");
        assertThat(received()).isEqualTo("Hello"); // the empty block behind it left out
    }

    @Test // 7.2.3.5
    void twoBlocksInOneMessage() {
        client("");
        peerSends("c10df248050000 00ffffcac9c90700");
        assertThat(received()).isEqualTo("Hello");
    }

    @Test // 7.2.3.6
    void emptyMessages() {
        client("");
        peerSends("c10100 c100 c107f248cdc9c90700");
        assertThat(received()).isEmpty();
        assertThat(received()).isEmpty();
        assertThat(received()).isEqualTo("Hello");
        assertThat(websocket_send_msg(pair.client, null, 0, 1, true, true, 1000))
                .isZero();
        byte[] f = new byte[7];
        assertThat(recv(pair.serverTransport, f, 7, MSG_WAITALL)).isEqualTo(7);
        assertThat(f).startsWith(0xc1, 0x81);
        assertThat(f[6]).isEqualTo(f[2]);
    }

    @Test // 6: a sender may leave messages as they are
    void uncompressedMessagesInBetween() {
        client("");
        peerSends("c107f248cdc9c90700 810548656c6c6f c105f200110000");
        assertThat(received() + received() + received()).isEqualTo("HelloHelloHello");
    }

    @Test // 6.1: control frames between fragments, never compressed
    void controlFramesPass() {
        client("");
        peerSends("4103f248cd 89026869 8004c9c90700");
        byte[] buf = new byte[10];
        assertThat(recv(pair.client, buf, 10, MSG_WAITALL | MSG_DONTWAIT)).isEqualTo(5);
        assertThat(buf).startsWith(HELLO);
        byte[] pong = new byte[8];
        assertThat(recv(pair.serverTransport, pong, 8, MSG_WAITALL)).isEqualTo(8);
        assertThat(pong).startsWith(0x8a, 0x82);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c900", // 6.1: a control frame with RSV1
                "4103f248cd c004c9c90700", // 6.1: RSV1 on a continuation
                "a100", // RSV2
                "f1", // all of them
            })
    void reservedBits(String frames) {
        client("");
        peerSends(frames + "00");
        assertThat(fails()).isEqualTo(-EPROTO);
        assertThat(closeCode()).isEqualTo(1002);
    }

    @Test // 5.2 of RFC 6455
    void rsv1WithoutTheExtension() {
        pair = WsPair.openClient();
        peerSends("c107f248cdc9c90700");
        assertThat(fails()).isEqualTo(-EPROTO);
        assertThat(closeCode()).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c103ffffff", // reserved block type
                "c106f248cdc9c907", // cut off in the end-of-block code
                "c103f248cd", // cut off inside a block
                "c109000500faff48656c6c", // cut off inside a stored block
                "c103020200", // refers to what nobody sent
                "c107000500fbff4865", // stored block with a wrong length
            })
    void brokenData(String frame) {
        client("");
        peerSends(frame);
        assertThat(fails()).isEqualTo(-EPROTO);
        assertThat(closeCode()).isEqualTo(1002);
    }

    @Test
    void textIsCheckedInflated() {
        pair = WsPair.open(request(), true);
        byte[] bad = {'a', 'b', (byte) 0xc3};
        assertThat(websocket_send_msg(pair.server, bad, 3, 1, false, false, 1000))
                .isEqualTo(3);
        byte[] more = {'x'};
        // a sender of this library would refuse it: as BINARY it leaves, as TEXT it must not
        assertThat(websocket_send_msg(pair.server, more, 1, 0, false, true, 1000))
                .isEqualTo(-EILSEQ);
        client("");
        peerSends("c1060003 00fcff 6162c3 00".replaceFirst("06", "09"));
        byte[] buf = new byte[10];
        LongRef remaining = new LongRef();
        assertThat(websocket_recv_msg(pair.client, buf, 10, null, remaining, 1000))
                .isEqualTo(2);
        assertThat(remaining.value).isPositive();
        assertThat(fails()).isEqualTo(-EILSEQ);
        assertThat(closeCode()).isEqualTo(1007);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,false,false", "8,8,false,false", "9,10,false,false", "15,15,false,false",
        "0,0,true,false", "0,0,false,true", "12,0,true,true", "8,8,true,true",
    })
    void everyAgreementCarriesEverything(int mine, int theirs, boolean noMine, boolean noTheirs)
            throws Exception {
        WebsocketRequest req = request();
        req.deflate_client_max_window_bits = mine;
        req.deflate_server_max_window_bits = theirs;
        req.deflate_client_no_context_takeover = noMine;
        req.deflate_server_no_context_takeover = noTheirs;
        pair = WsPair.open(req, true);
        Random random = new Random(mine);
        for (int n : new int[] {0, 1, 100, 256, 257, 5000, 1 << 16, 300_000, 0, 70_000}) {
            byte[] data = new byte[n];
            for (int i = 0; i < n; i++) {
                data[i] = (byte)
                        (random.nextInt(10) < 7 && i > 300 ? data[i - 300] : random.nextInt());
            }
            carry(pair.client, pair.server, true, data, 1);
            carry(pair.server, pair.client, false, data, 1 + random.nextInt(5));
        }
    }

    private static void carry(int from, int to, boolean mask, byte[] data, int fragments)
            throws Exception {
        CompletableFuture<Void> sending = Background.run(() -> {
            for (int i = 0; i < fragments; i++) {
                int at = (int) ((long) data.length * i / fragments);
                int n = (int) ((long) data.length * (i + 1) / fragments) - at;
                int opcode = i == 0 ? WEBSOCKET_OPCODE_DATA_BINARY : WEBSOCKET_OPCODE_CONTINUE;
                boolean last = i == fragments - 1;
                assertThat(websocket_send_msg(from, data, at, n, opcode, mask, last, 20_000))
                        .isEqualTo(n);
            }
        });
        WsClient.Message got = WsClient.receive(to, 20_000);
        sending.get();
        assertThat(got.payload()).isEqualTo(data);
    }

    @Test
    void whatLeavesIsSmallAndOthersUnderstandIt() {
        client("");
        byte[] text = "abcdefgh".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        assertThat(send(pair.client, text, text.length, 0)).isEqualTo(text.length);
        byte[] frame = new byte[200];
        int n = recv(pair.serverTransport, frame, 200, 0);
        assertThat(n).isBetween(10, 100);
        assertThat(frame).startsWith(0xc1);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 11})
    void aSmallWindowIsKept(int bits) throws Exception {
        client("; client_max_window_bits=" + bits);
        byte[] random = new byte[1 << bits];
        new Random(bits).nextBytes(random);
        byte[] twice = new byte[2 * random.length];
        System.arraycopy(random, 0, twice, 0, random.length);
        System.arraycopy(random, 0, twice, random.length, random.length);
        assertThat(websocket_send_msg(pair.client, twice, twice.length, 2, true, true, 1000))
                .isEqualTo(twice.length);
        // What repeats lies as far back as the window reaches; a longer look would halve the size.
        byte[] frame = new byte[3 * twice.length];
        int n = recv(pair.serverTransport, frame, frame.length, 0);
        assertThat(n).isGreaterThan(twice.length);
    }

    @Test
    void aFrameThatDidNotLeaveIsNotReferredTo() throws Exception {
        pair = WsPair.open(request(), true);
        byte[] noise = new byte[4 << 20];
        new Random(1).nextBytes(noise);
        int binary = WEBSOCKET_OPCODE_DATA_BINARY;
        int taken = 0;
        while (websocket_send_msg(pair.client, noise, noise.length, binary, true, true, 0) > 0) {
            taken++;
        }
        assertThat(taken).isPositive();
        byte[] known = "known to one end only, known to one end only".getBytes();
        assertThat(websocket_send_msg(pair.client, known, known.length, binary, true, true, 0))
                .isEqualTo(-ETIMEDOUT);
        CompletableFuture<Integer> finishes =
                Background.supply(() -> recv(pair.client, new byte[1], 1, 0));
        for (int i = 0; i < taken; i++) {
            assertThat(WsClient.receive(pair.server, 20_000).payload()).isEqualTo(noise);
        }
        assertThat(send(pair.server, known, 1, 0)).isEqualTo(1);
        assertThat(finishes.get()).isEqualTo(1);
        carry(pair.client, pair.server, true, known, 1);
    }

    @Test
    void smallBuffersSeeAllOfItAndItsEnd() {
        client("");
        byte[] text = "0123456789".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        WsPair sender = WsPair.open(request(), true);
        byte[] wire = packed(sender, text);
        sender.close();
        assertThat(send(pair.serverTransport, wire, wire.length, 0)).isEqualTo(wire.length);
        byte[] buf = new byte[997];
        LongRef remaining = new LongRef();
        IntRef type = new IntRef();
        int n = 0;
        do {
            int rc = websocket_recv_msg(pair.client, buf, buf.length, type, remaining, 1000);
            assertThat(rc).isPositive();
            assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_TEXT | WEBSOCKET_FLAG_FINAL);
            assertThat(Arrays.copyOf(buf, rc)).isEqualTo(Arrays.copyOfRange(text, n, n + rc));
            n += rc;
        } while (remaining.value > 0);
        assertThat(n).isEqualTo(text.length);
    }

    /** The frame that a server of this library makes of a text. */
    private static byte[] packed(WsPair sender, byte[] text) {
        assertThat(send(sender.server, text, text.length, 0)).isEqualTo(text.length);
        Pollfd[] fds = {new Pollfd(sender.clientTransport, POLLIN)};
        assertThat(poll(fds, 1, 1000)).isEqualTo(1);
        byte[] wire = new byte[text.length];
        int n = recv(sender.clientTransport, wire, wire.length, 0);
        return java.util.Arrays.copyOf(wire, n);
    }

    @Test
    void pollSeesWhatHasBeenInflated() {
        client("");
        peerSends("c107f248cdc9c90700");
        Pollfd[] fds = {new Pollfd(pair.client, POLLIN)};
        byte[] buf = new byte[2];
        for (int n = 0; n < 5; n += 2) {
            assertThat(poll(fds, 1, 1000)).isEqualTo(1);
            assertThat(recv(pair.client, buf, 2, MSG_PEEK)).isEqualTo(Math.min(2, 5 - n));
            assertThat(recv(pair.client, buf, 2, 0)).isEqualTo(Math.min(2, 5 - n));
        }
        assertThat(poll(fds, 1, 0)).isZero();
    }

    @Test
    @Tag("lasting")
    void inflatedSizeIsLimitedUnlessSet() throws Exception {
        pair = WsPair.open(request(), true);
        LongRef limit = new LongRef();
        IntRef length = new IntRef(8);
        assertThat(getsockopt(pair.server, SOL_WEBSOCKET, WEBSOCKET_MAX_MESSAGE, limit, length))
                .isZero();
        assertThat(limit.value).isEqualTo(64 << 20);
        byte[] bomb = new byte[65 << 20];
        assertThat(bombard(bomb)).isEqualTo(-EMSGSIZE);
        pair.close();
        pair = WsPair.open(request(), true);
        limit.value = 0;
        assertThat(setsockopt(pair.server, SOL_WEBSOCKET, WEBSOCKET_MAX_MESSAGE, limit, 8))
                .isZero();
        assertThat(bombard(bomb)).isEqualTo(-EAGAIN);
    }

    /** Sends zeros to the server, which reads until that is refused or over. */
    private int bombard(byte[] bomb) throws Exception {
        CompletableFuture<Integer> sending = Background.supply(() -> websocket_send_msg(
                pair.client, bomb, bomb.length, WEBSOCKET_OPCODE_DATA_BINARY, true, true, 20_000));
        byte[] buf = new byte[1 << 20];
        long got = 0;
        int rc = 0;
        for (; rc >= 0; got += Math.max(0, rc)) {
            int more = got < bomb.length ? 20_000 : 200;
            rc = websocket_recv_msg(pair.server, buf, buf.length, null, null, more);
        }
        assertThat(sending.get()).isEqualTo(bomb.length);
        assertThat(got).isEqualTo(rc == -EMSGSIZE ? 64 << 20 : bomb.length);
        return rc;
    }
}
