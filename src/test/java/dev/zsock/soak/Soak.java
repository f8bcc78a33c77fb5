package dev.zsock.soak;

import static dev.zsock.Sockets.close;

import dev.zsock.demo.Arguments;
import dev.zsock.demo.DemoFailure;
import dev.zsock.soak.Link.Kind;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.FaultKernel;
import dev.zsock.testkit.FaultKernel.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * {@code make soak}: for so many minutes four threads send records over websockets, with
 * permessage-deflate and without, and plain TCP; four others receive and check them, while buffers
 * are tiny, timeouts short, fds non-blocking and readers stall. Ends with status 1 when anything
 * was lost, torn or kept growing.
 */
public final class Soak {
    private static final int LANES = 4;
    private static final Kind[] KINDS = Kind.values();
    private static final int RECORDS = 2000;
    private static final int KERNEL_PERCENT = 2;
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(10);
    private static final long CONNECTION = TimeUnit.SECONDS.toNanos(2);

    private final Tally tally = new Tally();

    /** Held for reading while a connection lives, for writing while nothing may. */
    private final ReentrantReadWriteLock quiet = new ReentrantReadWriteLock(true);

    private final long end;
    private final long seed;

    private Soak(long seed, long end) {
        this.seed = seed;
        this.end = end;
    }

    /** Arguments: minutes, and a seed to repeat a run's choices. */
    public static void main(String[] args) {
        double minutes = 0;
        try {
            minutes = Arguments.above0("MINUTES", args[0]);
        } catch (DemoFailure e) {
            System.err.println("soak: FAILED: " + e.getMessage());
            System.exit(1);
        }
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        long length = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
        System.out.printf(
                "soak: %s minutes, JDK %s, seed %d%n",
                args[0], System.getProperty("java.version"), seed);
        if (System.getProperty(FaultKernel.PROPERTY) != null) {
            FaultKernel.configure(seed, KERNEL_PERCENT, KERNEL_PERCENT, KERNEL_PERCENT, 0);
        }
        System.exit(new Soak(seed, System.nanoTime() + length).run(length) ? 0 : 1);
    }

    private boolean run(long length) {
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            int lane = i;
            lanes.add(Background.run(() -> lane(lane)));
        }
        long start = end - length;
        Usage first = usageAt(start + Math.min(WARM_UP, length / 4), "start");
        usageAt(start + length / 2, "middle");
        String failure = "";
        try {
            CompletableFuture.allOf(lanes.toArray(new CompletableFuture<?>[0])).join();
        } catch (RuntimeException e) {
            failure = "; " + e.getCause();
        }
        Usage last = usageAt(System.nanoTime(), "end");
        String growth = last.growthSince(first);
        boolean ok = tally.lost.sum() == 0 && tally.torn.sum() == 0 && failure.isEmpty();
        ok &= growth.isEmpty() && tally.messages.sum() > 0;
        System.out.println("soak: " + tally);
        if (System.getProperty(FaultKernel.PROPERTY) != null) {
            System.out.printf(
                    "soak: of the kernel %d EINTR, %d EAGAIN, %d one byte%n",
                    FaultKernel.count(Fault.INTERRUPT),
                    FaultKernel.count(Fault.NOT_NOW),
                    FaultKernel.count(Fault.ONE_BYTE));
        }
        System.out.println(
                ok
                        ? "soak: ok"
                        : "soak: FAILED" + failure + (growth.isEmpty() ? "" : "; grew:" + growth));
        return ok;
    }

    private Usage usageAt(long when, String name) {
        for (long left = when - System.nanoTime(); left > 0; left = when - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        quiet.writeLock().lock();
        try {
            Usage usage = Usage.now();
            System.out.printf("%-7s %s, %s%n", name, usage, tally);
            return usage;
        } finally {
            quiet.writeLock().unlock();
        }
    }

    private void lane(int lane) {
        Random random = new Random(seed + lane);
        int listener = Link.listening();
        while (System.nanoTime() < end) {
            quiet.readLock().lock();
            try {
                connection(listener, random);
            } finally {
                quiet.readLock().unlock();
            }
        }
        close(listener);
    }

    /** One connection: this thread sends, another receives; either may be the client. */
    private void connection(int listener, Random random) {
        Kind kind = KINDS[random.nextInt(KINDS.length)];
        boolean clientSends = random.nextBoolean();
        boolean text = random.nextBoolean();
        boolean bsd = random.nextBoolean();
        Random other = new Random(random.nextLong());
        long deadline = Math.min(end, System.nanoTime() + CONNECTION);
        CompletableFuture<Long> received = Background.supply(() -> {
            Link link = clientSends
                    ? Link.accepted(listener, kind)
                    : Link.connected(listener, kind, other);
            return receive(link, bsd, other);
        });
        Link link = clientSends
                ? Link.connected(listener, kind, random)
                : Link.accepted(listener, kind);
        long sent;
        try {
            tally.connections.increment();
            if (kind == Kind.DEFLATE) {
                tally.compressed.increment();
            }
            tally.faults.add(link.tinyBuffer(random));
            sent = new Sending(link, text, tally, random)
                    .run(1 + random.nextInt(RECORDS), deadline);
        } finally {
            link.end();
        }
        long missing = sent - received.join();
        if (missing > 0) {
            tally.lost.add(missing);
        }
    }

    private long receive(Link link, boolean bsd, Random random) {
        try {
            if (link.websocket()) {
                link.autoPong();
            }
            tally.faults.add(link.tinyBuffer(random));
            return new Receiving(link, bsd, tally, random).run();
        } finally {
            link.end();
        }
    }
}
