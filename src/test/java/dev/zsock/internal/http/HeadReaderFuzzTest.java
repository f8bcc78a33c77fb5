package dev.zsock.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.zsock.fuzz.Cuts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request's head, as a server reads it: the same lines and fields however it is cut, and written
 * again it is read as the same. Input: a seed for the cuts, then the stream.
 */
class HeadReaderFuzzTest {
    private static final String BEGIN = "GET ";

    @FuzzTest
    void everySplitGivesTheSameFields(byte[] input) {
        List<String> whole = lines(Cuts.of(input, 1, 0));
        assertThat(lines(Cuts.of(input, 1, Cuts.at(input, 0)))).isEqualTo(whole);
        assertThat(lines(Cuts.of(input, 1, 1))).isEqualTo(whole);
        if (whole.get(whole.size() - 1).equals("rc " + HeadReader.END)) {
            byte[] again = String.join("\r\n", whole.subList(0, whole.size() - 1))
                    .concat("\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            assertThat(lines(List.of(again))).isEqualTo(whole);
        }
    }

    private static List<String> lines(List<byte[]> pieces) {
        HeadReader reader = new HeadReader(BEGIN);
        List<String> lines = new ArrayList<>();
        int rc = HeadReader.NEED_MORE;
        for (int i = 0; i < pieces.size() && rc == HeadReader.NEED_MORE; i++) {
            ByteBuffer in = ByteBuffer.wrap(pieces.get(i));
            rc = reader.next(in);
            while (rc == HeadReader.START_LINE || rc == HeadReader.FIELD) {
                lines.add(
                        rc == HeadReader.START_LINE
                                ? reader.startLine()
                                : reader.name() + ": " + reader.value());
                rc = reader.next(in);
            }
            assertThat(rc != HeadReader.NEED_MORE || !in.hasRemaining()).isTrue();
        }
        lines.add("rc " + rc);
        return lines;
    }
}
