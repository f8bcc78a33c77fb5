package dev.zsock.testkit;

import dev.zsock.uapi.ZsockAbi;

import java.io.File;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What native-tests/abi_probe printed, and the Java side of it. */
public final class AbiProbe {
    private static final List<String> LINES = NativeProgram.run("abi_probe", List.of());

    private AbiProbe() {}

    /** The facts whose line begins with a word: "sizeof ", "offsetof ", "errno ", "cmsg ". */
    public static List<String> lines(String word) {
        List<String> found = LINES.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("abi_probe says nothing about " + word);
        }
        return found;
    }

    /** Constants: name to value as text, those of the system and those of Zephyr. */
    public static Map<String, String> constants() {
        Map<String, String> found = new LinkedHashMap<>();
        for (String line : LINES) {
            String fact = line.startsWith("zephyr ") ? line.substring(7) : line;
            int equals = fact.indexOf('=');
            if (equals > 0 && fact.substring(0, equals).matches("[A-Z][A-Za-z0-9_]*")) {
                String before = found.put(fact.substring(0, equals), fact.substring(equals + 1));
                if (before != null) {
                    throw new IllegalStateException("twice in abi_probe: " + fact);
                }
            }
        }
        return found;
    }

    /** A number behind "NAME=" on a line of the given start, such as "CMSG_LEN(3)". */
    public static int number(String name) {
        return Integer.parseInt(lines(name + "=").get(0).split(" ")[0]);
    }

    /** The size of a struct by its Java name. */
    public static int sizeof(String struct) {
        return number("sizeof " + struct);
    }

    /** The offset of a field, such as "SockaddrIn.sin_port". */
    public static int offsetof(String field) {
        return number("offsetof " + field);
    }

    /**
     * The constants of every ...Abi interface in package uapi, but for ZsockAbi, which only gives
     * others' constants more names.
     */
    public static List<Field> javaConstants() {
        return uapiTypes()
                .filter(type -> type.getSimpleName().endsWith("Abi") && type != ZsockAbi.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> !field.isSynthetic())
                .toList();
    }

    /** Every class of package uapi, found in the folder it was compiled to. */
    public static Stream<Class<?>> uapiTypes() {
        String marker = "dev/zsock/uapi/ErrnoAbi.class";
        File folder = new File(
                        AbiProbe.class.getClassLoader().getResource(marker).getPath())
                .getParentFile();
        String[] files = folder.list((where, name) -> name.matches("[A-Za-z0-9]+\\.class"));
        return Arrays.stream(files).sorted().map(name -> type(name.replace(".class", "")));
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("dev.zsock.uapi." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
