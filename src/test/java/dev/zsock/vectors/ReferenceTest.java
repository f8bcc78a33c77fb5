package dev.zsock.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.zsock.testkit.AcceptValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The reference readers that the model stands on, against the examples of the RFCs. */
class ReferenceTest {
    private static final byte[] NONE = {};

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "RFC 6455 5.7 unmasked, 810548656c6c6f, 129, false, 0, 5, 2, Hello",
        "RFC 6455 5.7 masked, 818537fa213d7f9f4d5158, 129, true, 0, 5, 6, Hello",
        "RFC 6455 5.7 fragment, 010348656c, 1, false, 0, 3, 2, Hel",
        "RFC 6455 5.7 ping, 890548656c6c6f, 137, false, 0, 5, 2, Hello",
        "16 bits, 827e0003414243, 130, false, 2, 3, 4, ABC",
        "64 bits, 827f0000000000000003414243, 130, false, 8, 3, 10, ABC",
    })
    void readsFrames(
            String name,
            String wire,
            int b0,
            boolean masked,
            int form,
            long n,
            int size,
            String text) {
        byte[] in = Payload.hex(wire);
        for (int cut = 0; cut < size; cut++) {
            assertThat(FrameHead.read(in, 0, cut)).isNull();
        }
        FrameHead h = FrameHead.read(in, 0, in.length);
        assertThat(h.b0()).isEqualTo(b0);
        assertThat(h.masked()).isEqualTo(masked);
        assertThat(h.form()).isEqualTo(form);
        assertThat(h.length()).isEqualTo(n);
        assertThat(h.size()).isEqualTo(size);
        assertThat(h.shortestForm()).isEqualTo(form == 0);
        byte[] plain = FrameHead.unmask(in, size, (int) n, h.key(), 0);
        assertThat(new String(plain, StandardCharsets.US_ASCII)).isEqualTo(text);
    }

    @Test
    void writesFramesInTheShortestForm() {
        assertThat(Payload.hex(FrameHead.frame(0x81, false, "Hello".getBytes())))
                .isEqualTo("810548656c6c6f");
        for (int n : new int[] {0, 125, 126, 127, 65535, 65536, 70000}) {
            byte[] frame = FrameHead.frame(0x82, true, new byte[n]);
            FrameHead h = FrameHead.read(frame, 0, frame.length);
            assertThat(h.length()).isEqualTo(n);
            assertThat(h.shortestForm()).isTrue();
            assertThat(h.size() + n).isEqualTo(frame.length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "c3a9, 2, true", "e282ac, 3, true", "f09f9880, 4, true", "e282, 2, false", "ff, 0, true",
        "c080, 0, true", "eda080, 1, false", "f4908080, 1, false", "e28241, 2, false",
                "80, 0, true",
    })
    void checksUtf8(String hex, int good, boolean complete) {
        byte[] bytes = Payload.hex(hex);
        Utf8 check = new Utf8();
        assertThat(check.check(bytes, bytes.length)).isEqualTo(good);
        if (good == bytes.length) {
            assertThat(check.complete()).isEqualTo(complete);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "03, 1002",
        "03e8, 0",
        "03ec, 1002",
        "03ed, 1002",
        "03ee, 1002",
        "03f6, 0",
        "03f7, 1002",
        "0bb8, 0",
        "1387, 0",
        "1388, 1002",
        "03e8ff, 1007",
        "03e8c3a9, 0",
    })
    void checksClosePayloads(String hex, int code) {
        assertThat(ModelWs.closePayload(Payload.hex(hex))).isEqualTo(code);
    }

    @Test
    void answersTheKeyOfRfc6455() {
        assertThat(AcceptValue.of("dGhlIHNhbXBsZSBub25jZQ=="))
                .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource({
        "'HTTP/1.1 101 X|U|C|A||', 101,",
        "'HTTP/1.1 101|U|C|A||', 101,",
        "'HTTP/1.1 100 X||', 100,",
        "'HTTP/1.1 200 OK|U|C|A||', 200, HANDSHAKE_STATUS",
        "'HTTP/1.1 1x1 OK|U|C|A||', 0, HANDSHAKE_STATUS",
        "'HTTP/1.0 101 X|U|C|A||', 0, HANDSHAKE_VERSION",
        "'HTTP/2.0 101 X|U|C|A||', 0, HANDSHAKE_VERSION",
        "'|HTTP/1.1 101 X|U|C|A||', 0, HANDSHAKE_LINES",
        "'HTTP/1.1 101 X|U|C|A|X : 1||', 0, HANDSHAKE_LINES",
        "'HTTP/1.1 101 X|U|C|A|nothing||', 0, HANDSHAKE_LINES",
        "'HTTP/1.1 101 X| U|C|A||', 0, HANDSHAKE_LINES",
        "'HTTP/1.1 101 X|C|A||', 101, HANDSHAKE_UPGRADE",
        "'HTTP/1.1 101 X|U|A||', 101, HANDSHAKE_UPGRADE",
        "'HTTP/1.1 101 X|U|C||', 101, HANDSHAKE_ACCEPT",
        "'HTTP/1.1 101 X|U|C|A|A||', 101, HANDSHAKE_ACCEPT",
        "'HTTP/1.1 101 X|U|C|A|Sec-WebSocket-Protocol: b||', 101, HANDSHAKE_UNASKED",
        "'HTTP/1.1 101 X|U|C|A|Sec-WebSocket-Protocol: a||', 101,",
        "'HTTP/1.1 101 X|U|C|A|Sec-WebSocket-Extensions: a||', 101, HANDSHAKE_UNASKED",
    })
    void readsHeads(String text, int status, Rule refusedBy) {
        String head = text.replaceFirst("U\\|", "Upgrade: h2c, WebSocket|")
                .replaceFirst("C\\|", "connection: keep-alive, Upgrade|")
                .replace("A|", "Sec-WebSocket-Accept:  right \t|")
                .replace("|", "\r\n");
        byte[] in = SendData.latin1(head);
        HeadReader.Asked asked = new HeadReader.Asked("right", List.of("a"), false);
        HeadReader.Head h = HeadReader.read(in, 0, in.length, asked);
        assertThat(h.status()).isEqualTo(status);
        assertThat(h.refusedBy()).isEqualTo(refusedBy);
        if (refusedBy == null) {
            assertThat(h.end()).isEqualTo(in.length);
            assertThat(HeadReader.read(in, 0, in.length - 1, asked)).isNull();
        }
    }

    @Test
    void decodesTheWireUpToWhatIsNotComplete() {
        byte[] request = SendData.latin1(
                "GET / HTTP/1.1\r\nSec-WebSocket-Key: " + "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        byte[] all = Arrays.copyOf(request, request.length + 14);
        System.arraycopy(Payload.hex("818537fa213d7f9f4d515802"), 0, all, request.length, 12);
        WireDecoder d = WireDecoder.decode(all, 0, request.length + 12);
        assertThat(d.items().toString())
                .isEqualTo("[{\"http_request\":[\"GET / HTTP/1.1\","
                        + "\"Sec-WebSocket-Key: <base64 of 16 bytes, 24 chars>\",\"\"]},"
                        + "{\"frame\":{\"fin\":1,\"rsv\":0,\"op\":1,\"mask\":1,\"len\":5,"
                        + "\"header_hex\":\"8185xxxxxxxx\","
                        + "\"payload\":{\"len\":5,\"hex\":\"48656c6c6f\"}}},"
                        + "{\"incomplete_frame\":{\"fin\":0,\"rsv\":0,\"op\":2},\"have\":1}]");
        assertThat(d.next()).isEqualTo(request.length + 11);
        assertThat(WireDecoder.lastKey(all)).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
    }

    @Test
    void rebuildsDescribedData() throws IOException {
        byte[] frame = FrameHead.frame(0x82, false, Payload.pattern(0, 66000));
        byte[] rest = Arrays.copyOfRange(frame, 3, frame.length);
        SendData data = new SendData(Scenario.parse("{}", "x"));
        byte[] before = Arrays.copyOf(frame, 3);
        assertThat(data.bytes(described(rest, ""), "", before)).isEqualTo(rest);
        byte[] key = FrameHead.frame(0x81, true, new byte[0]);
        String gen = ",\"gen\":\"frame(op=2,fin=1,payload=pat:66000)\"";
        assertThat(data.bytes(described(frame, gen), "", NONE)).isEqualTo(frame);
        assertThatThrownBy(() -> data.bytes(described(key, ""), "", NONE.clone()))
                .isInstanceOf(Unsupported.class);
    }

    private static JsonNode described(byte[] bytes, String more) throws IOException {
        String head = Payload.hex(Arrays.copyOf(bytes, Math.min(16, bytes.length)));
        String digest = bytes.length > 16 ? Payload.sha256(bytes) : "00";
        return Scenario.JSON.readTree("{\"op\":\"send\",\"len\":" + bytes.length + ",\"sha256\":\""
                + digest + "\",\"head_hex\":\"" + head + "\"" + more + "}");
    }

    @Test
    void rebuildsRepeatedFramesAndBytes() throws IOException {
        byte[] one = FrameHead.frame(0x81, false, "hello".getBytes(StandardCharsets.US_ASCII));
        byte[] many = new byte[20 * one.length];
        for (int i = 0; i < many.length; i++) {
            many[i] = one[i % one.length];
        }
        SendData data = new SendData(Scenario.parse("{}", "x"));
        assertThat(data.bytes(described(many, ""), "", NONE)).isEqualTo(many);
        byte[] filled = FrameHead.frame(0x82, false, new byte[3000]);
        assertThat(data.bytes(described(filled, ""), "", NONE)).isEqualTo(filled);
    }

    @Test
    void fillsInTemplates() throws IOException {
        Scenario s = Scenario.parse(
                "{\"RESP\":\"ab{ACCEPT}yz\",\"note\":\"here {ACCEPT} = first 2 chars right, "
                        + "the rest replaced by \\\"!\\\"\"}",
                "x");
        SendData data = new SendData(s);
        assertThat(text(data, "RESP[:3]")).isEqualTo("abS");
        assertThat(text(data, "RESP[3:]")).isEqualTo("E!!yz");
        assertThat(text(data, "RESP[1:4]")).isEqualTo("bSE");
        assertThat(text(data, "x{ACCEPT}")).isEqualTo("xSE!!");
        assertThatThrownBy(() -> text(data, "{OTHER}")).isInstanceOf(Unsupported.class);
    }

    private static String text(SendData data, String template) throws IOException {
        JsonNode op = Scenario.JSON.createObjectNode().put("tmpl", template);
        return new String(data.bytes(op, "SEED", NONE), StandardCharsets.ISO_8859_1);
    }

    @Test
    void padsLongTemplates() throws IOException {
        JsonNode op = Scenario.JSON
                .createObjectNode()
                .put("tmpl_len", 300)
                .put("tmpl_head", "HTTP/1.1 101 Switching Protocols\r\nX-Pad: pp");
        byte[] made = new SendData(Scenario.parse("{}", "x")).bytes(op, "R".repeat(8), NONE);
        assertThat(made).hasSize(300);
        HeadReader.Asked asked = new HeadReader.Asked("RRRRRRRR", List.of(), false);
        assertThat(HeadReader.read(made, 0, 300, asked).refusedBy()).isNull();
    }
}
