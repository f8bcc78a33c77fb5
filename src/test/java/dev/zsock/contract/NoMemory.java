package dev.zsock.contract;

import static dev.zsock.Sockets.*;

import dev.zsock.WebsocketServer;
import dev.zsock.Zsock;
import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.DirectMemory;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.Addrinfo;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.WebsocketRequest;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/**
 * Runs in a JVM of its own with little direct memory, takes all of it and says what calls on new
 * threads give, line by line.
 */
final class NoMemory {
    /** What -XX:MaxDirectMemorySize says. */
    static final int DIRECT = 1 << 20;

    private static final int LEAST = 512; // that anything here asks for
    private static final int MANY = 100_000;
    private static final Map<String, CompletableFuture<Integer>> CALLS = new LinkedHashMap<>();

    private NoMemory() {}

    public static void main(String[] args) {
        int[] sv = new int[2];
        socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
        int[] plain = new int[2];
        socketpair(AF_UNIX, SOCK_STREAM, 0, plain);
        int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 0);
        bind(listener, addr, SockaddrIn.SIZE);
        listen(listener, 1);
        WsPair pair = WsPair.openClient();
        byte[] buf = new byte[8];
        send(plain[0], buf, 4, 0);
        send(pair.serverTransport, new byte[] {(byte) 0x82, 2, 'h', 'i'}, 4, 0);
        final int free = dup(0);
        close(free);
        List<ByteBuffer> all = takeAll();

        int ws = pair.client;
        say("register", () -> websocket_register(sv[0], null, 0));
        say("socketpair", () -> ret(socketpair(AF_UNIX, SOCK_STREAM, 0, new int[2])));
        say("accept", () -> ret(accept(listener, null, null)));
        sayPlain(listener, plain, buf);
        say("poll", () -> ret(poll(new Pollfd[] {new Pollfd(plain[1], POLLIN)}, 1, 0)));
        say("select", () -> ret(select(MANY, all(), null, null, null)));
        say("ws send", () -> ret(send(ws, buf, 1, 0)));
        say("ws large", () -> sendZeros(ws, MANY));
        say("ws recv", () -> websocket_recv_msg(ws, buf, 8, null, null, 0));
        sayAll(); // at the same time: the JVM takes half a second to say no
        say("ws close", () -> ret(close(ws)));
        sayAll();
        say("ws closed", () -> ret(close(ws)));
        sayAll();
        all.clear();
        await(DIRECT / 2);

        say("number of the closed", () -> dup(0) - ws);
        sayAll();
        say("next free number", () -> dup(0) - free);
        sayAll();
        say("register later", () -> websocket_register(sv[0], null, 0) > free ? 1 : 0);
        sayAll();
        say("recv later", () -> recv(plain[1], buf, 8, 0));
        sayAll();
        say("transport", () -> ret(recv(pair.clientTransport, buf, 8, MSG_DONTWAIT)));
        sayAll();
    }

    private static void sayPlain(int listener, int[] plain, byte[] buf) {
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 0);
        say("send", () -> ret(send(plain[0], buf, 1, 0)));
        say("recv", () -> ret(recv(plain[1], ByteBuffer.wrap(buf), 0)));
        say("readv", () -> ret(readv(plain[1], new Iovec[] {new Iovec(buf, 4)}, 1)));
        say("recvmsg", () -> ret(recvmsg(plain[1], new Msghdr(), 0)));
        say("connect", () -> ret(connect(plain[0], addr, SockaddrIn.SIZE)));
        say("bind", () -> ret(bind(plain[0], addr, SockaddrIn.SIZE)));
        say("getsockname", () -> ret(getsockname(listener, addr, new IntRef(SockaddrIn.SIZE))));
        say("getsockopt", () -> ret(getsockopt(plain[0], SOL_SOCKET, SO_TYPE, new IntRef())));
        say("ioctl", () -> ret(ioctl(plain[0], FIONREAD, new IntRef())));
        say("send all", () -> Zsock.zsock_send_all(plain[0], buf, 1, 0, 0, null));
        say("upgrade", () -> WebsocketServer.websocket_upgrade(plain[1], null, false, 0));
        say("ws connect", () -> websocket_connect(plain[0], request(), 0, null));
        say("getaddrinfo", () -> getaddrinfo("::1", null, null, new Addrinfo[1]));
    }

    private static int sendZeros(int ws, int n) {
        return websocket_send_msg(ws, new byte[n], n, WEBSOCKET_OPCODE_DATA_BINARY, true, true, -1);
    }

    private static WebsocketRequest request() {
        WebsocketRequest req = new WebsocketRequest();
        req.host = "";
        req.url = "/";
        return req;
    }

    private static FdSet all() {
        FdSet set = new FdSet();
        for (int i = 0; i < MANY; i += 10) {
            FD_SET(i, set);
        }
        return set;
    }

    private static int ret(int rc) {
        return rc == -1 ? -errno() : rc;
    }

    /** All there is, also what ended threads had: nothing comes back once the JVM says no. */
    private static List<ByteBuffer> takeAll() {
        Await.until(
                "threads end",
                Duration.ofSeconds(20),
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("background")));
        List<ByteBuffer> taken = new ArrayList<>();
        while (true) {
            int n = Math.max(left(), LEAST);
            try {
                taken.add(ByteBuffer.allocateDirect(n));
            } catch (OutOfMemoryError e) {
                if (n == LEAST) {
                    return taken;
                }
            }
        }
    }

    private static int left() {
        System.gc();
        return DIRECT - (int) DirectMemory.used();
    }

    /** Until so much memory is there again. */
    private static void await(int n) {
        for (int i = 0; i < 100; i++) {
            System.gc();
            try {
                ByteBuffer.allocateDirect(n);
                return;
            } catch (OutOfMemoryError e) {
                Thread.onSpinWait();
            }
        }
    }

    private static void say(String what, IntSupplier call) {
        CALLS.put(what, Background.supply(call::getAsInt));
    }

    private static void sayAll() {
        CALLS.forEach((what, result) -> {
            String is = result.handle((rc, thrown) -> thrown == null ? "" + rc : "" + thrown)
                    .join();
            System.out.println(what + " " + is);
        });
        CALLS.clear();
    }
}
