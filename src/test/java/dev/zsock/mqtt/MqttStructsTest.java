package dev.zsock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What every struct of the header owes its users, found by reflection. */
class MqttStructsTest {
    private static Stream<Class<?>> structs() throws ReflectiveOperationException {
        String marker = "dev/zsock/mqtt/MqttEvt.class";
        File folder = new File(
                        MqttEvt.class.getClassLoader().getResource(marker).getPath())
                .getParentFile();
        return Arrays.stream(
                        folder.list((where, name) -> name.matches("Mqtt[A-Za-z0-9$]+\\.class")))
                .sorted()
                .<Class<?>>map(name -> type("dev.zsock.mqtt." + name.replace(".class", "")))
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .filter(type ->
                        !type.isInterface() && type != Mqtt.class && type != MqttClient.class);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> copyEveryFieldAndShareNoStruct() throws ReflectiveOperationException {
        List<Class<?>> types = structs().toList();
        assertThat(types).hasSizeGreaterThan(30);
        return types.stream().map(type -> dynamicTest(type.getSimpleName(), () -> check(type)));
    }

    private static void check(Class<?> type) throws ReflectiveOperationException {
        assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
        Object from = type.getConstructor().newInstance();
        assertThat(from)
                .usingRecursiveComparison()
                .isEqualTo(type.getConstructor().newInstance());
        fill(from, new Random(7));
        Object copy = type.getConstructor(type).newInstance(from);
        Object assigned = type.getConstructor().newInstance();
        type.getMethod("set", type).invoke(assigned, from);
        assertThat(copy).usingRecursiveComparison().isEqualTo(from);
        assertThat(assigned).usingRecursiveComparison().isEqualTo(from);
        fill(from, new Random(8));
        assertThat(copy).usingRecursiveComparison().isEqualTo(assigned);
        assertThat(copy).usingRecursiveComparison().isNotEqualTo(from);
    }

    private static void fill(Object struct, Random random) throws ReflectiveOperationException {
        for (Field field : struct.getClass().getFields()) {
            assertThat(field.getName()).matches("[a-z][a-z0-9_]*");
            if (Modifier.isFinal(field.getModifiers())) {
                fillInside(field.get(struct), random);
            } else if (field.getType() == boolean.class) {
                field.set(struct, !field.getBoolean(struct));
            } else {
                field.set(struct, value(field.getType(), random));
            }
        }
    }

    private static void fillInside(Object value, Random random)
            throws ReflectiveOperationException {
        if (value instanceof int[] numbers) {
            Arrays.setAll(numbers, i -> random.nextInt());
        } else if (value instanceof Object[] structs) {
            for (Object struct : structs) {
                fill(struct, random);
            }
        } else {
            fill(value, random);
        }
    }

    private static Object value(Class<?> type, Random random) {
        if (type == int.class) {
            return random.nextInt();
        }
        if (type == long.class) {
            return random.nextLong();
        }
        if (type == byte[].class) {
            return new byte[] {(byte) random.nextInt()};
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 1 + random.nextInt(9));
        }
        return type == String.class ? String.valueOf(random.nextInt()) : null;
    }
}
