package dev.zsock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/** The examples of 4.7.1 and their neighbours. */
class TopicRulesTest {
    private interface Rule {
        boolean test(byte[] b, int off, int len);
    }

    private static boolean holds(Rule rule, String topic) {
        byte[] b = ("#" + topic + "#").getBytes(StandardCharsets.UTF_8);
        return rule.test(b, 1, b.length - 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sport/tennis/player1/#",
                "sport/#",
                "#",
                "sport/tennis/#",
                "+",
                "+/tennis/#",
                "sport/+/player1",
                "/+",
                "+/+",
                "/finance",
                "a//b",
                "/",
                " ",
                "$SYS/#",
                "a/+/#"
            })
    void filters(String filter) {
        assertThat(holds(TopicRules::filter, filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sport/tennis#",
                "sport/tennis/#/ranking",
                "sport+",
                "#/",
                "##",
                "+a",
                "a+/b",
                "++",
                "a/#b",
                "sport/+tennis"
            })
    void notFilters(String filter) {
        assertThat(holds(TopicRules::filter, filter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "a b", "$SYS/x", "é"})
    void names(String name) {
        assertThat(holds(TopicRules::name, name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/#", "+", "a+b", "#"})
    void notNames(String name) {
        assertThat(holds(TopicRules::name, name)).isFalse();
    }

    /** 4.8.2: a share name and a filter behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"$share/g/a", "$share/g/#", "$share/g//", "$share/g/+/b"})
    void shared(String filter) {
        assertThat(holds(TopicRules::shared, filter)).isTrue();
        assertThat(holds(TopicRules::sharedForm, filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$share/",
                "$share/g",
                "$share/g/",
                "$share//a",
                "$share/g+/a",
                "$share/#/a",
                "$share/g/a#"
            })
    void notShared(String filter) {
        assertThat(holds(TopicRules::shared, filter)).isTrue();
        assertThat(holds(TopicRules::sharedForm, filter)).isFalse();
    }
}
