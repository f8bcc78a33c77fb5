package dev.zsock.programs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The mapping rules of docs/PORTING.md, applied to the tokens of one C function: each gives the one
 * spelling that Java must have. They know C only as far as the programs beside them use it; what
 * they do not know stays as it is, and so is not found in the port.
 */
final class PortingRules {
    private static final Pattern TOKEN = Pattern.compile("\"(?:\\\\.|[^\"])*\"|'(?:\\\\.|[^'])*'"
            + "|/\\*(?s:.*?)\\*/|(?m://.*$)|(?m:^#.*$)"
            + "|\\w+|->|\\+\\+|--|&&|\\|\\||[-+<>=!|&]=|\\S");
    private static final Pattern OPERAND = Pattern.compile("(?!return$)\\w.*|[\\])]");

    /** Calls whose second argument is a buffer: {@code buf + n} becomes {@code buf, n}. */
    private static final Set<String> TRANSFERS = Set.of(
            "send",
            "sendto",
            "recv",
            "recvfrom",
            "read",
            "write",
            "websocket_send_msg",
            "websocket_recv_msg");

    /** What a call may change, by its C type. */
    private static final Map<String, String> REFS =
            Map.of("socklen_t", "IntRef", "uint32_t", "IntRef", "uint64_t", "LongRef");

    private static final Map<String, List<String>> WORDS = Map.of(
            "NULL", List.of("null"),
            "->", List.of("."),
            "errno", List.of("errno", "(", ")"),
            "ssize_t", List.of("int"),
            "size_t", List.of("int"),
            "printf", List.of("System", ".", "out", ".", "printf"));

    private final Set<String> refs = new HashSet<>(); // numbers that a call changes
    private final Set<String> pointers = new HashSet<>(); // struct foo *, filled by a call

    /** The rules for a function, whose declarations say what its variables become. */
    PortingRules(List<List<String>> function) {
        for (List<String> s : function) {
            if (s.size() > 1 && REFS.containsKey(s.get(0)) && anyTakesAddress(function, s.get(1))) {
                refs.add(s.get(1));
            }
            if (is(s, "struct", null, "*", null) && anyTakesAddress(function, s.get(3))) {
                pointers.add(s.get(3));
            }
        }
    }

    /**
     * A text of C or Java in statements of tokens, cut at {@code ; { }} outside parentheses and
     * initialisers; those of one C function together, one of file scope by itself.
     */
    static List<List<List<String>>> functions(String text) {
        List<List<List<String>>> functions = new ArrayList<>();
        List<List<String>> function = new ArrayList<>();
        List<String> statement = new ArrayList<>();
        int blocks = 0;
        int inner = 0; // parentheses, and the braces of initialisers
        for (String t : tokens(text)) {
            boolean open = t.equals("{");
            if (t.equals("(") || open && (inner > 0 || ends(statement, "="))) {
                inner++;
            } else if (inner > 0 && (t.equals(")") || t.equals("}"))) {
                inner--;
            } else if (inner == 0 && (t.equals(";") || open || t.equals("}"))) {
                blocks += open ? 1 : t.equals("}") ? -1 : 0;
                function.add(statement);
                statement = new ArrayList<>();
                if (blocks == 0) {
                    functions.add(function);
                    function = new ArrayList<>();
                }
                continue;
            }
            statement.add(t);
        }
        return functions;
    }

    /** The tokens of a text, without comments and preprocessor lines. */
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (Matcher token = TOKEN.matcher(text); token.find(); ) {
            String t = token.group();
            if (!t.startsWith("/*") && !t.startsWith("//") && !t.startsWith("#")) {
                tokens.add(t);
            }
        }
        return tokens;
    }

    private static boolean ends(List<String> statement, String token) {
        return !statement.isEmpty() && statement.get(statement.size() - 1).equals(token);
    }

    /** Whether a statement is of these tokens, null being any. */
    private static boolean is(List<String> statement, String... tokens) {
        return statement.size() == tokens.length && has(statement, 0, tokens);
    }

    private static boolean has(List<String> s, int at, String... tokens) {
        boolean all = at + tokens.length <= s.size();
        for (int i = 0; all && i < tokens.length; i++) {
            all = tokens[i] == null || tokens[i].equals(s.get(at + i));
        }
        return all;
    }

    private static boolean anyTakesAddress(List<List<String>> function, String name) {
        return function.stream().anyMatch(s -> {
            for (int i = 1; i < s.size(); i++) {
                if (s.get(i).equals(name) && isAddressOf(s, i - 1)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** What a C statement is to be in Java. */
    List<String> java(List<String> statement) {
        List<String> in = new ArrayList<>(statement);
        in.removeIf("const"::equals);
        remove(in, "_Alignas", "(", "struct", "cmsghdr", ")");
        remove(in, "(", "struct", "sockaddr", "*", ")");
        offsets(in);
        String declared = declaration(in);
        if (declared != null) {
            return Arrays.asList(declared.trim().split(" +"));
        }
        List<String> out = new ArrayList<>();
        for (int i = 0; i < in.size(); ) {
            i += step(in, i, out);
        }
        return out;
    }

    private static void remove(List<String> in, String... tokens) {
        for (int at = 0; at < in.size(); at++) {
            if (has(in, at, tokens)) {
                in.subList(at, at + tokens.length).clear();
            }
        }
    }

    /** What a declaration without a call becomes, or null. */
    private String declaration(List<String> in) {
        int n = in.size();
        String name = n > 1 ? in.get(1) : "";
        boolean bytes = n > 3 && (in.get(0).equals("char") || in.get(0).equals("uint8_t"));
        if (bytes && in.get(2).equals("[") && in.indexOf("]") == n - 1) {
            return "byte [ ] " + name + " = new byte " + expression(in.subList(2, n));
        }
        if (refs.contains(name) && (n == 2 || in.get(2).equals("="))) {
            String ref = REFS.get(in.get(0));
            String value = n == 2 ? "" : expression(in.subList(3, n)) + " ";
            return ref + " " + name + " = new " + ref + " ( " + value + ")";
        }
        if (is(in, "fd_set", null)) {
            return "FdSet " + name + " = new FdSet ( )";
        }
        if (n < 3 || !in.get(0).equals("struct")) {
            return null;
        }
        String type = className(name);
        if (is(in, "struct", null, null) || is(in, "struct", null, null, "=", "{", "0", "}")) {
            return type + " " + in.get(2) + " = new " + type + " ( )";
        }
        if (is(in, "struct", null, "*", null) && pointers.contains(in.get(3))) {
            return type + " [ ] " + in.get(3) + " = new " + type + " [ 1 ]";
        }
        if (is(in, "struct", null, null, "[", null, "]")) {
            return type + " [ ] " + in.get(2) + " = " + type + " . array ( " + in.get(4) + " )";
        }
        return null;
    }

    private String expression(List<String> in) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < in.size(); ) {
            i += step(in, i, out);
        }
        return String.join(" ", out);
    }

    /** Translates what begins at token i: how many tokens that was. */
    private int step(List<String> in, int i, List<String> out) {
        String t = in.get(i);
        if (has(in, i, "fprintf", "(", "stderr", ",")) {
            out.addAll(List.of("System", ".", "err", ".", "printf", "("));
            return 4;
        }
        if (has(in, i, "sizeof", "(", "int", ")")) {
            out.addAll(List.of("sizeof", "(", "int", ".", "class", ")"));
            return 4;
        }
        if (has(in, i, "struct", null, "*", null, "=")) { // a pointer is a reference
            out.add(className(in.get(i + 1)));
            return 3;
        }
        if (isAddressOf(in, i)) { // the object itself
            out.add(in.get(i + 1));
            return 2;
        }
        out.addAll(WORDS.getOrDefault(t, List.of(t)));
        if (i == 0 || !".".equals(in.get(i - 1)) && !"->".equals(in.get(i - 1))) { // no field
            if (refs.contains(t)) {
                out.addAll(List.of(".", "value"));
            } else if (pointers.contains(t)) {
                out.addAll(List.of("[", "0", "]"));
            }
        }
        return 1;
    }

    /** Whether token i is a {@code &} in front of a name, and no bitwise and. */
    private static boolean isAddressOf(List<String> in, int i) {
        if (!in.get(i).equals("&") || i + 1 == in.size()) {
            return false;
        }
        boolean after = i > 0 && OPERAND.matcher(in.get(i - 1)).matches();
        boolean cast = i > 3 && has(in, i - 4, "struct", null, "*", ")");
        return Character.isJavaIdentifierStart(in.get(i + 1).charAt(0)) && (!after || cast);
    }

    private static String className(String struct) {
        return Arrays.stream(struct.split("_"))
                .map(word -> word.substring(0, 1).toUpperCase() + word.substring(1))
                .collect(Collectors.joining());
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
