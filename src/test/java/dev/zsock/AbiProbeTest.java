package dev.zsock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.zsock.testkit.AbiProbe;
import dev.zsock.uapi.Sockaddr;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Every constant, struct size and field of package uapi against the C compiler. */
class AbiProbeTest {
    @TestFactory
    Stream<DynamicTest> constantsMatchHeaders() {
        Map<String, String> probe = AbiProbe.constants();
        return AbiProbe.javaConstants().stream()
                .map(field -> dynamicTest(
                        field.getName(),
                        () -> assertThat(text(field)).isEqualTo(probe.get(field.getName()))));
    }

    @Test
    void everyProbedConstantIsInJava() {
        List<String> names =
                AbiProbe.javaConstants().stream().map(Field::getName).toList();
        assertThat(AbiProbe.constants().keySet()).isSubsetOf(names).hasSizeGreaterThan(600);
    }

    @Test
    void eachConstantHasOneHome() {
        Map<String, List<String>> homes = new TreeMap<>();
        for (Field field : AbiProbe.javaConstants()) {
            homes.merge(
                    field.getName(),
                    List.of(field.getDeclaringClass().getSimpleName()),
                    (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
        }
        homes.values().removeIf(list -> list.size() == 1);
        assertThat(homes).isEmpty();
    }

    /** A case label must be a compile-time constant: only the compiler knows. */
    @Test
    void eachConstantIsACaseLabel(@TempDir Path out) {
        String labels = AbiProbe.javaConstants().stream()
                .map(AbiProbeTest::switchOn)
                .collect(Collectors.joining("\n"));
        String source = "import dev.zsock.uapi.*;\nclass Labels {\n"
                + labels.replaceAll("(?m)^", "    ")
                + "\n}\n";
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean ok = javac.getTask(
                        said,
                        null,
                        null,
                        List.of(
                                "-proc:none",
                                "-d",
                                out.toString(),
                                "-cp",
                                System.getProperty("java.class.path")),
                        null,
                        List.of(source("Labels.java", source)))
                .call();
        assertThat(ok).as(said.toString()).isTrue();
    }

    /** A long, which Java cannot switch on, is cast: legal for constants only. */
    private static String switchOn(Field field) {
        String name = field.getDeclaringClass().getSimpleName() + "." + field.getName();
        String type = field.getType().getSimpleName();
        boolean wide = type.equals("long");
        return "void m_%s(%s x) { switch (x) { case %s: return; default: } }"
                .formatted(field.getName(), wide ? "int" : type, wide ? "(int) " + name : name);
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> sizesMatchHeaders() {
        return AbiProbe.uapiTypes()
                .filter(type -> hasSize(type))
                .map(type -> dynamicTest(
                        type.getSimpleName(),
                        () -> assertThat(type.getField("SIZE").getInt(null))
                                .isEqualTo(AbiProbe.sizeof(type.getSimpleName()))));
    }

    @Test
    void everyProbedStructHasASize() {
        List<String> sized = AbiProbe.uapiTypes()
                .filter(AbiProbeTest::hasSize)
                .map(Class::getSimpleName)
                .toList();
        assertThat(AbiProbe.lines("sizeof ").stream().map(line -> line.split("=")[0]))
                .hasSameElementsAs(sized);
    }

    /** The mapping rules: int up to 32 bits, long or an object above, arrays as they are. */
    @TestFactory
    Stream<DynamicTest> fieldsMatchHeaders() {
        return AbiProbe.lines("offsetof ").stream().map(line -> {
            String[] parts = line.split("[.= ]");
            return dynamicTest(
                    parts[0] + "." + parts[1],
                    () -> checkField(parts[0], parts[1], Integer.parseInt(parts[4])));
        });
    }

    private static void checkField(String struct, String name, int size) throws Exception {
        Field field = Class.forName("dev.zsock.uapi." + struct).getField(name);
        Class<?> type = field.getType();
        if (type == int.class && size == 8) {
            assertThat(name).as("only a length may be narrower than in C").contains("len");
        } else if (type == int.class) {
            assertThat(size).isLessThanOrEqualTo(4);
        } else if (type == long.class) {
            assertThat(size).isEqualTo(8);
        } else if (type == byte[].class && Modifier.isFinal(field.getModifiers())) {
            byte[] value = (byte[])
                    field.get(field.getDeclaringClass().getConstructor().newInstance());
            assertThat(value).hasSize(size);
        } else if (Modifier.isFinal(field.getModifiers())) {
            assertThat(type.getField("SIZE").getInt(null)).isEqualTo(size);
        } else {
            assertThat(size).as("a pointer").isEqualTo(8);
        }
    }

    private static boolean hasSize(Class<?> type) {
        return type != Sockaddr.class
                && Arrays.stream(type.getDeclaredFields())
                        .anyMatch(f -> f.getName().equals("SIZE"));
    }

    private static String text(Field field) throws IllegalAccessException {
        Object value = field.get(null);
        return value instanceof String s
                ? '"' + s.replace("\r", "\\r").replace("\n", "\\n") + '"'
                : value.toString();
    }
}
