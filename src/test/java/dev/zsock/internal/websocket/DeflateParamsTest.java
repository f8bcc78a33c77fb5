package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.websocket.Extensions.Extension;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** RFC 7692 7.1, with the RFC's own examples where it has some. */
class DeflateParamsTest {
    private static final String NAME = "permessage-deflate";

    private static List<Extension> parse(String... values) {
        return Extensions.parse(List.of(values));
    }

    private static String text(List<Extension> extensions) {
        StringBuilder s = new StringBuilder();
        for (Extension e : extensions) {
            s.append('[').append(e.name);
            for (int i = 0; i < e.names.size(); i++) {
                s.append(' ').append(e.names.get(i)).append('=').append(e.values.get(i));
            }
            s.append(']');
        }
        return s.toString();
    }

    @ParameterizedTest(name = "9.1 <{0}>")
    @CsvSource({
        "'',                                      ''",
        "' , ,',                                  ''",
        "foo,                                     [foo]",
        "'foo, bar; baz=2',                       [foo][bar baz=2]",
        "'bar; baz=2, foo',                       [bar baz=2][foo]",
        "'deflate-stream',                        [deflate-stream]",
        "'mux; max-channels=4; flow-control, deflate-stream', "
                + "[mux max-channels=4 flow-control=null][deflate-stream]",
        "'private-extension',                     [private-extension]",
        "'a ;b = 1;  c=\"x\" ,d',                 [a b=1 c=x][d]",
        "'a; b=\"1\\5\"',                         [a b=15]"
    })
    void parsesExtensions(String value, String want) {
        assertThat(text(parse(value))).isEqualTo(want);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;",
                "a; ;b",
                ";a",
                "a b",
                "a; b c",
                "a=1",
                "a; b=",
                "a; =1",
                "a; b=\"\"",
                "a; b=\"1",
                "a; b=\"x y\"",
                "a; b=\"1\"2",
                "a; b=\"1\\",
                "a(b)",
                "a; b=\u00e9",
                "\"a\""
            })
    void refusesWhatTheGrammarDoesNotAllow(String value) {
        assertThat(parse(value)).isNull();
    }

    @Test
    void severalFieldsAreOneList() {
        assertThat(text(parse("a", "b; c", ""))).isEqualTo("[a][b c=null]");
    }

    @Test
    void offersWhatTheRequestAsksFor() {
        WebsocketRequest req = new WebsocketRequest();
        assertThat(DeflateParams.offer(req)).isEqualTo(NAME);
        req.deflate_server_no_context_takeover = true;
        req.deflate_client_no_context_takeover = true;
        req.deflate_server_max_window_bits = 10;
        req.deflate_client_max_window_bits = 15;
        assertThat(DeflateParams.offer(req))
                .isEqualTo(NAME + "; server_no_context_takeover; client_no_context_takeover"
                        + "; server_max_window_bits=10; client_max_window_bits=15");
    }

    /** answer, then what was offered: client bits, server bits; then the outcome. */
    @ParameterizedTest(name = "{0} after {1}/{2}")
    @CsvSource({
        "'',                                              0,  0,  15 15 false false",
        "'; server_no_context_takeover',                  0,  0,  15 15 true  false",
        "'; client_no_context_takeover',                  0,  0,  15 15 false true",
        "'; server_max_window_bits=10',                   0,  10, 15 10 false false",
        "'; server_max_window_bits=8',                    0,  10, 15 8  false false",
        "'; server_max_window_bits=\"12\"',               0,  0,  15 12 false false",
        "'',                                              0,  10, 15 15 false false",
        "'; client_max_window_bits=9',                    15, 0,  9  15 false false",
        "'; client_max_window_bits=15',                   10, 0,  10 15 false false",
        "'',                                              10, 0,  10 15 false false",
        "'; server_max_window_bits=11',                   0,  10, refused",
        "'; client_max_window_bits=9',                    0,  0,  refused",
        "'; client_max_window_bits',                      15, 0,  refused",
        "'; server_max_window_bits',                      0,  10, refused",
        "'; server_max_window_bits=7',                    0,  10, refused",
        "'; server_max_window_bits=16',                   0,  0,  refused",
        "'; server_max_window_bits=08',                   0,  0,  refused",
        "'; server_max_window_bits=+9',                   0,  0,  refused",
        "'; client_max_window_bits=99999999999',          15, 0,  refused",
        "'; server_no_context_takeover=1',                0,  0,  refused",
        "'; client_no_context_takeover=true',             0,  0,  refused",
        "'; server_no_context_takeover; server_no_context_takeover', 0, 0, refused",
        "'; server_max_window_bits=9; server_max_window_bits=9',     0, 0, refused",
        "'; Server_No_Context_Takeover',                  0,  0,  refused",
        "'; unknown',                                     0,  0,  refused"
    })
    void clientReadsTheAnswer(String params, int clientBits, int serverBits, String want) {
        WebsocketRequest req = new WebsocketRequest();
        req.deflate_client_max_window_bits = clientBits;
        req.deflate_server_max_window_bits = serverBits;
        DeflateParams p = DeflateParams.accept(parse(NAME + params).get(0), req);
        assertThat(p == null ? "refused" : show(p)).isEqualTo(want.replaceAll(" +", " "));
    }

    private static String show(DeflateParams p) {
        return p.clientBits + " " + p.serverBits + " " + p.serverNoContext + " "
                + p.clientNoContext;
    }

    @Test
    void theClientKeepsWhatItAnnounced() {
        WebsocketRequest req = new WebsocketRequest();
        req.deflate_client_no_context_takeover = true;
        DeflateParams p = DeflateParams.accept(parse(NAME).get(0), req);
        assertThat(p.clientNoContext).as("7.1.1.2").isTrue();
        assertThat(DeflateParams.accept(parse("other").get(0), req)).isNull();
    }

    @ParameterizedTest(name = "offer <{0}>")
    @CsvSource({
        "'permessage-deflate',                            permessage-deflate",
        "'permessage-deflate; client_max_window_bits; server_max_window_bits=10', "
                + "permessage-deflate; server_max_window_bits=10",
        "'permessage-deflate; client_max_window_bits',    permessage-deflate",
        "'permessage-deflate; server_max_window_bits=10, permessage-deflate', "
                + "permessage-deflate; server_max_window_bits=10",
        "'permessage-deflate; use_y, permessage-deflate', permessage-deflate",
        "'x, permessage-deflate; server_no_context_takeover; client_no_context_takeover', "
                + "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "'permessage-deflate; server_max_window_bits=16', none",
        "'permessage-deflate; server_max_window_bits',    none",
        "'x',                                             none",
        "'',                                              none"
    })
    void serverTakesTheFirstOfferItUnderstands(String offers, String answer) {
        DeflateParams p = DeflateParams.choose(parse(offers));
        assertThat(p == null ? "none" : p.answer()).isEqualTo(answer);
    }

    /** What one side offers and the other answers is always understood alike by both. */
    @Test
    void bothSidesAgree() {
        for (int v = 0; v < 4 * 9 * 9; v++) {
            WebsocketRequest req = new WebsocketRequest();
            req.deflate_server_no_context_takeover = (v & 1) != 0;
            req.deflate_client_no_context_takeover = (v & 2) != 0;
            req.deflate_server_max_window_bits = v / 4 % 9 == 0 ? 0 : 7 + v / 4 % 9;
            req.deflate_client_max_window_bits = v / 36 == 0 ? 0 : 7 + v / 36;
            assertThat(DeflateParams.legal(req)).isTrue();
            DeflateParams server = DeflateParams.choose(parse(DeflateParams.offer(req)));
            DeflateParams client = DeflateParams.accept(parse(server.answer()).get(0), req);
            assertThat(client.serverBits).isEqualTo(server.serverBits);
            assertThat(client.serverNoContext).isEqualTo(server.serverNoContext);
            assertThat(client.clientNoContext).isEqualTo(server.clientNoContext);
            assertThat(client.clientBits).isLessThanOrEqualTo(server.clientBits);
        }
    }
}
