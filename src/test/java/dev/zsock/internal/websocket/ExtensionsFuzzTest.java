package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.zsock.fuzz.Cuts;
import dev.zsock.internal.websocket.Extensions.Extension;
import dev.zsock.uapi.WebsocketRequest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Extension lists and the parameters of permessage-deflate: what was read reads the same when it is
 * written plainly, and whatever a client offers, it accepts the server's answer and both mean the
 * same by it. Input: four bytes of what the client offers, then a field's value.
 */
class ExtensionsFuzzTest {
    @FuzzTest
    void bothSidesMeanTheSame(byte[] input) {
        WebsocketRequest req = request(input);
        int from = Math.min(4, input.length);
        String value = new String(
                Arrays.copyOfRange(input, from, input.length), StandardCharsets.ISO_8859_1);
        negotiate(req, DeflateParams.offer(req));

        List<Extension> read = Extensions.parse(List.of(value));
        if (read == null) {
            return;
        }
        String plain = plain(read);
        List<Extension> again = Extensions.parse(List.of(plain));
        assertThat(again).isNotNull();
        assertThat(plain(again)).isEqualTo(plain);
        server(read);
        if (read.size() == 1 && DeflateParams.legal(req)) {
            DeflateParams accepted = DeflateParams.accept(read.get(0), req);
            if (accepted != null) {
                inRange(accepted);
            }
        }
    }

    /** Any list of offers: the server's answer can be read, and promises no more than was asked. */
    private static void server(List<Extension> offers) {
        DeflateParams chosen = DeflateParams.choose(offers);
        if (chosen == null) {
            return;
        }
        inRange(chosen);
        List<Extension> answer = Extensions.parse(List.of(chosen.answer()));
        assertThat(answer).hasSize(1);
        assertThat(answer.get(0).name).isEqualTo(DeflateParams.NAME);
    }

    /** Our own offer is always understood, and our answer to it accepted. */
    private static void negotiate(WebsocketRequest req, String offer) {
        if (!DeflateParams.legal(req)) {
            return;
        }
        DeflateParams server = DeflateParams.choose(Extensions.parse(List.of(offer)));
        assertThat(server).as(offer).isNotNull();
        List<Extension> answer = Extensions.parse(List.of(server.answer()));
        DeflateParams client = DeflateParams.accept(answer.get(0), req);
        assertThat(client).as("%s, answered %s", offer, server.answer()).isNotNull();
        assertThat(client.serverBits).as(offer).isEqualTo(server.serverBits);
        assertThat(client.serverNoContext).as(offer).isEqualTo(server.serverNoContext);
        assertThat(client.clientNoContext).as(offer).isEqualTo(server.clientNoContext);
        assertThat(client.clientBits).as(offer).isLessThanOrEqualTo(server.clientBits);
    }

    private static WebsocketRequest request(byte[] input) {
        WebsocketRequest req = new WebsocketRequest();
        req.deflate = true;
        req.deflate_client_max_window_bits = Cuts.at(input, 0) % 17;
        req.deflate_server_max_window_bits = Cuts.at(input, 1) % 17;
        req.deflate_client_no_context_takeover = (Cuts.at(input, 2) & 1) != 0;
        req.deflate_server_no_context_takeover = (Cuts.at(input, 3) & 1) != 0;
        return req;
    }

    private static void inRange(DeflateParams p) {
        assertThat(p.clientBits).isBetween(DeflateParams.MIN_BITS, DeflateParams.MAX_BITS);
        assertThat(p.serverBits).isBetween(DeflateParams.MIN_BITS, DeflateParams.MAX_BITS);
    }

    private static String plain(List<Extension> extensions) {
        StringBuilder s = new StringBuilder();
        for (Extension e : extensions) {
            s.append(s.length() == 0 ? "" : ", ").append(e.name);
            for (int i = 0; i < e.names.size(); i++) {
                String value = e.values.get(i);
                s.append("; ").append(e.names.get(i)).append(value == null ? "" : "=" + value);
            }
        }
        return s.toString();
    }
}
