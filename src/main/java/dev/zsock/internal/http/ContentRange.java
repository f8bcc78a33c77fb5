package dev.zsock.internal.http;

import dev.zsock.uapi.HttpResponse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The field Content-Range of a partial response (RFC 9110 14.4). */
final class ContentRange {
    private static final Pattern BYTES =
            Pattern.compile("(?i)bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private ContentRange() {}

    /** Fills the response's range when the value is a range of bytes. */
    static void take(String value, HttpResponse rsp) {
        Matcher m = BYTES.matcher(value);
        if (!m.matches()) {
            return;
        }
        String total = m.group(3);
        rsp.cr_present = 1;
        rsp.content_range.start = Long.parseLong(m.group(1));
        rsp.content_range.end = Long.parseLong(m.group(2));
        rsp.content_range.total = total.equals("*") ? 0 : Long.parseLong(total);
    }
}
