package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs one scenario against the library: calls on a thread of their own, the peer's script on this
 * one.
 */
final class Runner {
    private static final double PER_MS = 1e6;
    private static final long BLOCKS_MS = 300;
    private static final long LIMIT_MS = 5000;
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long QUIET_INSIDE = TimeUnit.MILLISECONDS.toNanos(60);

    private final Scenario scenario;
    private final ApiCalls api;
    private final Transcript transcript = new Transcript();
    private final Map<Integer, Integer> decoded = new TreeMap<>();
    private final Map<Integer, Boolean> finShown = new TreeMap<>();
    private final ExecutorService caller = Executors.newSingleThreadExecutor(r -> {
        Thread t = new Thread(r, "vector-caller");
        t.setDaemon(true);
        return t;
    });

    private Runner(Scenario scenario, boolean raw) {
        this.scenario = scenario;
        this.api = new ApiCalls(raw);
    }

    /** Runs it; what the scenario asks for and nobody knows is Unsupported. */
    static Transcript run(Scenario scenario, boolean raw) throws IOException {
        Runner runner = new Runner(scenario, raw);
        try (Peer peer = new Peer()) {
            runner.steps(peer);
        } finally {
            runner.caller.shutdownNow();
        }
        return runner.transcript;
    }

    private void steps(Peer peer) throws IOException {
        Script script = new Script(scenario, peer);
        try {
            for (Scenario.Step step : scenario.steps()) {
                CallObs obs = new CallObs();
                transcript.steps.add(obs);
                if (!step.isCall()) {
                    script.between(step.json().path("peer"), step.conn(), obs);
                } else if (step.call().equals("tcp_connect")) {
                    tcpConnect(peer, step, obs);
                } else {
                    call(script, peer, step, obs);
                }
                if (!obs.broken.isEmpty()) {
                    return;
                }
            }
        } finally {
            finish(peer);
        }
    }

    private void tcpConnect(Peer peer, Scenario.Step step, CallObs obs) throws IOException {
        try (ServerSocketChannel server = Peer.listen(step.intArg("peer_rcvbuf", 0))) {
            int port = server.socket().getLocalPort();
            Future<?> call =
                    caller.submit(() -> ApiCalls.tcpConnect(step.args(), port, obs.result));
            if (!returned(call, LIMIT_MS, obs)) {
                obs.broken = "tcp_connect did not return";
                return;
            }
            if (obs.result.path("ret").asInt() >= 0) {
                peer.accept(server);
            }
        }
        wire(peer, obs);
    }

    private void call(Script script, Peer peer, Scenario.Step step, CallObs obs) {
        peer.conns().forEach(PeerConn::forgetRequests);
        CountDownLatch begun = new CountDownLatch(1);
        long[] span = new long[2];
        Future<?> call = caller.submit(() -> {
            span[0] = System.nanoTime();
            begun.countDown();
            api.call(step.call(), step.args(), obs.result);
            span[1] = System.nanoTime();
        });
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        script.during(step.json().path("during"), step.conn(), obs, span[0], call::isDone);
        if (!returned(call, patience(step), obs)) {
            obs.blocked = true;
            obs.unblockedAtMs = (System.nanoTime() - span[0]) / PER_MS;
            script.unblock(unblocking(step), step.conn(), obs);
            if (!returned(call, LIMIT_MS, obs)) {
                hang(call, obs);
                return;
            }
        } else if (step.json().has("unblock")) {
            script.unblock(unblocking(step), step.conn(), obs); // what follows counts on it
        }
        obs.elapsedMs = (span[1] - span[0]) / PER_MS;
        wire(peer, obs);
    }

    /** How long a call may take before it counts as blocked. */
    private static long patience(Scenario.Step step) {
        boolean connect = step.call().equals("websocket_connect");
        JsonNode timeout = step.args().path("timeout");
        if (connect && timeout.isMissingNode()) {
            return ApiCalls.CONNECT_TIMEOUT + LIMIT_MS;
        }
        if (step.blocks() || timeout.asInt(0) == -1 || timeout.isMissingNode()) {
            return BLOCKS_MS;
        }
        return Math.max(0, timeout.asLong(0)) + LIMIT_MS;
    }

    /**
     * What the scenario says, or else the gentlest thing that ends the call: read on, and end the
     * stream.
     */
    private JsonNode unblocking(Scenario.Step step) {
        if (step.json().has("unblock")) {
            return step.json().path("unblock");
        }
        ArrayNode ops = Scenario.JSON.createArrayNode();
        ops.addObject().put("op", "resume_reading");
        if (!step.call().contains("send") && !step.call().contains("write")) {
            ops.addObject().put("op", "shutdown_wr");
        }
        return ops;
    }

    private static boolean returned(Future<?> call, long ms, CallObs obs) {
        try {
            call.get(ms, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unsupported u) {
                throw u;
            }
            obs.broken = "threw " + e.getCause();
        }
        return true;
    }

    /** Nothing lets it go: close every number under it, so that the next scenario has them. */
    private static void hang(Future<?> call, CallObs obs) {
        obs.broken = "did not return";
        ApiCalls.closeAll();
        if (!returned(call, LIMIT_MS, new CallObs())) {
            obs.broken += ", nor when its number was closed";
        }
    }

    /** Decodes what each connection has sent since the call before. */
    private void wire(Peer peer, CallObs obs) {
        settle(peer);
        for (PeerConn conn : peer.conns()) {
            ArrayNode items = take(conn);
            if (!items.isEmpty()) {
                obs.wire.put(conn.index(), items);
            }
        }
    }

    private ArrayNode take(PeerConn conn) {
        byte[] in = conn.received();
        int from = decoded.getOrDefault(conn.index(), 0);
        WireDecoder d = WireDecoder.decode(in, from, in.length);
        decoded.put(conn.index(), d.next());
        ArrayNode items = d.items();
        if (!conn.end().equals("open") && finShown.put(conn.index(), true) == null) {
            items.addObject().put("tcp", conn.end());
        }
        return items;
    }

    /** Waits until nothing more comes; longer while a frame or a request is not complete. */
    private void settle(Peer peer) {
        long last = System.nanoTime();
        long bytes = -1;
        while (true) {
            peer.sync();
            long now = 0;
            boolean inside = false;
            for (PeerConn conn : peer.conns()) {
                byte[] in = conn.received();
                int from = decoded.getOrDefault(conn.index(), 0);
                now += in.length + (conn.end().equals("open") ? 0 : 1);
                boolean more = conn.halfClosed() || WireDecoder.unfinished(in, from, in.length);
                inside |= conn.end().equals("open") && more;
            }
            long time = System.nanoTime();
            if (now != bytes) {
                bytes = now;
                last = time;
            } else if (time - last > (inside ? QUIET_INSIDE : QUIET)) {
                return;
            }
            LockSupport.parkNanos(QUIET / 4);
        }
    }

    private void finish(Peer peer) {
        settle(peer);
        for (PeerConn conn : peer.conns()) {
            transcript.unattributed.put(conn.index(), take(conn));
            transcript.seen.add(conn.seen());
        }
        peer.conns().forEach(PeerConn::resumeReading);
        Future<?> cleanup = caller.submit(() -> transcript.leak = ApiCalls.closeAll());
        CallObs ignored = new CallObs();
        if (!returned(cleanup, LIMIT_MS, ignored)) {
            transcript.leak = " (closing did not return)";
        }
        if (!ignored.broken.isEmpty()) {
            transcript.leak = ignored.broken;
        }
        settle(peer);
        peer.conns().forEach(c -> transcript.streams.add(c.received()));
    }
}
