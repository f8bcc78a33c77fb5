package dev.zsock.internal.websocket;

import dev.zsock.internal.http.HttpText;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Reads the values of {@code Sec-WebSocket-Extensions} (9.1): extensions with parameters. */
final class Extensions {
    /**
     * One extension: parameter names and values side by side, a value is null where there is none.
     */
    static final class Extension {
        final String name;
        final List<String> names = new ArrayList<>();
        final List<@Nullable String> values = new ArrayList<>();

        Extension(String name) {
            this.name = name;
        }
    }

    private final String text;
    private int at;

    private Extensions(String text) {
        this.text = text;
    }

    /** The extensions in order, or null for what the grammar does not allow. */
    static @Nullable List<Extension> parse(List<String> fieldValues) {
        return new Extensions(String.join(",", fieldValues)).list();
    }

    private @Nullable List<Extension> list() {
        List<Extension> found = new ArrayList<>();
        while (true) {
            while (next(',')) {} // 9110 5.6.1: elements may be empty
            if (at == text.length()) {
                return found;
            }
            Extension extension = extension();
            if (extension == null || at < text.length() && text.charAt(at) != ',') {
                return null;
            }
            found.add(extension);
        }
    }

    private @Nullable Extension extension() {
        String name = token();
        if (name == null) {
            return null;
        }
        Extension extension = new Extension(name);
        while (next(';')) {
            String parameter = token();
            if (parameter == null) {
                return null;
            }
            String value = null;
            if (next('=')) {
                value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
                if (value == null) {
                    return null;
                }
            }
            extension.names.add(parameter);
            extension.values.add(value);
        }
        return extension;
    }

    /** Takes the mark and the blanks around it. */
    private boolean next(char mark) {
        skipBlanks();
        if (at == text.length() || text.charAt(at) != mark) {
            return false;
        }
        at++;
        skipBlanks();
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private @Nullable String token() {
        int from = at;
        while (at < text.length() && ",;=\" \t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String token = text.substring(from, at);
        skipBlanks();
        return HttpText.isToken(token) ? token : null;
    }

    /** 9.1: what is left after unescaping must be a token. */
    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                value.append(text.charAt(at++));
            }
        }
        if (at == text.length()) {
            return null;
        }
        at++;
        skipBlanks();
        return HttpText.isToken(value.toString()) ? value.toString() : null;
    }
}
