package dev.zsock.demo;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The server of a {@code ws://} URL.
 *
 * @param host name or address, an IPv6 one without brackets
 * @param port 80 unless the URL says otherwise
 * @param path path and query, as the request line has them
 */
public record Target(String host, int port, String path) {
    private static final int DEFAULT_PORT = 80;

    /**
     * Reads a URL.
     *
     * @throws DemoFailure if it is not of that form
     */
    public static Target of(String url) throws DemoFailure {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new DemoFailure("not a URL: " + e.getMessage());
        }
        if ("wss".equalsIgnoreCase(uri.getScheme())) {
            throw new DemoFailure(url + ": only ws:// so far, TLS sockets come later");
        }
        if (!"ws".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new DemoFailure(url + ": not of the form ws://host:port/path");
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        if (port > Arguments.LAST_PORT) {
            throw new DemoFailure(url + ": no port is above " + Arguments.LAST_PORT);
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Target(uri.getHost().replaceAll("[\\[\\]]", ""), port, path + query);
    }

    /** What the Host header says: brackets around an IPv6 address, no port when it is 80. */
    public String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == DEFAULT_PORT ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return "ws://" + authority() + path;
    }
}
