package dev.zsock.internal.http;

import java.util.ArrayList;
import java.util.List;

/** The fields of a message, in the order they came. Names are compared without regard to case. */
public final class HttpHead {
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    /** Adds one at the end. */
    public void add(String name, String value) {
        names.add(name);
        values.add(value);
    }

    void clear() {
        names.clear();
        values.clear();
    }

    /** The values of all fields of that name. */
    public List<String> values(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                found.add(values.get(i));
            }
        }
        return found;
    }

    /**
     * The elements of the list that all fields of that name make (RFC 9110 5.6.1), empty ones left
     * out.
     */
    public List<String> elements(String name) {
        List<String> found = new ArrayList<>();
        for (String value : values(name)) {
            for (String element : value.split(",", -1)) {
                String trimmed = HttpText.trim(element);
                if (!trimmed.isEmpty()) {
                    found.add(trimmed);
                }
            }
        }
        return found;
    }

    /** True when one of those elements is the token. */
    public boolean has(String name, String token) {
        for (String element : elements(name)) {
            if (element.equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }
}
