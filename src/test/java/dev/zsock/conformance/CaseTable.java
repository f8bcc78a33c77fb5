package dev.zsock.conformance;

import dev.zsock.conformance.PublicCase.Closing;
import dev.zsock.testkit.HexReader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the cases whose frames stand in a table, a line each: number, what is sent, what is heard,
 * and how the connection closes. Frames are as {@link HexReader} has them; a message is heard as
 * one frame.
 *
 * <pre>
 * chops 1 [81 'a']        in writes of so many bytes; each: of a frame
 * parts 3 4 [81 'abcdefg']   a frame whose payload comes in such parts, with a tick between them
 * octets 'abc'            a text in fragments of a byte; as the public suite has it, the last is
 *                         empty
 * wait                    listens where nothing is due
 * tick                    the same, and hears [8f] when the connection is open then
 * close                   the same, then an empty CLOSE
 * [81 'a'] or nothing     OK, or NON-STRICT; also [8f] or [8f] [8f]
 * texts 61 !80            a case for each, which is echoed, or with ! refused with 1007
 *
 * me 1000 1001            this end closes, cleanly, and one of these codes comes back; me 1000 when
 *                         nothing stands there
 * me 1002 unclean         or it does not close cleanly
 * peer 1002               the other end fails the connection
 * told 1000               the suite only tells what it saw
 * </pre>
 */
final class CaseTable {
    private static final Path FILE = Path.of("src/test/resources/conformance/cases.txt");

    private CaseTable() {}

    static List<PublicCase> all() {
        List<PublicCase> cases = new ArrayList<>();
        try {
            String joined = Files.readString(FILE).replaceAll("\\\\\\s*\n", " ");
            for (String line : joined.split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    add(cases, line.split("\\|", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static void add(List<PublicCase> cases, String[] columns) {
        String id = columns[0].strip();
        String script = columns[1].strip();
        String heard = columns[2].strip();
        if (script.equals("texts")) {
            texts(cases, id, heard.split("\\s+"));
            return;
        }
        if (script.startsWith("octets ")) {
            script = octets(script.substring(7));
        }
        String closing = columns.length > 3 ? columns[3].strip() : "me 1000";
        cases.add(new ScriptCase(id, script, heard, closing(closing.split(" "))));
    }

    private static void texts(List<PublicCase> cases, String id, String[] texts) {
        for (int i = 0; i < texts.length; i++) {
            boolean good = !texts[i].startsWith("!");
            String frame = "[81 " + texts[i].replace("!", "") + "]";
            Closing closing = good ? Closing.NORMAL : closing("peer", "1007");
            cases.add(new ScriptCase(id + "." + (i + 1), frame, good ? frame : "", closing));
        }
    }

    private static String octets(String text) {
        StringBuilder frames = new StringBuilder();
        for (byte octet : new HexReader(true).sent(text).bytes()) {
            frames.append(frames.isEmpty() ? "[01 " : "[00 ").append("%02x] ".formatted(octet));
        }
        return frames.append("[80]").toString();
    }

    private static Closing closing(String... words) {
        boolean told = words[0].equals("told");
        boolean clean = words[0].equals("me") && !List.of(words).contains("unclean");
        List<Integer> codes = Stream.of(words)
                .filter(word -> word.matches("\\d+"))
                .map(Integer::valueOf)
                .toList();
        return new Closing(!words[0].equals("peer"), clean, told, codes);
    }
}
