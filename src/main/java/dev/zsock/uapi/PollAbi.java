package dev.zsock.uapi;

/** Constants of {@code <poll.h>} and {@code <sys/select.h>}, with Linux's numbers. */
public interface PollAbi {
    // Events of poll; the last three are results only.

    /** Data, a connection or the end of the stream can be had. */
    int POLLIN = 1;
    /** Urgent data. */
    int POLLPRI = 2;
    /** Data can be sent. */
    int POLLOUT = 4;
    /** Result: an error is pending. */
    int POLLERR = 8;
    /** Result: both directions are over. */
    int POLLHUP = 0x10;
    /** Result: no such descriptor. */
    int POLLNVAL = 0x20;
    /** Same as {@code POLLIN} on a socket. */
    int POLLRDNORM = 0x40;
    /** Priority data; unused by sockets. */
    int POLLRDBAND = 0x80;
    /** Same as {@code POLLOUT} on a socket. */
    int POLLWRNORM = 0x100;
    /** Priority data can be sent. */
    int POLLWRBAND = 0x200;
    /** The peer stopped sending. */
    int POLLRDHUP = 0x2000;

    // <sys/select.h>.

    /** Descriptors in C's {@code fd_set}; {@link FdSet} grows beyond. */
    int FD_SETSIZE = 1024;
}
