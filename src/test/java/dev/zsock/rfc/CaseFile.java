package dev.zsock.rfc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads cases. A blank line ends one; {@code #} begins a comment.
 *
 * <pre>
 * case 5.2 {kind} of {n} bytes             name, the section first
 * each kind, b0: text, 81 | binary, 82     a case for each row, and with several each for each
 * each n: 0 | 1 | 125                      combination of them
 * > [{b0} 'a'*{n}]                         the peer sends (bytes as in testkit.HexReader)
 * recv {kind} 'a'*{n}                      websocket_recv_msg gives this frame
 * open                                     and the connection still works, both ways
 *
 * role client                              in this role of the library only, else in both
 * option MAX_FRAME 5                       setsockopt of WEBSOCKET_MAX_FRAME
 * deflate own-no-context peer-bits=9       permessage-deflate has been agreed on
 * recv text- 'a'                           without FIN; cont: a continuation; ping, pong
 * partly text 'a' ~c3                      a frame that breaks: 'a' comes, c3 perhaps, no more
 * message text 'a' ~'b'                    all frames of a message, with a PING of 'b' among them
 * send ping 'a'                            websocket_send_msg with the right mask gives the length
 * send flip ping- 'a' = EINVAL             or -EINVAL: wrong mask, no FIN
 * < [89 'a']                               leaves then
 *
 * and one of these ends it:
 * fails 1007     the receive fails with the errno of that code, CLOSE leaves with it
 * refused 1007   the same after a CLOSE of ours: nothing leaves
 * closes 03e8    CLOSE with this payload comes, its code goes back
 * answered 03e8  the same after a CLOSE of ours: nothing goes back
 * lost           the stream ends without CLOSE
 * </pre>
 */
final class CaseFile {
    private static final Path FOLDER = Path.of("src/test/resources/rfc6455");

    private CaseFile() {}

    /** All cases of the suite, each in the roles that it has. */
    static List<Case> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().flatMap(file -> read(file).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Case> read(Path file) {
        List<Case> cases = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file);
            List<String> block = new ArrayList<>();
            for (int i = 0; i <= lines.size(); i++) {
                String line = i < lines.size() ? lines.get(i).strip() : "";
                if (!line.isEmpty() && !line.startsWith("#")) {
                    block.add(line);
                } else if (line.isEmpty() && !block.isEmpty()) {
                    URI source = URI.create(file.toUri() + "?line=" + (i + 1 - block.size()));
                    expand(source, block, cases);
                    block.clear();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static void expand(URI source, List<String> block, List<Case> cases) {
        for (int i = 0; i < block.size(); i++) {
            String line = block.get(i);
            if (line.startsWith("each ")) {
                String[] names = line.substring(5, line.indexOf(':')).split(",");
                for (String row : line.substring(line.indexOf(':') + 1).split("\\|")) {
                    List<String> one = new ArrayList<>(block);
                    one.remove(i);
                    one.replaceAll(text -> fill(text, names, row.split(",", -1)));
                    expand(source, one, cases);
                }
                return;
            }
        }
        List<Step> steps =
                block.stream().skip(1).map(text -> step(source, text)).collect(Collectors.toList());
        String name = block.get(0).replaceFirst("^case ", "");
        String roles = steps.stream()
                .filter(step -> step.is("role"))
                .map(Step::rest)
                .findFirst()
                .orElse("client, server");
        for (String role : roles.split(", ")) {
            cases.add(new Case(name, source, role.equals("client"), steps));
        }
    }

    private static Step step(URI source, String text) {
        try {
            return Step.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ": " + text + ": " + e.getMessage(), e);
        }
    }

    private static String fill(String text, String[] names, String[] values) {
        if (names.length != values.length) {
            throw new IllegalArgumentException(String.join(",", values) + ": how many columns?");
        }
        String filled = text;
        for (int i = 0; i < names.length; i++) {
            filled = filled.replace("{" + names[i].strip() + "}", values[i].strip());
        }
        return filled;
    }
}
