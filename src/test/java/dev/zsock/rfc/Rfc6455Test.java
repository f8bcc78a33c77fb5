package dev.zsock.rfc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RFC 6455 and RFC 7692, case by case: src/test/resources/rfc6455, in the language of
 * {@link CaseFile}.
 */
class Rfc6455Test {
    private static final int LEAST = 1000;
    private static final String SECTION = "(5\\.[1-8]|5\\.5\\.[123]|7\\.\\d(\\.\\d)?|8\\.1|10\\.4"
            + "|RFC 7692 [67](\\.\\d){0,3}) .+";

    private static final List<Case> CASES = CaseFile.all();

    private static Stream<DynamicNode> nodes(String how, Stream<Case> cases, Consumer<Case> run) {
        Map<String, List<DynamicNode>> sections = cases.collect(Collectors.groupingBy(
                one -> one.name().replaceFirst("^(RFC 7692 )?(\\S+) .*", "$1$2"),
                TreeMap::new,
                Collectors.mapping(
                        one -> dynamicTest(one + how, one.source(), () -> run.accept(one)),
                        Collectors.toList())));
        return sections.entrySet().stream()
                .map(section -> dynamicContainer(section.getKey(), section.getValue()));
    }

    @TestFactory
    Stream<DynamicNode> everySplit() {
        return nodes(", every split", CASES.stream(), MemoryRun::everySplit);
    }

    /** Runs again over the fault kernel. */
    @TestFactory
    @Tag("cases")
    Stream<DynamicNode> overTcp() {
        return nodes(" over TCP", CASES.stream(), one -> SocketRun.byFrames(one, 0));
    }

    @TestFactory
    Stream<DynamicNode> overTcpByteByByte() {
        return nodes(
                ", byte by byte", CASES.stream(), one -> SocketRun.byFrames(one, one.smallest()));
    }

    /** Cases with PINGs only in memory: which of several PONGs leave is not for sure. */
    @TestFactory
    Stream<DynamicNode> overTcpByRecv() {
        Stream<Case> cases =
                CASES.stream().filter(one -> one.onlyReceives() && one.pings().isEmpty());
        return nodes(", by recv", cases, one -> SocketRun.byData(one, 0));
    }

    @Test
    void eachCaseNamesItsSection() {
        assertThat(CASES).allSatisfy(one -> {
            assertThat(one.name()).matches(SECTION);
            assertThat(one.end().isEnd()).as("%s ends", one.source()).isTrue();
        });
    }

    @Test
    void noCaseIsThereTwice() {
        Map<String, Case> seen = new HashMap<>();
        for (Case one : CASES) {
            String key = one.client() + " " + one.steps();
            assertThat(seen.put(key, one)).as("%s, once more", one).isNull();
        }
        assertThat(CASES).extracting(Case::toString).doesNotHaveDuplicates();
    }

    @Test
    void thePagesSayHowMany() throws IOException {
        String all = String.format(Locale.ROOT, "%,d\\s+cases", CASES.size());
        for (String page : List.of("README.md", "CHANGELOG.md", "docs/RELIABILITY.md")) {
            assertThat(Files.readString(Path.of(page))).as(page).containsPattern(all);
        }
    }

    /** Counted are cases that differ in what the peer sends or in what leaves. */
    @Test
    void enoughCasesOfEitherRole() {
        for (boolean client : new boolean[] {true, false}) {
            Set<List<ByteBuffer>> wires = new HashSet<>();
            for (Case one : CASES) {
                if (one.client() == client) {
                    List<ByteBuffer> wire = new ArrayList<>();
                    wire.add(ByteBuffer.wrap(one.stream().bytes()));
                    one.wire().forEach(bytes -> wire.add(ByteBuffer.wrap(bytes.bytes())));
                    wires.add(wire);
                }
            }
            assertThat(wires).hasSizeGreaterThanOrEqualTo(LEAST);
        }
    }
}
