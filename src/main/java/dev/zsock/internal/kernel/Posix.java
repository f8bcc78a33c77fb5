package dev.zsock.internal.kernel;

import dev.zsock.uapi.SocketAbi;

import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/**
 * Calls that JNR-POSIX has and no connection needs: it takes longer to load than all the rest, so
 * it is loaded at the first of them.
 */
public final class Posix {
    private static final POSIX LIBC = POSIXFactory.getNativePOSIX();

    private Posix() {}

    /** {@code pipe(2)}, never inherited by child processes: 0 or -errno. */
    public static int pipe(int[] fds) {
        if (LIBC.pipe(fds) < 0) {
            return -LIBC.errno();
        }
        for (int fd : fds) {
            Kernel.fcntl(fd, SocketAbi.F_SETFD, SocketAbi.FD_CLOEXEC);
        }
        return 0;
    }

    /** {@code gethostname(2)}. */
    public static String gethostname() {
        return LIBC.gethostname();
    }
}
