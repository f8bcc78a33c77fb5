package dev.zsock.mqtt;

/** Form of topic names and filters (3.1.1 and 5.0, 4.7). */
final class TopicRules {
    private static final byte[] SHARE = {'$', 's', 'h', 'a', 'r', 'e', '/'};

    private TopicRules() {}

    /** 3.3.2-2: a name has no wildcard. */
    static boolean name(byte[] b, int off, int len) {
        for (int i = off; i < off + len; i++) {
            if (b[i] == '+' || b[i] == '#') {
                return false;
            }
        }
        return true;
    }

    /** 4.7.1-2, 4.7.1-3: a wildcard takes a whole level, # the last one. */
    static boolean filter(byte[] b, int off, int len) {
        int end = off + len;
        for (int i = off; i < end; i++) {
            boolean whole = (i == off || b[i - 1] == '/') && (i + 1 == end || b[i + 1] == '/');
            if (b[i] == '+' && !whole || b[i] == '#' && (!whole || i + 1 != end)) {
                return false;
            }
        }
        return true;
    }

    /** 5.0 4.8.2: whether a filter asks for a shared subscription. */
    static boolean shared(byte[] b, int off, int len) {
        return len >= SHARE.length && startsWithShare(b, off);
    }

    /** 5.0 4.8.2-1, 4.8.2-2: a share name without wildcards, then a filter. */
    static boolean sharedForm(byte[] b, int off, int len) {
        int name = off + SHARE.length;
        int end = off + len;
        int slash = name;
        while (slash < end && b[slash] != '/') {
            slash++;
        }
        return slash > name
                && slash + 1 < end
                && name(b, name, slash - name)
                && filter(b, slash + 1, end - slash - 1);
    }

    private static boolean startsWithShare(byte[] b, int off) {
        for (int i = 0; i < SHARE.length; i++) {
            if (b[off + i] != SHARE[i]) {
                return false;
            }
        }
        return true;
    }
}
