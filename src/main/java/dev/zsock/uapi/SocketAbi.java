package dev.zsock.uapi;

/**
 * Constants of {@code <sys/socket.h>}, {@code <fcntl.h>}, {@code <sys/ioctl.h>} and
 * {@code <sys/eventfd.h>}, with Linux's numbers.
 */
public interface SocketAbi {
    // Address families.

    /** No family; in hints, any. */
    int AF_UNSPEC = 0;
    /** Sockets of this host, named by a path. */
    int AF_UNIX = 1;
    /** Same as {@code AF_UNIX}. */
    int AF_LOCAL = 1;
    /** IPv4. */
    int AF_INET = 2;
    /** IPv6. */
    int AF_INET6 = 10;
    /** Messages to and from the kernel. */
    int AF_NETLINK = 16;
    /** Frames of a network device. */
    int AF_PACKET = 17;
    /** Between a virtual machine and its host. */
    int AF_VSOCK = 40;
    /** CAN bus. */
    int AF_CAN = 29;
    /** Bluetooth. */
    int AF_BLUETOOTH = 31;

    // Protocol families: the same numbers.

    /** Same as {@code AF_UNSPEC}. */
    int PF_UNSPEC = 0;
    /** Same as {@code AF_UNIX}. */
    int PF_UNIX = 1;
    /** Same as {@code AF_LOCAL}. */
    int PF_LOCAL = 1;
    /** Same as {@code AF_INET}. */
    int PF_INET = 2;
    /** Same as {@code AF_INET6}. */
    int PF_INET6 = 10;
    /** Same as {@code AF_NETLINK}. */
    int PF_NETLINK = 16;
    /** Same as {@code AF_PACKET}. */
    int PF_PACKET = 17;
    /** Same as {@code AF_VSOCK}. */
    int PF_VSOCK = 40;
    /** Same as {@code AF_CAN}. */
    int PF_CAN = 29;
    /** Same as {@code AF_BLUETOOTH}. */
    int PF_BLUETOOTH = 31;

    // Types of socket, and flags that may be added.

    /** Ordered, reliable bytes on a connection. */
    int SOCK_STREAM = 1;
    /** Datagrams. */
    int SOCK_DGRAM = 2;
    /** Packets with their protocol header. */
    int SOCK_RAW = 3;
    /** Reliable datagrams. */
    int SOCK_RDM = 4;
    /** Ordered, reliable datagrams on a connection. */
    int SOCK_SEQPACKET = 5;
    /** Flag: begin with {@code O_NONBLOCK}. */
    int SOCK_NONBLOCK = 0x800;
    /** Flag: close on {@code exec}. */
    int SOCK_CLOEXEC = 0x80000;

    // Levels of options and control messages.

    /** Options of every socket. */
    int SOL_SOCKET = 1;

    // Options at level SOL_SOCKET.

    /** int: record debugging information. */
    int SO_DEBUG = 1;
    /** int: bind to an address that a dead connection still holds. */
    int SO_REUSEADDR = 2;
    /** int, read only: {@code SOCK_STREAM}, ... */
    int SO_TYPE = 3;
    /** int, read only: the pending error, which reading clears. */
    int SO_ERROR = 4;
    /** int: send to hosts of the own network only. */
    int SO_DONTROUTE = 5;
    /** int: allow datagrams to a broadcast address. */
    int SO_BROADCAST = 6;
    /** int: bytes of the send buffer; Linux doubles what is set. */
    int SO_SNDBUF = 7;
    /** int: bytes of the receive buffer; Linux doubles what is set. */
    int SO_RCVBUF = 8;
    /** int: probe an idle connection. */
    int SO_KEEPALIVE = 9;
    /** int: leave urgent data among the rest. */
    int SO_OOBINLINE = 10;
    /** int: send UDP without a checksum. */
    int SO_NO_CHECK = 11;
    /** int: queueing priority, 0 to 6. */
    int SO_PRIORITY = 12;
    /** {@link Linger}: what {@code close} does with unsent data. */
    int SO_LINGER = 13;
    /** int: several sockets bind one address and share its load. */
    int SO_REUSEPORT = 15;
    /** int: receive {@code SCM_CREDENTIALS}. */
    int SO_PASSCRED = 16;
    /** int[3], read only: pid, uid and gid of the peer. */
    int SO_PEERCRED = 17;
    /** int: bytes that make a socket readable. */
    int SO_RCVLOWAT = 18;
    /** int, read only: always 1. */
    int SO_SNDLOWAT = 19;
    /** {@link Timeval}: longest wait of a receiving call; 0 for ever. */
    int SO_RCVTIMEO = 20;
    /** {@link Timeval}: longest wait of a sending call; 0 for ever. */
    int SO_SNDTIMEO = 21;
    /** String: use this network interface only; empty for any. */
    int SO_BINDTODEVICE = 25;
    /** int: receive {@code SCM_TIMESTAMP}. */
    int SO_TIMESTAMP = 29;
    /** int, read only: 1 on a listening socket. */
    int SO_ACCEPTCONN = 30;
    /** int: as {@code SO_SNDBUF} beyond the limit (privileged). */
    int SO_SNDBUFFORCE = 32;
    /** int: as {@code SO_RCVBUF} beyond the limit (privileged). */
    int SO_RCVBUFFORCE = 33;
    /** int: receive {@code SCM_SECURITY}. */
    int SO_PASSSEC = 34;
    /** int: receive {@code SCM_TIMESTAMPNS}. */
    int SO_TIMESTAMPNS = 35;
    /** int: mark of each packet (privileged). */
    int SO_MARK = 36;
    /** int: {@code SOF_TIMESTAMPING_...} flags. */
    int SO_TIMESTAMPING = 37;
    /** int, read only: {@code IPPROTO_TCP}, ... */
    int SO_PROTOCOL = 38;
    /** int, read only: {@code AF_INET}, ... */
    int SO_DOMAIN = 39;
    /** int: receive the count of dropped datagrams. */
    int SO_RXQ_OVFL = 40;
    /** int: where {@code MSG_PEEK} reads; -1 for the start. */
    int SO_PEEK_OFF = 42;
    /** int: microseconds to poll the device. */
    int SO_BUSY_POLL = 46;
    /** int: processor that handles the socket's packets. */
    int SO_INCOMING_CPU = 49;
    /** long, read only: the socket's unique number. */
    int SO_COOKIE = 57;
    /** int: allow {@code MSG_ZEROCOPY}. */
    int SO_ZEROCOPY = 60;
    /** Launch time of packets; also the type of its control message. */
    int SO_TXTIME = 61;
    /** Zephyr's SOCKS5 proxy address; Linux has another option of this number. */
    int SO_SOCKS5 = 60;

    // <linux/net_tstamp.h>: flags of SO_TIMESTAMPING.

    /** When the device sent. */
    int SOF_TIMESTAMPING_TX_HARDWARE = 1;
    /** When the kernel gave to the device. */
    int SOF_TIMESTAMPING_TX_SOFTWARE = 2;
    /** When the device received. */
    int SOF_TIMESTAMPING_RX_HARDWARE = 4;
    /** When the kernel got from the device. */
    int SOF_TIMESTAMPING_RX_SOFTWARE = 8;
    /** Report the kernel's times. */
    int SOF_TIMESTAMPING_SOFTWARE = 16;
    /** Report the device's times. */
    int SOF_TIMESTAMPING_RAW_HARDWARE = 64;

    // Flags of send and receive calls.

    /** Urgent data. */
    int MSG_OOB = 1;
    /** Leave what is received in the queue. */
    int MSG_PEEK = 2;
    /** Send to hosts of the own network only. */
    int MSG_DONTROUTE = 4;
    /** Result: control messages were cut. */
    int MSG_CTRUNC = 8;
    /** Return a datagram's full length; as a result, it was cut. */
    int MSG_TRUNC = 0x20;
    /** Do not wait: {@code EAGAIN} instead. */
    int MSG_DONTWAIT = 0x40;
    /** End of a record. */
    int MSG_EOR = 0x80;
    /** Wait until the buffer is full. */
    int MSG_WAITALL = 0x100;
    /** The peer answered: no need to probe it. */
    int MSG_CONFIRM = 0x800;
    /** Receive from the error queue. */
    int MSG_ERRQUEUE = 0x2000;
    /** No {@code SIGPIPE}; this library always adds it. */
    int MSG_NOSIGNAL = 0x4000;
    /** More will follow at once. */
    int MSG_MORE = 0x8000;
    /** Wait for the first datagram only. */
    int MSG_WAITFORONE = 0x10000;
    /** Send without copying. */
    int MSG_ZEROCOPY = 0x4000000;
    /** Send with the connection request. */
    int MSG_FASTOPEN = 0x20000000;
    /** Close received descriptors on {@code exec}. */
    int MSG_CMSG_CLOEXEC = 0x40000000;

    // Types of control message at level SOL_SOCKET.

    /** int[]: descriptors. */
    int SCM_RIGHTS = 1;
    /** int[3]: pid, uid and gid. */
    int SCM_CREDENTIALS = 2;
    /** {@link Timeval}: when the packet came. */
    int SCM_TIMESTAMP = 29;
    /** Seconds and nanoseconds when the packet came. */
    int SCM_TIMESTAMPNS = 35;
    /** Three times, as {@code SO_TIMESTAMPING} asked. */
    int SCM_TIMESTAMPING = 37;
    /** long: when to send, in nanoseconds. */
    int SCM_TXTIME = 61;

    // What shutdown ends.

    /** Receiving. */
    int SHUT_RD = 0;
    /** Sending. */
    int SHUT_WR = 1;
    /** Both. */
    int SHUT_RDWR = 2;

    // <sys/socket.h>: queue of listen.

    /** Longest queue asked for by portable programs. */
    int SOMAXCONN = 4096;

    // <fcntl.h>: commands and flags.

    /** Duplicate to the lowest free number not below the argument. */
    int F_DUPFD = 0;
    /** Read {@code FD_CLOEXEC}. */
    int F_GETFD = 1;
    /** Write {@code FD_CLOEXEC}. */
    int F_SETFD = 2;
    /** Read the status flags. */
    int F_GETFL = 3;
    /** Write the status flags. */
    int F_SETFL = 4;
    /** Process that gets signals. */
    int F_SETOWN = 8;
    /** Read the process that gets signals. */
    int F_GETOWN = 9;
    /** As {@code F_DUPFD}, with {@code FD_CLOEXEC}. */
    int F_DUPFD_CLOEXEC = 1030;
    /** Close on {@code exec}. */
    int FD_CLOEXEC = 1;
    /** Opened for reading. */
    int O_RDONLY = 0;
    /** Opened for writing. */
    int O_WRONLY = 1;
    /** Opened for both. */
    int O_RDWR = 2;
    /** Mask of the three. */
    int O_ACCMODE = 3;
    /** Each write goes to the end. */
    int O_APPEND = 0x400;
    /** Calls do not wait: {@code EAGAIN} instead. */
    int O_NONBLOCK = 0x800;
    /** Same as {@code O_NONBLOCK}. */
    int O_NDELAY = 0x800;
    /** Signal when ready. */
    int O_ASYNC = 0x2000;
    /** Close on {@code exec}. */
    int O_CLOEXEC = 0x80000;

    // <sys/ioctl.h>: requests.

    /** Bytes that can be read now. */
    int FIONREAD = 0x541b;
    /** Set or clear {@code O_NONBLOCK}. */
    int FIONBIO = 0x5421;
    /** Set or clear {@code O_ASYNC}. */
    int FIOASYNC = 0x5452;
    /** Whether the urgent mark is next. */
    int SIOCATMARK = 0x8905;
    /** Bytes not sent, or not acknowledged, yet. */
    int TIOCOUTQ = 0x5411;
    /** Zephyr's name of {@code FIONREAD}. */
    int ZFD_IOCTL_FIONREAD = 0x541B;
    /** Zephyr's name of {@code FIONBIO}. */
    int ZFD_IOCTL_FIONBIO = 0x5421;

    // <sys/eventfd.h>: flags of eventfd.

    /** Each read takes 1. */
    int EFD_SEMAPHORE = 1;
    /** Close on {@code exec}. */
    int EFD_CLOEXEC = 0x80000;
    /** Begin with {@code O_NONBLOCK}. */
    int EFD_NONBLOCK = 0x800;

    // <unistd.h>: the standard streams.

    /** Standard input. */
    int STDIN_FILENO = 0;
    /** Standard output. */
    int STDOUT_FILENO = 1;
    /** Standard error. */
    int STDERR_FILENO = 2;

    // <sys/uio.h> and <limits.h>.

    /** Most elements of an array of {@link Iovec}. */
    int UIO_MAXIOV = 1024;
    /** Same as {@code UIO_MAXIOV}. */
    int IOV_MAX = 1024;
}
