package dev.zsock.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.zsock.fuzz.Cuts;
import dev.zsock.testkit.HttpEvents;
import dev.zsock.uapi.HttpParser;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A response gives the same callbacks, the same result and stops at the same byte however it is
 * cut. Input: a flag (1: the answer to HEAD), a seed for the cuts, then the stream.
 */
class ResponseParserFuzzTest {
    @FuzzTest
    void everySplitGivesTheSameEvents(byte[] input) {
        boolean bodiless = (Cuts.at(input, 0) & 1) != 0;
        List<String> whole = events(Cuts.of(input, 2, 0), bodiless);
        assertThat(events(Cuts.of(input, 2, Cuts.at(input, 1)), bodiless)).isEqualTo(whole);
        assertThat(events(Cuts.of(input, 2, 1), bodiless)).isEqualTo(whole);
    }

    private static List<String> events(List<byte[]> pieces, boolean bodiless) {
        HttpEvents events = new HttpEvents();
        HttpParser told = new HttpParser();
        ResponseParser parser = new ResponseParser(told, events.settings(), bodiless);
        int rc = ResponseParser.NEED_MORE;
        int taken = 0;
        for (int i = 0; i < pieces.size() && !over(rc); i++) {
            ByteBuffer in = ByteBuffer.wrap(pieces.get(i));
            rc = parser.next(in);
            while (rc == ResponseParser.HEAD || rc == ResponseParser.BODY) {
                rc = parser.next(in);
            }
            assertThat(over(rc) || !in.hasRemaining()).isTrue();
            taken += in.position();
        }
        events.seen.add("result " + rc + " after " + taken + " head " + parser.headComplete());
        events.seen.add("at the end " + (over(rc) ? rc : parser.end()) + " " + told.http_errno);
        events.seen.add("reason " + parser.reason() + " " + parser.head().values("Upgrade"));
        return events.seen;
    }

    private static boolean over(int rc) {
        return rc < 0 || rc == ResponseParser.DONE;
    }
}
