package dev.zsock.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mapping rules of docs/PORTING.md, applied to the tokens of one C file. They know C's spelling
 * only as far as the programs beside them use it.
 */
final class PortingRules {
    private static final Pattern ASIDE = Pattern.compile("/\\*(?s:.*?)\\*/|(?m://.*$)|(?m:^#.*$)");
    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:\\\\.|[^\"])*\"|'(?:\\\\.|[^'])*'|\\w+|->|\\+\\+|--|&&|\\|\\||[-+<>=!|&]=|\\S");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

    /** Calls whose second argument is a buffer: {@code buf + n} becomes {@code buf, n}. */
    private static final Set<String> TRANSFERS =
            Set.of("send", "sendto", "recv", "recvfrom", "read", "write");

    private static final Set<String> COUNTS = Set.of("ssize_t", "size_t", "socklen_t");
    private static final Map<String, List<String>> WORDS = Map.of(
            "NULL", List.of("null"),
            "->", List.of("."),
            "errno", List.of("errno", "(", ")"),
            "printf", List.of("System", ".", "out", ".", "printf"));

    private final Set<String> lengths; // socklen_t: an IntRef
    private final Set<String> pointers; // struct foo *, whose address is passed: an array of one

    /** The rules for a file, which say what its variables become. */
    PortingRules(List<List<String>> file) {
        lengths = declared(file, "socklen_t");
        pointers = outPointers(file);
    }

    /** A text of C or Java as statements of tokens, cut at {@code ; { }} outside parentheses. */
    static List<List<String>> statements(String text) {
        List<List<String>> statements = new ArrayList<>();
        List<String> statement = new ArrayList<>();
        Matcher token = TOKEN.matcher(ASIDE.matcher(text).replaceAll(""));
        int depth = 0;
        while (token.find()) {
            String t = token.group();
            depth += t.equals("(") ? 1 : t.equals(")") ? -1 : 0;
            if (depth == 0 && (t.equals(";") || t.equals("{") || t.equals("}"))) {
                statements.add(statement);
                statement = new ArrayList<>();
            } else {
                statement.add(t);
            }
        }
        return statements;
    }

    private static Set<String> declared(List<List<String>> file, String type) {
        Set<String> names = new java.util.HashSet<>();
        for (List<String> s : file) {
            for (int i = 0; i + 1 < s.size(); i++) {
                if (s.get(i).equals(type)) {
                    names.add(s.get(i + 1));
                }
            }
        }
        return names;
    }

    private static Set<String> outPointers(List<List<String>> file) {
        Set<String> names = new java.util.HashSet<>();
        for (List<String> s : file) {
            if (s.size() == 4 && s.get(0).equals("struct") && s.get(2).equals("*")) {
                names.add(s.get(3));
            }
        }
        names.removeIf(name -> file.stream().noneMatch(s -> takesAddress(s, name)));
        return names;
    }

    private static boolean takesAddress(List<String> s, String name) {
        for (int i = 1; i < s.size(); i++) {
            if (s.get(i).equals(name) && s.get(i - 1).equals("&")) {
                return true;
            }
        }
        return false;
    }

    /** What a C statement is to be in Java. */
    List<String> java(List<String> statement) {
        List<String> in = new ArrayList<>(statement);
        in.removeIf("const"::equals);
        offsets(in);
        if (in.size() > 3 && in.get(0).equals("char") && in.get(2).equals("[")) { // char x[n]
            in.addAll(0, List.of("byte", "[", "]", in.get(1), "=", "new"));
            in.set(6, "byte");
            in.remove(7);
        }
        List<String> out = new ArrayList<>();
        for (int i = 0; i < in.size(); ) {
            i += step(in, i, out);
        }
        return out;
    }

    /** Translates what begins at token i: how many tokens that was. */
    private int step(List<String> in, int i, List<String> out) {
        String t = in.get(i);
        int cast = cast(in, i);
        if (cast > 0) {
            return cast;
        }
        if (t.equals("fprintf")) { // ( stderr ,
            out.addAll(List.of("System", ".", "err", ".", "printf", "("));
            return 4;
        }
        if (t.equals("struct")) {
            out.add(className(in.get(i + 1)));
            return in.get(i + 2).equals("*") ? 3 : 2;
        }
        if (t.equals("&") && unary(in, i)) { // the object itself
            out.add(in.get(i + 1));
            return 2;
        }
        boolean field = i > 0 && (in.get(i - 1).equals(".") || in.get(i - 1).equals("->"));
        if (t.equals("sizeof") && in.get(i + 2).equals("int")) {
            out.addAll(List.of("sizeof", "(", "int", ".", "class"));
            return 3;
        }
        out.addAll(COUNTS.contains(t) ? List.of("int") : WORDS.getOrDefault(t, List.of(t)));
        if (!field && lengths.contains(t)) {
            out.addAll(List.of(".", "value"));
        } else if (!field && pointers.contains(t)) {
            out.addAll(List.of("[", "0", "]"));
        }
        return 1;
    }

    /** {@code ( struct foo * )}: how many tokens, 0 when there is none. */
    private static int cast(List<String> in, int i) {
        boolean is = i + 4 < in.size()
                && in.get(i).equals("(")
                && in.get(i + 1).equals("struct")
                && in.get(i + 3).equals("*")
                && in.get(i + 4).equals(")");
        return is ? 5 : 0;
    }

    private static boolean unary(List<String> in, int i) {
        String before = i == 0 ? "(" : in.get(i - 1);
        return !WORD.matcher(before).matches() && !before.equals("]")
                || before.equals(")") && i > 4 && in.get(i - 2).equals("*");
    }

    private static String className(String struct) {
        StringBuilder name = new StringBuilder();
        for (String word : struct.split("_")) {
            name.append(word.substring(0, 1).toUpperCase()).append(word.substring(1));
        }
        return name.toString();
    }

    /** {@code send(fd, buf + n, …)}: the plus becomes a comma. */
    private static void offsets(List<String> in) {
        for (int i = 0; i + 1 < in.size(); i++) {
            if (!TRANSFERS.contains(in.get(i)) || !in.get(i + 1).equals("(")) {
                continue;
            }
            int argument = 0;
            int depth = 0;
            for (int at = i + 2; at < in.size() && argument < 2 && depth >= 0; at++) {
                String t = in.get(at);
                depth += "([".contains(t) ? 1 : ")]".contains(t) ? -1 : 0;
                argument += depth == 0 && t.equals(",") ? 1 : 0;
                if (depth == 0 && argument == 1 && t.equals("+")) {
                    in.set(at, ",");
                    break;
                }
            }
        }
    }
}
