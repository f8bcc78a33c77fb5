package dev.zsock.uapi;

/**
 * Constants of {@code <netinet/in.h>}, {@code <netinet/ip.h>}, {@code <netinet/tcp.h>} and
 * {@code <netinet/udp.h>}, with Linux's numbers; addresses read naturally.
 */
public interface InetAbi {
    // Protocols.

    /** IPv4 itself: level of its options; as a protocol, the type's default. */
    int IPPROTO_IP = 0;
    /** ICMP. */
    int IPPROTO_ICMP = 1;
    /** IGMP. */
    int IPPROTO_IGMP = 2;
    /** IP in IP. */
    int IPPROTO_IPIP = 4;
    /** TCP; level of its options. */
    int IPPROTO_TCP = 6;
    /** UDP; level of its options. */
    int IPPROTO_UDP = 17;
    /** DCCP. */
    int IPPROTO_DCCP = 33;
    /** IPv6 itself; level of its options. */
    int IPPROTO_IPV6 = 41;
    /** IPv6 routing header. */
    int IPPROTO_ROUTING = 43;
    /** IPv6 fragment header. */
    int IPPROTO_FRAGMENT = 44;
    /** GRE. */
    int IPPROTO_GRE = 47;
    /** Encapsulating security payload. */
    int IPPROTO_ESP = 50;
    /** Authentication header. */
    int IPPROTO_AH = 51;
    /** ICMPv6; level of its options. */
    int IPPROTO_ICMPV6 = 58;
    /** IPv6: no next header. */
    int IPPROTO_NONE = 59;
    /** IPv6 destination options. */
    int IPPROTO_DSTOPTS = 60;
    /** SCTP. */
    int IPPROTO_SCTP = 132;
    /** UDP-Lite. */
    int IPPROTO_UDPLITE = 136;
    /** Raw IP packets. */
    int IPPROTO_RAW = 255;
    /** Multipath TCP. */
    int IPPROTO_MPTCP = 262;
    /** Same as {@code IPPROTO_IP}, as a level. */
    int SOL_IP = 0;
    /** Same as {@code IPPROTO_TCP}, as a level. */
    int SOL_TCP = 6;
    /** Same as {@code IPPROTO_UDP}, as a level. */
    int SOL_UDP = 17;
    /** Same as {@code IPPROTO_IPV6}, as a level. */
    int SOL_IPV6 = 41;
    /** Same as {@code IPPROTO_ICMPV6}, as a level. */
    int SOL_ICMPV6 = 58;

    // IPv4 addresses.

    /** 0.0.0.0. */
    int INADDR_ANY = 0;
    /** 255.255.255.255. */
    int INADDR_BROADCAST = 0xffffffff;
    /** What {@code inet_addr} returns for bad text: 255.255.255.255. */
    int INADDR_NONE = 0xffffffff;
    /** 127.0.0.1. */
    int INADDR_LOOPBACK = 0x7f000001;
    /** 224.0.0.0. */
    int INADDR_UNSPEC_GROUP = 0xe0000000;
    /** 224.0.0.1. */
    int INADDR_ALLHOSTS_GROUP = 0xe0000001;
    /** 224.0.0.2. */
    int INADDR_ALLRTRS_GROUP = 0xe0000002;
    /** 224.0.0.255. */
    int INADDR_MAX_LOCAL_GROUP = 0xe00000ff;
    /** Room for any IPv4 address as text, with its NUL. */
    int INET_ADDRSTRLEN = 16;
    /** Room for any IPv6 address as text, with its NUL. */
    int INET6_ADDRSTRLEN = 46;
    /** Ports below are privileged. */
    int IPPORT_RESERVED = 1024;
    /** Ports from here on are for servers of users. */
    int IPPORT_USERRESERVED = 5000;
    /** First byte of the loopback network. */
    int IN_LOOPBACKNET = 127;

    // Options at level IPPROTO_IP.

    /** int: type of service. */
    int IP_TOS = 1;
    /** int: time to live. */
    int IP_TTL = 2;
    /** int: raw packets come with their header. */
    int IP_HDRINCL = 3;
    /** byte[]: IP options. */
    int IP_OPTIONS = 4;
    /** int: receive IP options. */
    int IP_RECVOPTS = 6;
    /** int: receive IP options ready for the answer. */
    int IP_RETOPTS = 7;
    /** int: receive {@link InPktinfo}; also the type of that control message. */
    int IP_PKTINFO = 8;
    /** int: {@code IP_PMTUDISC_...}. */
    int IP_MTU_DISCOVER = 10;
    /** int: keep errors in the error queue. */
    int IP_RECVERR = 11;
    /** int: receive the time to live as an {@code IP_TTL} control message. */
    int IP_RECVTTL = 12;
    /** int: receive the type of service as an {@code IP_TOS} control message. */
    int IP_RECVTOS = 13;
    /** int, read only: path MTU of a connected socket. */
    int IP_MTU = 14;
    /** int: bind to an address that is not there yet. */
    int IP_FREEBIND = 15;
    /** int: bind to foreign addresses (privileged). */
    int IP_TRANSPARENT = 19;
    /** int: receive the original destination. */
    int IP_RECVORIGDSTADDR = 20;
    /** Type of the control message for it. */
    int IP_ORIGDSTADDR = 20;
    /** int: drop packets with a smaller time to live. */
    int IP_MINTTL = 21;
    /** int: choose the port at {@code connect}. */
    int IP_BIND_ADDRESS_NO_PORT = 24;
    /** {@link InAddr} or {@link IpMreqn}: interface of outgoing multicast. */
    int IP_MULTICAST_IF = 32;
    /** int: time to live of outgoing multicast. */
    int IP_MULTICAST_TTL = 33;
    /** int: whether this host hears it. */
    int IP_MULTICAST_LOOP = 34;
    /** {@link IpMreqn} or {@link IpMreq}: join a group. */
    int IP_ADD_MEMBERSHIP = 35;
    /** {@link IpMreqn} or {@link IpMreq}: leave a group. */
    int IP_DROP_MEMBERSHIP = 36;
    /** int: receive for groups that other sockets joined. */
    int IP_MULTICAST_ALL = 49;
    /** int: interface of outgoing unicast, in network order. */
    int IP_UNICAST_IF = 50;
    /** int: lowest port in the low half, highest in the high half. */
    int IP_LOCAL_PORT_RANGE = 51;
    /** Value of {@code IP_MULTICAST_TTL} unless set. */
    int IP_DEFAULT_MULTICAST_TTL = 1;
    /** Value of {@code IP_MULTICAST_LOOP} unless set. */
    int IP_DEFAULT_MULTICAST_LOOP = 1;
    /** Fragment as needed. */
    int IP_PMTUDISC_DONT = 0;
    /** Fragment by route. */
    int IP_PMTUDISC_WANT = 1;
    /** Never fragment. */
    int IP_PMTUDISC_DO = 2;
    /** Never fragment, and ignore the known path MTU. */
    int IP_PMTUDISC_PROBE = 3;
    /** Type of service: minimise delay. */
    int IPTOS_LOWDELAY = 0x10;
    /** Type of service: maximise throughput. */
    int IPTOS_THROUGHPUT = 8;
    /** Type of service: maximise reliability. */
    int IPTOS_RELIABILITY = 4;
    /** Type of service: minimise cost. */
    int IPTOS_MINCOST = 2;

    // Options at level IPPROTO_IPV6.

    /** int: hop limit; -1 for the default. */
    int IPV6_UNICAST_HOPS = 16;
    /** int: interface of outgoing multicast. */
    int IPV6_MULTICAST_IF = 17;
    /** int: hop limit of outgoing multicast. */
    int IPV6_MULTICAST_HOPS = 18;
    /** int: whether this host hears it. */
    int IPV6_MULTICAST_LOOP = 19;
    /** {@link Ipv6Mreq}: join a group. */
    int IPV6_JOIN_GROUP = 20;
    /** {@link Ipv6Mreq}: leave a group. */
    int IPV6_LEAVE_GROUP = 21;
    /** Same as {@code IPV6_JOIN_GROUP}. */
    int IPV6_ADD_MEMBERSHIP = 20;
    /** Same as {@code IPV6_LEAVE_GROUP}. */
    int IPV6_DROP_MEMBERSHIP = 21;
    /** int: {@code IPV6_PMTUDISC_...}. */
    int IPV6_MTU_DISCOVER = 23;
    /** int: path MTU. */
    int IPV6_MTU = 24;
    /** int: keep errors in the error queue. */
    int IPV6_RECVERR = 25;
    /** int: no IPv4 on this socket. */
    int IPV6_V6ONLY = 26;
    /** int: receive for groups that other sockets joined. */
    int IPV6_MULTICAST_ALL = 29;
    /** int: receive {@link In6Pktinfo}. */
    int IPV6_RECVPKTINFO = 49;
    /** Type of that control message. */
    int IPV6_PKTINFO = 50;
    /** int: receive the hop limit. */
    int IPV6_RECVHOPLIMIT = 51;
    /** Type of that control message: int. */
    int IPV6_HOPLIMIT = 52;
    /** int: never fragment. */
    int IPV6_DONTFRAG = 62;
    /** int: receive the traffic class. */
    int IPV6_RECVTCLASS = 66;
    /** int: traffic class; also the type of its control message. */
    int IPV6_TCLASS = 67;
    /** int: {@code IPV6_PREFER_SRC_...}. */
    int IPV6_ADDR_PREFERENCES = 72;
    /** int: drop packets with a smaller hop limit. */
    int IPV6_MINHOPCOUNT = 73;
    /** int: bind to an address that is not there yet. */
    int IPV6_FREEBIND = 78;
    /** int: interface of outgoing unicast, in network order. */
    int IPV6_UNICAST_IF = 76;
    /** Prefer temporary addresses. */
    int IPV6_PREFER_SRC_TMP = 1;
    /** Prefer public addresses. */
    int IPV6_PREFER_SRC_PUBLIC = 2;
    /** No preference between the two. */
    int IPV6_PREFER_SRC_PUBTMP_DEFAULT = 0x100;
    /** Prefer care-of addresses. */
    int IPV6_PREFER_SRC_COA = 4;
    /** Prefer home addresses. */
    int IPV6_PREFER_SRC_HOME = 0x400;
    /** Prefer cryptographically generated addresses. */
    int IPV6_PREFER_SRC_CGA = 8;
    /** Prefer others. */
    int IPV6_PREFER_SRC_NONCGA = 0x800;
    /** Fragment as needed. */
    int IPV6_PMTUDISC_DONT = 0;
    /** Fragment by route. */
    int IPV6_PMTUDISC_WANT = 1;
    /** Never fragment. */
    int IPV6_PMTUDISC_DO = 2;
    /** Never fragment, and ignore the known path MTU. */
    int IPV6_PMTUDISC_PROBE = 3;

    // Options at level IPPROTO_TCP.

    /** int: send small segments at once. */
    int TCP_NODELAY = 1;
    /** int: largest segment. */
    int TCP_MAXSEG = 2;
    /** int: send full segments only. */
    int TCP_CORK = 3;
    /** int: seconds of silence before the first probe. */
    int TCP_KEEPIDLE = 4;
    /** int: seconds between probes. */
    int TCP_KEEPINTVL = 5;
    /** int: unanswered probes that end the connection. */
    int TCP_KEEPCNT = 6;
    /** int: connection requests to send. */
    int TCP_SYNCNT = 7;
    /** int: seconds in FIN-WAIT-2. */
    int TCP_LINGER2 = 8;
    /** int: seconds to wait for data before {@code accept}. */
    int TCP_DEFER_ACCEPT = 9;
    /** int: largest window to offer. */
    int TCP_WINDOW_CLAMP = 10;
    /** byte[], read only: state and counters. */
    int TCP_INFO = 11;
    /** int: acknowledge at once. */
    int TCP_QUICKACK = 12;
    /** String: congestion control. */
    int TCP_CONGESTION = 13;
    /** int: milliseconds that data may stay unacknowledged. */
    int TCP_USER_TIMEOUT = 18;
    /** int: queue of a listener for requests that bring data. */
    int TCP_FASTOPEN = 23;
    /** int: unsent bytes below which the socket is writable. */
    int TCP_NOTSENT_LOWAT = 25;
    /** int: let {@code connect} wait for the first data. */
    int TCP_FASTOPEN_CONNECT = 30;

    // Options at level IPPROTO_UDP.

    /** int: gather data into one datagram. */
    int UDP_CORK = 1;
    /** int: cut what is sent into datagrams of this size. */
    int UDP_SEGMENT = 103;
    /** int: receive several datagrams as one. */
    int UDP_GRO = 104;
}
