package dev.zsock.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.zsock.testkit.AbiProbe;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What every struct owes its users, found by reflection: a new struct is tested at once. */
class StructsTest {
    /** Structs that are no plain records, and are tested by themselves. */
    private static final List<Class<?>> OTHERS =
            List.of(SockaddrStorage.class, FdSet.class, IntRef.class, LongRef.class);

    private static Stream<Class<?>> structs() {
        return AbiProbe.uapiTypes()
                .filter(type -> !type.isInterface() && type != Sockaddr.class)
                .filter(type -> !OTHERS.contains(type) && !type.getName().endsWith("package-info"))
                .filter(type -> !type.getSimpleName().endsWith("Test"));
    }

    @TestFactory
    Stream<DynamicTest> beginAllZero() {
        return each(type -> {
            for (Field field : fields(type)) {
                Object value = field.get(make(type));
                if (value instanceof byte[] bytes) {
                    assertThat(bytes).containsOnly(0);
                } else if (!Modifier.isFinal(field.getModifiers())) {
                    Object zero = Array.get(Array.newInstance(field.getType(), 1), 0);
                    assertThat(value).as(field.getName()).isEqualTo(zero);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> copyEveryFieldAndShareNoStruct() {
        return each(type -> {
            Object from = make(type);
            fill(from, new Random(7));
            Object copy = type.getConstructor(type).newInstance(from);
            Object assigned = make(type);
            type.getMethod("set", type).invoke(assigned, from);
            for (Object to : List.of(copy, assigned)) {
                assertThat(to).usingRecursiveComparison().isEqualTo(from);
                for (Field field : fields(type)) {
                    if (Modifier.isFinal(field.getModifiers())) {
                        assertThat(field.get(to)).isNotSameAs(field.get(from));
                    }
                }
            }
            fill(from, new Random(8));
            assertThat(copy).usingRecursiveComparison().isEqualTo(assigned);
        });
    }

    @TestFactory
    Stream<DynamicTest> printTheirFields() {
        return each(
                type -> assertThat(make(type).toString()).doesNotContain("@").isNotBlank());
    }

    @TestFactory
    Stream<DynamicTest> areFinalWithCNamedFields() {
        return each(type -> {
            assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
            for (Field field : fields(type)) {
                assertThat(field.getName()).matches("[a-z][a-z0-9_]*");
            }
        });
    }

    @Test
    void refsHoldANumber() {
        assertThat(new IntRef().value).isZero();
        assertThat(new IntRef(-3).value).isEqualTo(-3);
        assertThat(new LongRef().value).isZero();
        assertThat(new LongRef(1L << 40).value).isEqualTo(1L << 40);
        assertThat(new IntRef(5)).hasToString("{5}");
        assertThat(new LongRef(6)).hasToString("{6}");
    }

    @Test
    void arraysAreFull() {
        assertThat(Pollfd.array(3)).hasSize(3).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(Iovec.array(2)).hasSize(2).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(Pollfd.array(0)).isEmpty();
    }

    @Test
    void unixPathsThatDoNotFitAreRefused() {
        assertThat(new SockaddrUn("x".repeat(108)).sun_path).containsOnly('x');
        assertThat(new SockaddrUn("\u00e9".repeat(54)).sun_path).endsWith(0xc3, 0xa9);
        assertThatThrownBy(() -> new SockaddrUn("x".repeat(109)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SockaddrUn("\u00e9".repeat(55)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressesPrintReadably() {
        assertThat(new SockaddrIn(0x7f000001, 80)).hasToString("{sin_family=2, 127.0.0.1:80}");
        assertThat(new InAddr(-1)).hasToString("255.255.255.255");
        assertThat(new SockaddrIn6(new In6Addr(), 443))
                .hasToString("{sin6_family=10, [0:0:0:0:0:0:0:0%0]:443}");
        assertThat(new SockaddrUn("/tmp/s")).hasToString("{sun_family=1, /tmp/s}");
        assertThat(new SockaddrUn("\0name")).hasToString("{sun_family=1, @name}");
        assertThat(new SockaddrUn()).hasToString("{sun_family=0, }");
    }

    private interface Check {
        void on(Class<?> type) throws Exception;
    }

    private static Stream<DynamicTest> each(Check check) {
        return structs().map(type -> dynamicTest(type.getSimpleName(), () -> check.on(type)));
    }

    private static Object make(Class<?> type) throws ReflectiveOperationException {
        return type.getConstructor().newInstance();
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> found = new ArrayList<>(Arrays.asList(type.getFields()));
        found.removeIf(field -> Modifier.isStatic(field.getModifiers()));
        assertThat(found).as(type.getName()).isNotEmpty();
        return found;
    }

    private static void fill(Object struct, Random random) throws ReflectiveOperationException {
        for (Field field : fields(struct.getClass())) {
            Class<?> type = field.getType();
            if (Modifier.isFinal(field.getModifiers())) {
                if (type == byte[].class) {
                    random.nextBytes((byte[]) field.get(struct));
                } else {
                    fill(field.get(struct), random);
                }
            } else if (type == int.class) {
                field.setInt(struct, 1 + random.nextInt(1 << 20));
            } else if (type == long.class) {
                field.setLong(struct, random.nextLong());
            } else if (type == boolean.class) {
                field.setBoolean(struct, true);
            } else if (type.isArray()) {
                field.set(struct, Array.newInstance(type.getComponentType(), 4));
            } else if (type == String.class || type == Object.class) {
                field.set(struct, "text" + random.nextInt());
            } else if (type == Sockaddr.class) {
                field.set(struct, new SockaddrIn(random.nextInt(), 1));
            } else if (!type.isInterface()) {
                field.set(struct, make(type));
            }
        }
    }
}
