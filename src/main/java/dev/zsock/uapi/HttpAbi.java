package dev.zsock.uapi;

/** Constants of {@code <zephyr/net/http/client.h>} and {@code <zephyr/net/http/method.h>}. */
public interface HttpAbi {
    // Methods, for HttpRequest#method.

    /** DELETE. */
    int HTTP_DELETE = 0;
    /** GET. */
    int HTTP_GET = 1;
    /** HEAD. */
    int HTTP_HEAD = 2;
    /** POST. */
    int HTTP_POST = 3;
    /** PUT. */
    int HTTP_PUT = 4;
    /** CONNECT. */
    int HTTP_CONNECT = 5;
    /** OPTIONS. */
    int HTTP_OPTIONS = 6;
    /** TRACE. */
    int HTTP_TRACE = 7;
    /** COPY. */
    int HTTP_COPY = 8;
    /** LOCK. */
    int HTTP_LOCK = 9;
    /** MKCOL. */
    int HTTP_MKCOL = 10;
    /** MOVE. */
    int HTTP_MOVE = 11;
    /** PROPFIND. */
    int HTTP_PROPFIND = 12;
    /** PROPPATCH. */
    int HTTP_PROPPATCH = 13;
    /** SEARCH. */
    int HTTP_SEARCH = 14;
    /** UNLOCK. */
    int HTTP_UNLOCK = 15;
    /** BIND. */
    int HTTP_BIND = 16;
    /** REBIND. */
    int HTTP_REBIND = 17;
    /** UNBIND. */
    int HTTP_UNBIND = 18;
    /** ACL. */
    int HTTP_ACL = 19;
    /** REPORT. */
    int HTTP_REPORT = 20;
    /** MKACTIVITY. */
    int HTTP_MKACTIVITY = 21;
    /** CHECKOUT. */
    int HTTP_CHECKOUT = 22;
    /** MERGE. */
    int HTTP_MERGE = 23;
    /** M-SEARCH. */
    int HTTP_MSEARCH = 24;
    /** NOTIFY. */
    int HTTP_NOTIFY = 25;
    /** SUBSCRIBE. */
    int HTTP_SUBSCRIBE = 26;
    /** UNSUBSCRIBE. */
    int HTTP_UNSUBSCRIBE = 27;
    /** PATCH. */
    int HTTP_PATCH = 28;
    /** PURGE. */
    int HTTP_PURGE = 29;
    /** MKCALENDAR. */
    int HTTP_MKCALENDAR = 30;
    /** LINK. */
    int HTTP_LINK = 31;
    /** UNLINK. */
    int HTTP_UNLINK = 32;

    // Second argument of HttpResponseCb.

    /** More of the response is to come. */
    int HTTP_DATA_MORE = 0;
    /** The response is complete. */
    int HTTP_DATA_FINAL = 1;

    // Strings and sizes.

    /** End of a line. */
    String HTTP_CRLF = "\r\n";
    /** Bytes of {@link HttpResponse#http_status}. */
    int HTTP_STATUS_STR_SIZE = 32;
}
