package dev.zsock.conformance;

import dev.zsock.testkit.AcceptValue;
import dev.zsock.testkit.Background;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A fuzzing server in small, of the JDK's sockets alone: its cases, and what it heard in each. */
final class FuzzingServer implements AutoCloseable {
    static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    /** What the server does with the case's connection once its websocket is up. */
    interface Case {
        void run(Wire wire) throws IOException;

        /** The Sec-WebSocket-Extensions that answer an offer, or nothing. */
        default String answer(String offer) throws IOException {
            return "";
        }

        /** What is offered when the fuzzing side is the client, or nothing. */
        default String offer() {
            return "";
        }
    }

    private final ServerSocket listener;
    private final List<Case> cases;
    private final Case reports; // what becomes of /updateReports
    private final CompletableFuture<Void> ended;

    /** What went wrong, case by case; and what was asked for. */
    final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();

    final ConcurrentLinkedQueue<String> paths = new ConcurrentLinkedQueue<>();

    /** A null case is refused by HTTP. */
    FuzzingServer(List<Case> cases) throws IOException {
        this(cases, wire -> wire.close(1000));
    }

    FuzzingServer(List<Case> cases, Case reports) throws IOException {
        this.cases = new ArrayList<>(cases);
        this.reports = reports;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ended = Background.run(this::serve);
    }

    String url() {
        return "ws://127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        ended.join();
    }

    /** One connection after the other, as the client has them. */
    private void serve() {
        while (!listener.isClosed()) {
            String path = "no request";
            try (Socket socket = listener.accept()) {
                path = connection(socket);
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    complaints.add(paths.size() + " " + path + ": " + e);
                }
            }
        }
    }

    private String connection(Socket socket) throws IOException {
        Wire wire = new Wire(socket, false);
        String head = wire.head();
        String path = head.substring(4, head.indexOf(" HTTP"));
        paths.add(path);
        Case todo = caseOf(path);
        if (todo == null) {
            wire.head("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
            return path;
        }
        wire.extension = todo.answer(Wire.field(head, EXTENSIONS));
        String accept = AcceptValue.of(Wire.field(head, "Sec-WebSocket-Key"));
        wire.head("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + "\r\n"
                + (wire.extension.isEmpty() ? "" : EXTENSIONS + ": " + wire.extension + "\r\n")
                + "\r\n");
        todo.run(wire);
        return path;
    }

    private Case caseOf(String path) {
        if (path.equals("/getCaseCount")) {
            return wire -> {
                wire.frame(0x81, Integer.toString(cases.size()));
                wire.close(1000);
            };
        }
        if (path.startsWith("/updateReports?agent=")) {
            return reports;
        }
        String number = path.replaceAll(".*case=(\\d+)&agent=.*", "$1");
        return cases.get(Integer.parseInt(number) - 1);
    }
}
