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
