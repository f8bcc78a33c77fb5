/*
 * Prints what the Java sources claim about the C headers, one fact a line:
 *
 *   NAME=value                      a constant of the system's headers
 *   zephyr NAME=value               a constant of Zephyr's headers, or this library's own
 *   sizeof Struct=bytes             named as in Java
 *   offsetof Struct.field=bytes size=bytes
 *   errno NUMBER NAME TEXT          strerrorname_np and strerror; NAME is - for a gap
 *   CMSG_SPACE(n)=bytes             and CMSG_LEN
 *   cmsg BYTES                      two control messages as the macros lay them out
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/in6.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#define C(name) printf("%s=%d\n", #name, (int)(name))
#define SIZE(java, type) printf("sizeof %s=%zu\n", #java, sizeof(type))
#define FIELD(java, type, field)                                                        \
    printf("offsetof %s.%s=%zu size=%zu\n", #java, #field, offsetof(type, field),       \
           sizeof(((type *)0)->field))

static void errno_constants(void)
{
    C(EPERM); C(ENOENT); C(ESRCH); C(EINTR); C(EIO); C(ENXIO); C(E2BIG); C(ENOEXEC); C(EBADF);
    C(ECHILD); C(EAGAIN); C(EWOULDBLOCK); C(ENOMEM); C(EACCES); C(EFAULT); C(ENOTBLK); C(EBUSY);
    C(EEXIST); C(EXDEV); C(ENODEV); C(ENOTDIR); C(EISDIR); C(EINVAL); C(ENFILE); C(EMFILE);
    C(ENOTTY); C(ETXTBSY); C(EFBIG); C(ENOSPC); C(ESPIPE); C(EROFS); C(EMLINK); C(EPIPE); C(EDOM);
    C(ERANGE); C(EDEADLK); C(EDEADLOCK); C(ENAMETOOLONG); C(ENOLCK); C(ENOSYS); C(ENOTEMPTY);
    C(ELOOP); C(ENOMSG); C(EIDRM); C(ECHRNG); C(EL2NSYNC); C(EL3HLT); C(EL3RST); C(ELNRNG);
    C(EUNATCH); C(ENOCSI); C(EL2HLT); C(EBADE); C(EBADR); C(EXFULL); C(ENOANO); C(EBADRQC);
    C(EBADSLT); C(EBFONT); C(ENOSTR); C(ENODATA); C(ETIME); C(ENOSR); C(ENONET); C(ENOPKG);
    C(EREMOTE); C(ENOLINK); C(EADV); C(ESRMNT); C(ECOMM); C(EPROTO); C(EMULTIHOP); C(EDOTDOT);
    C(EBADMSG); C(EOVERFLOW); C(ENOTUNIQ); C(EBADFD); C(EREMCHG); C(ELIBACC); C(ELIBBAD);
    C(ELIBSCN); C(ELIBMAX); C(ELIBEXEC); C(EILSEQ); C(ERESTART); C(ESTRPIPE); C(EUSERS);
    C(ENOTSOCK); C(EDESTADDRREQ); C(EMSGSIZE); C(EPROTOTYPE); C(ENOPROTOOPT); C(EPROTONOSUPPORT);
    C(ESOCKTNOSUPPORT); C(EOPNOTSUPP); C(ENOTSUP); C(EPFNOSUPPORT); C(EAFNOSUPPORT); C(EADDRINUSE);
    C(EADDRNOTAVAIL); C(ENETDOWN); C(ENETUNREACH); C(ENETRESET); C(ECONNABORTED); C(ECONNRESET);
    C(ENOBUFS); C(EISCONN); C(ENOTCONN); C(ESHUTDOWN); C(ETOOMANYREFS); C(ETIMEDOUT);
    C(ECONNREFUSED); C(EHOSTDOWN); C(EHOSTUNREACH); C(EALREADY); C(EINPROGRESS); C(ESTALE);
    C(EUCLEAN); C(ENOTNAM); C(ENAVAIL); C(EISNAM); C(EREMOTEIO); C(EDQUOT); C(ENOMEDIUM);
    C(EMEDIUMTYPE); C(ECANCELED); C(ENOKEY); C(EKEYEXPIRED); C(EKEYREVOKED); C(EKEYREJECTED);
    C(EOWNERDEAD); C(ENOTRECOVERABLE); C(ERFKILL); C(EHWPOISON);
}

static void socket_constants(void)
{
    C(AF_UNSPEC); C(AF_UNIX); C(AF_LOCAL); C(AF_INET); C(AF_INET6); C(AF_NETLINK); C(AF_PACKET);
    C(AF_VSOCK); C(AF_CAN); C(AF_BLUETOOTH);
    C(PF_UNSPEC); C(PF_UNIX); C(PF_LOCAL); C(PF_INET); C(PF_INET6); C(PF_NETLINK); C(PF_PACKET);
    C(PF_VSOCK); C(PF_CAN); C(PF_BLUETOOTH);
    C(SOCK_STREAM); C(SOCK_DGRAM); C(SOCK_RAW); C(SOCK_RDM); C(SOCK_SEQPACKET); C(SOCK_NONBLOCK);
    C(SOCK_CLOEXEC);
    C(SOL_SOCKET);
    C(SO_DEBUG); C(SO_REUSEADDR); C(SO_TYPE); C(SO_ERROR); C(SO_DONTROUTE); C(SO_BROADCAST);
    C(SO_SNDBUF); C(SO_RCVBUF); C(SO_KEEPALIVE); C(SO_OOBINLINE); C(SO_NO_CHECK); C(SO_PRIORITY);
    C(SO_LINGER); C(SO_REUSEPORT); C(SO_PASSCRED); C(SO_PEERCRED); C(SO_RCVLOWAT); C(SO_SNDLOWAT);
    C(SO_RCVTIMEO); C(SO_SNDTIMEO); C(SO_BINDTODEVICE); C(SO_TIMESTAMP); C(SO_ACCEPTCONN);
    C(SO_SNDBUFFORCE); C(SO_RCVBUFFORCE); C(SO_PASSSEC); C(SO_TIMESTAMPNS); C(SO_MARK);
    C(SO_TIMESTAMPING); C(SO_PROTOCOL); C(SO_DOMAIN); C(SO_RXQ_OVFL); C(SO_PEEK_OFF);
    C(SO_BUSY_POLL); C(SO_INCOMING_CPU); C(SO_COOKIE); C(SO_ZEROCOPY); C(SO_TXTIME);
    C(SOF_TIMESTAMPING_TX_HARDWARE); C(SOF_TIMESTAMPING_TX_SOFTWARE);
    C(SOF_TIMESTAMPING_RX_HARDWARE); C(SOF_TIMESTAMPING_RX_SOFTWARE); C(SOF_TIMESTAMPING_SOFTWARE);
    C(SOF_TIMESTAMPING_RAW_HARDWARE);
    C(MSG_OOB); C(MSG_PEEK); C(MSG_DONTROUTE); C(MSG_CTRUNC); C(MSG_TRUNC); C(MSG_DONTWAIT);
    C(MSG_EOR); C(MSG_WAITALL); C(MSG_CONFIRM); C(MSG_ERRQUEUE); C(MSG_NOSIGNAL); C(MSG_MORE);
    C(MSG_WAITFORONE); C(MSG_ZEROCOPY); C(MSG_FASTOPEN); C(MSG_CMSG_CLOEXEC);
    C(SCM_RIGHTS); C(SCM_CREDENTIALS); C(SCM_TIMESTAMP); C(SCM_TIMESTAMPNS); C(SCM_TIMESTAMPING);
    C(SCM_TXTIME);
    C(SHUT_RD); C(SHUT_WR); C(SHUT_RDWR);
    C(SOMAXCONN);
    C(F_DUPFD); C(F_GETFD); C(F_SETFD); C(F_GETFL); C(F_SETFL); C(F_SETOWN); C(F_GETOWN);
    C(F_DUPFD_CLOEXEC); C(FD_CLOEXEC); C(O_RDONLY); C(O_WRONLY); C(O_RDWR); C(O_ACCMODE);
    C(O_APPEND); C(O_NONBLOCK); C(O_NDELAY); C(O_ASYNC); C(O_CLOEXEC);
    C(FIONREAD); C(FIONBIO); C(FIOASYNC); C(SIOCATMARK); C(TIOCOUTQ);
    C(EFD_SEMAPHORE); C(EFD_CLOEXEC); C(EFD_NONBLOCK);
    C(STDIN_FILENO); C(STDOUT_FILENO); C(STDERR_FILENO);
    C(UIO_MAXIOV); C(IOV_MAX);
}

static void inet_constants(void)
{
    C(IPPROTO_IP); C(IPPROTO_ICMP); C(IPPROTO_IGMP); C(IPPROTO_IPIP); C(IPPROTO_TCP);
    C(IPPROTO_UDP); C(IPPROTO_DCCP); C(IPPROTO_IPV6); C(IPPROTO_ROUTING); C(IPPROTO_FRAGMENT);
    C(IPPROTO_GRE); C(IPPROTO_ESP); C(IPPROTO_AH); C(IPPROTO_ICMPV6); C(IPPROTO_NONE);
    C(IPPROTO_DSTOPTS); C(IPPROTO_SCTP); C(IPPROTO_UDPLITE); C(IPPROTO_RAW); C(IPPROTO_MPTCP);
    C(SOL_IP); C(SOL_TCP); C(SOL_UDP); C(SOL_IPV6); C(SOL_ICMPV6);
    C(INADDR_ANY); C(INADDR_BROADCAST); C(INADDR_NONE); C(INADDR_LOOPBACK); C(INADDR_UNSPEC_GROUP);
    C(INADDR_ALLHOSTS_GROUP); C(INADDR_ALLRTRS_GROUP); C(INADDR_MAX_LOCAL_GROUP);
    C(INET_ADDRSTRLEN); C(INET6_ADDRSTRLEN); C(IPPORT_RESERVED); C(IPPORT_USERRESERVED);
    C(IN_LOOPBACKNET);
    C(IP_TOS); C(IP_TTL); C(IP_HDRINCL); C(IP_OPTIONS); C(IP_RECVOPTS); C(IP_RETOPTS);
    C(IP_PKTINFO); C(IP_MTU_DISCOVER); C(IP_RECVERR); C(IP_RECVTTL); C(IP_RECVTOS); C(IP_MTU);
    C(IP_FREEBIND); C(IP_TRANSPARENT); C(IP_RECVORIGDSTADDR); C(IP_ORIGDSTADDR); C(IP_MINTTL);
    C(IP_BIND_ADDRESS_NO_PORT); C(IP_MULTICAST_IF); C(IP_MULTICAST_TTL); C(IP_MULTICAST_LOOP);
    C(IP_ADD_MEMBERSHIP); C(IP_DROP_MEMBERSHIP); C(IP_MULTICAST_ALL); C(IP_UNICAST_IF);
    C(IP_DEFAULT_MULTICAST_TTL); C(IP_DEFAULT_MULTICAST_LOOP); C(IP_PMTUDISC_DONT);
    C(IP_PMTUDISC_WANT); C(IP_PMTUDISC_DO); C(IP_PMTUDISC_PROBE); C(IPTOS_LOWDELAY);
    C(IPTOS_THROUGHPUT); C(IPTOS_RELIABILITY); C(IPTOS_MINCOST);
#ifdef IP_LOCAL_PORT_RANGE
    C(IP_LOCAL_PORT_RANGE);
#else
    puts("IP_LOCAL_PORT_RANGE=51"); /* Linux 6.3: not in older headers */
#endif
    C(IPV6_UNICAST_HOPS); C(IPV6_MULTICAST_IF); C(IPV6_MULTICAST_HOPS); C(IPV6_MULTICAST_LOOP);
    C(IPV6_JOIN_GROUP); C(IPV6_LEAVE_GROUP); C(IPV6_ADD_MEMBERSHIP); C(IPV6_DROP_MEMBERSHIP);
    C(IPV6_MTU_DISCOVER); C(IPV6_MTU); C(IPV6_RECVERR); C(IPV6_V6ONLY); C(IPV6_MULTICAST_ALL);
    C(IPV6_RECVPKTINFO); C(IPV6_PKTINFO); C(IPV6_RECVHOPLIMIT); C(IPV6_HOPLIMIT); C(IPV6_DONTFRAG);
    C(IPV6_RECVTCLASS); C(IPV6_TCLASS); C(IPV6_ADDR_PREFERENCES); C(IPV6_MINHOPCOUNT);
    C(IPV6_FREEBIND); C(IPV6_UNICAST_IF); C(IPV6_PREFER_SRC_TMP); C(IPV6_PREFER_SRC_PUBLIC);
    C(IPV6_PREFER_SRC_PUBTMP_DEFAULT); C(IPV6_PREFER_SRC_COA); C(IPV6_PREFER_SRC_HOME);
    C(IPV6_PREFER_SRC_CGA); C(IPV6_PREFER_SRC_NONCGA); C(IPV6_PMTUDISC_DONT);
    C(IPV6_PMTUDISC_WANT); C(IPV6_PMTUDISC_DO); C(IPV6_PMTUDISC_PROBE);
    C(TCP_NODELAY); C(TCP_MAXSEG); C(TCP_CORK); C(TCP_KEEPIDLE); C(TCP_KEEPINTVL); C(TCP_KEEPCNT);
    C(TCP_SYNCNT); C(TCP_LINGER2); C(TCP_DEFER_ACCEPT); C(TCP_WINDOW_CLAMP); C(TCP_INFO);
    C(TCP_QUICKACK); C(TCP_CONGESTION); C(TCP_USER_TIMEOUT); C(TCP_FASTOPEN); C(TCP_NOTSENT_LOWAT);
    C(TCP_FASTOPEN_CONNECT);
    C(UDP_CORK); C(UDP_SEGMENT); C(UDP_GRO);
}

static void poll_constants(void)
{
    C(POLLIN); C(POLLPRI); C(POLLOUT); C(POLLERR); C(POLLHUP); C(POLLNVAL); C(POLLRDNORM);
    C(POLLRDBAND); C(POLLWRNORM); C(POLLWRBAND); C(POLLRDHUP);
    C(FD_SETSIZE);
}

static void netdb_constants(void)
{
    C(AI_PASSIVE); C(AI_CANONNAME); C(AI_NUMERICHOST); C(AI_V4MAPPED); C(AI_ALL); C(AI_ADDRCONFIG);
    C(AI_NUMERICSERV);
    C(EAI_BADFLAGS); C(EAI_NONAME); C(EAI_AGAIN); C(EAI_FAIL); C(EAI_NODATA); C(EAI_FAMILY);
    C(EAI_SOCKTYPE); C(EAI_SERVICE); C(EAI_ADDRFAMILY); C(EAI_MEMORY); C(EAI_SYSTEM);
    C(EAI_OVERFLOW); C(EAI_INPROGRESS); C(EAI_CANCELED); C(EAI_NOTCANCELED); C(EAI_ALLDONE);
    C(EAI_INTR); C(EAI_IDN_ENCODE);
    C(NI_NUMERICHOST); C(NI_NUMERICSERV); C(NI_NOFQDN); C(NI_NAMEREQD); C(NI_DGRAM); C(NI_MAXHOST);
    C(NI_MAXSERV);
    C(HOST_NAME_MAX);
}

/* The headers of these are not on the host. */
static const struct { const char *name, *value; } zephyr[] = {
    {"SO_SOCKS5", "60"}, {"ZFD_IOCTL_FIONREAD", "21531"}, {"ZFD_IOCTL_FIONBIO", "21537"},
    {"AI_EXTFLAGS", "2048"}, {"DNS_EAI_BADFLAGS", "-1"}, {"DNS_EAI_NONAME", "-2"},
    {"DNS_EAI_AGAIN", "-3"}, {"DNS_EAI_FAIL", "-4"}, {"DNS_EAI_NODATA", "-5"},
    {"DNS_EAI_FAMILY", "-6"}, {"DNS_EAI_SOCKTYPE", "-7"}, {"DNS_EAI_SERVICE", "-8"},
    {"DNS_EAI_ADDRFAMILY", "-9"}, {"DNS_EAI_MEMORY", "-10"}, {"DNS_EAI_SYSTEM", "-11"},
    {"DNS_EAI_OVERFLOW", "-12"}, {"DNS_EAI_INPROGRESS", "-100"}, {"DNS_EAI_CANCELED", "-101"},
    {"DNS_EAI_NOTCANCELED", "-102"}, {"DNS_EAI_ALLDONE", "-103"}, {"DNS_EAI_IDN_ENCODE", "-105"},
    {"WEBSOCKET_FLAG_FINAL", "1"}, {"WEBSOCKET_FLAG_TEXT", "2"}, {"WEBSOCKET_FLAG_BINARY", "4"},
    {"WEBSOCKET_FLAG_CLOSE", "8"}, {"WEBSOCKET_FLAG_PING", "16"}, {"WEBSOCKET_FLAG_PONG", "32"},
    {"WEBSOCKET_OPCODE_CONTINUE", "0"}, {"WEBSOCKET_OPCODE_DATA_TEXT", "1"},
    {"WEBSOCKET_OPCODE_DATA_BINARY", "2"}, {"WEBSOCKET_OPCODE_CLOSE", "8"},
    {"WEBSOCKET_OPCODE_PING", "9"}, {"WEBSOCKET_OPCODE_PONG", "10"}, {"SOL_WEBSOCKET", "22355"},
    {"WEBSOCKET_AUTO_PONG", "1"}, {"WEBSOCKET_RAW", "2"}, {"WEBSOCKET_MAX_FRAME", "3"},
    {"WEBSOCKET_MAX_MESSAGE", "4"}, {"WEBSOCKET_CLOSE_INFO", "5"}, {"WEBSOCKET_PENDING", "6"},
    {"WEBSOCKET_PING_INTERVAL", "7"}, {"WEBSOCKET_SUBPROTOCOL", "8"}, {"WEBSOCKET_CORK", "9"},
    {"WEBSOCKET_MSG_INFO", "16"},
    {"K_FOREVER", "-1"}, {"SYS_FOREVER_MS", "-1"}, {"K_NO_WAIT", "0"}, {"MSEC_PER_SEC", "1000"},
    {"ULLONG_MAX", "9223372036854775807"}, {"SOL_TLS", "282"}, {"IPPROTO_TLS_1_0", "256"},
    {"IPPROTO_TLS_1_1", "257"}, {"IPPROTO_TLS_1_2", "258"}, {"IPPROTO_TLS_1_3", "259"},
    {"IPPROTO_DTLS_1_0", "272"}, {"IPPROTO_DTLS_1_2", "273"}, {"TLS_SEC_TAG_LIST", "1"},
    {"TLS_HOSTNAME", "2"}, {"TLS_CIPHERSUITE_LIST", "3"}, {"TLS_CIPHERSUITE_USED", "4"},
    {"TLS_PEER_VERIFY", "5"}, {"TLS_DTLS_ROLE", "6"}, {"TLS_ALPN_LIST", "7"},
    {"TLS_DTLS_HANDSHAKE_TIMEOUT_MIN", "8"}, {"TLS_DTLS_HANDSHAKE_TIMEOUT_MAX", "9"},
    {"TLS_CERT_NOCOPY", "10"}, {"TLS_NATIVE", "11"}, {"TLS_SESSION_CACHE", "12"},
    {"TLS_SESSION_CACHE_PURGE", "13"}, {"TLS_DTLS_CID", "14"}, {"TLS_DTLS_CID_STATUS", "15"},
    {"TLS_DTLS_CID_VALUE", "16"}, {"TLS_DTLS_PEER_CID_VALUE", "17"},
    {"TLS_DTLS_HANDSHAKE_ON_CONNECT", "18"}, {"TLS_CERT_VERIFY_RESULT", "19"},
    {"TLS_CERT_VERIFY_CALLBACK", "20"}, {"TLS_PEER_VERIFY_NONE", "0"},
    {"TLS_PEER_VERIFY_OPTIONAL", "1"}, {"TLS_PEER_VERIFY_REQUIRED", "2"},
    {"TLS_DTLS_ROLE_CLIENT", "0"}, {"TLS_DTLS_ROLE_SERVER", "1"}, {"TLS_CERT_NOCOPY_NONE", "0"},
    {"TLS_CERT_NOCOPY_OPTIONAL", "1"}, {"TLS_SESSION_CACHE_DISABLED", "0"},
    {"TLS_SESSION_CACHE_ENABLED", "1"}, {"TLS_DTLS_CID_DISABLED", "0"},
    {"TLS_DTLS_CID_SUPPORTED", "1"}, {"TLS_DTLS_CID_ENABLED", "2"},
    {"TLS_DTLS_CID_STATUS_DISABLED", "0"}, {"TLS_DTLS_CID_STATUS_DOWNLINK", "1"},
    {"TLS_DTLS_CID_STATUS_UPLINK", "2"}, {"TLS_DTLS_CID_STATUS_BIDIRECTIONAL", "3"},
    {"TLS_CREDENTIAL_NONE", "0"}, {"TLS_CREDENTIAL_CA_CERTIFICATE", "1"},
    {"TLS_CREDENTIAL_PUBLIC_CERTIFICATE", "2"}, {"TLS_CREDENTIAL_SERVER_CERTIFICATE", "2"},
    {"TLS_CREDENTIAL_PRIVATE_KEY", "3"}, {"TLS_CREDENTIAL_PSK", "4"},
    {"TLS_CREDENTIAL_PSK_ID", "5"}, {"TLS_CREDENTIAL_PRIVATE_KEY_PSA", "6"},
    {"SEC_TAG_TLS_INVALID", "-1"}, {"HTTP_DELETE", "0"}, {"HTTP_GET", "1"}, {"HTTP_HEAD", "2"},
    {"HTTP_POST", "3"}, {"HTTP_PUT", "4"}, {"HTTP_CONNECT", "5"}, {"HTTP_OPTIONS", "6"},
    {"HTTP_TRACE", "7"}, {"HTTP_COPY", "8"}, {"HTTP_LOCK", "9"}, {"HTTP_MKCOL", "10"},
    {"HTTP_MOVE", "11"}, {"HTTP_PROPFIND", "12"}, {"HTTP_PROPPATCH", "13"}, {"HTTP_SEARCH", "14"},
    {"HTTP_UNLOCK", "15"}, {"HTTP_BIND", "16"}, {"HTTP_REBIND", "17"}, {"HTTP_UNBIND", "18"},
    {"HTTP_ACL", "19"}, {"HTTP_REPORT", "20"}, {"HTTP_MKACTIVITY", "21"}, {"HTTP_CHECKOUT", "22"},
    {"HTTP_MERGE", "23"}, {"HTTP_MSEARCH", "24"}, {"HTTP_NOTIFY", "25"}, {"HTTP_SUBSCRIBE", "26"},
    {"HTTP_UNSUBSCRIBE", "27"}, {"HTTP_PATCH", "28"}, {"HTTP_PURGE", "29"},
    {"HTTP_MKCALENDAR", "30"}, {"HTTP_LINK", "31"}, {"HTTP_UNLINK", "32"}, {"HTTP_DATA_MORE", "0"},
    {"HTTP_DATA_FINAL", "1"}, {"HTTP_CRLF", "\"\\r\\n\""}, {"HTTP_STATUS_STR_SIZE", "32"},
    {"MQTT_EVT_CONNACK", "0"}, {"MQTT_EVT_DISCONNECT", "1"}, {"MQTT_EVT_PUBLISH", "2"},
    {"MQTT_EVT_PUBACK", "3"}, {"MQTT_EVT_PUBREC", "4"}, {"MQTT_EVT_PUBREL", "5"},
    {"MQTT_EVT_PUBCOMP", "6"}, {"MQTT_EVT_SUBACK", "7"}, {"MQTT_EVT_UNSUBACK", "8"},
    {"MQTT_EVT_PINGRESP", "9"}, {"MQTT_EVT_AUTH", "10"}, {"MQTT_VERSION_3_1_0", "3"},
    {"MQTT_VERSION_3_1_1", "4"}, {"MQTT_VERSION_5_0", "5"}, {"MQTT_QOS_0_AT_MOST_ONCE", "0"},
    {"MQTT_QOS_1_AT_LEAST_ONCE", "1"}, {"MQTT_QOS_2_EXACTLY_ONCE", "2"},
    {"MQTT_CONNECTION_ACCEPTED", "0"}, {"MQTT_UNACCEPTABLE_PROTOCOL_VERSION", "1"},
    {"MQTT_IDENTIFIER_REJECTED", "2"}, {"MQTT_SERVER_UNAVAILABLE", "3"},
    {"MQTT_BAD_USER_NAME_OR_PASSWORD", "4"}, {"MQTT_NOT_AUTHORIZED", "5"},
    {"MQTT_SUBACK_SUCCESS_QoS_0", "0"}, {"MQTT_SUBACK_SUCCESS_QoS_1", "1"},
    {"MQTT_SUBACK_SUCCESS_QoS_2", "2"}, {"MQTT_SUBACK_FAILURE", "128"},
    {"MQTT_TRANSPORT_NON_SECURE", "0"}, {"MQTT_TRANSPORT_SECURE", "1"},
    {"MQTT_TRANSPORT_NON_SECURE_WEBSOCKET", "2"}, {"MQTT_TRANSPORT_SECURE_WEBSOCKET", "3"},
    {"MQTT_TRANSPORT_CUSTOM", "4"}, {"MQTT_TRANSPORT_NUM", "5"}, {"MQTT_CONNECT_SUCCESS", "0"},
    {"MQTT_CONNECT_UNSPECIFIED_ERROR", "128"}, {"MQTT_CONNECT_MALFORMED_PACKET", "129"},
    {"MQTT_CONNECT_PROTOCOL_ERROR", "130"}, {"MQTT_CONNECT_IMPL_SPECIFIC_ERROR", "131"},
    {"MQTT_CONNECT_UNSUPPORTED_PROTO_ERROR", "132"}, {"MQTT_CONNECT_CLIENT_ID_NOT_VALID", "133"},
    {"MQTT_CONNECT_BAD_USERNAME_OR_PASS", "134"}, {"MQTT_CONNECT_NOT_AUTHORIZED", "135"},
    {"MQTT_CONNECT_SERVER_UNAVAILABLE", "136"}, {"MQTT_CONNECT_SERVER_BUSY", "137"},
    {"MQTT_CONNECT_BANNED", "138"}, {"MQTT_CONNECT_BAD_AUTH_METHOD", "140"},
    {"MQTT_CONNECT_TOPIC_NAME_INVALID", "144"}, {"MQTT_CONNECT_PACKET_TOO_LARGE", "149"},
    {"MQTT_CONNECT_QUOTA_EXCEEDED", "151"}, {"MQTT_CONNECT_PAYLOAD_FORMAT_INVALID", "153"},
    {"MQTT_CONNECT_RETAIN_NOT_SUPPORTED", "154"}, {"MQTT_CONNECT_QOS_NOT_SUPPORTED", "155"},
    {"MQTT_CONNECT_USE_ANOTHER_SERVER", "156"}, {"MQTT_CONNECT_SERVER_MOVED", "157"},
    {"MQTT_CONNECT_CONNECTION_RATE_EXCEEDED", "159"}, {"MQTT_DISCONNECT_NORMAL", "0"},
    {"MQTT_DISCONNECT_WITH_WILL_MSG", "4"}, {"MQTT_DISCONNECT_UNSPECIFIED_ERROR", "128"},
    {"MQTT_DISCONNECT_MALFORMED_PACKET", "129"}, {"MQTT_DISCONNECT_PROTOCOL_ERROR", "130"},
    {"MQTT_DISCONNECT_IMPL_SPECIFIC_ERROR", "131"}, {"MQTT_DISCONNECT_NOT_AUTHORIZED", "135"},
    {"MQTT_DISCONNECT_SERVER_BUSY", "137"}, {"MQTT_DISCONNECT_SERVER_SHUTTING_DOWN", "139"},
    {"MQTT_DISCONNECT_KEEP_ALIVE_TIMEOUT", "141"}, {"MQTT_DISCONNECT_SESSION_TAKE_OVER", "142"},
    {"MQTT_DISCONNECT_TOPIC_FILTER_INVALID", "143"}, {"MQTT_DISCONNECT_TOPIC_NAME_INVALID", "144"},
    {"MQTT_DISCONNECT_RECV_MAX_EXCEEDED", "147"}, {"MQTT_DISCONNECT_TOPIC_ALIAS_INVALID", "148"},
    {"MQTT_DISCONNECT_PACKET_TOO_LARGE", "149"}, {"MQTT_DISCONNECT_MESSAGE_RATE_TOO_HIGH", "150"},
    {"MQTT_DISCONNECT_QUOTA_EXCEEDED", "151"}, {"MQTT_DISCONNECT_ADMIN_ACTION", "152"},
    {"MQTT_DISCONNECT_PAYLOAD_FORMAT_INVALID", "153"},
    {"MQTT_DISCONNECT_RETAIN_NOT_SUPPORTED", "154"}, {"MQTT_DISCONNECT_QOS_NOT_SUPPORTED", "155"},
    {"MQTT_DISCONNECT_USE_ANOTHER_SERVER", "156"}, {"MQTT_DISCONNECT_SERVER_MOVED", "157"},
    {"MQTT_DISCONNECT_SHARED_SUB_NOT_SUPPORTED", "158"},
    {"MQTT_DISCONNECT_CONNECTION_RATE_EXCEEDED", "159"},
    {"MQTT_DISCONNECT_MAX_CONNECT_TIME", "160"}, {"MQTT_DISCONNECT_SUB_ID_NOT_SUPPORTED", "161"},
    {"MQTT_DISCONNECT_WILDCARD_SUB_NOT_SUPPORTED", "162"}, {"MQTT_AUTH_SUCCESS", "0"},
    {"MQTT_AUTH_CONTINUE_AUTHENTICATION", "24"}, {"MQTT_AUTH_RE_AUTHENTICATE", "25"},
    {"CONFIG_MQTT_KEEPALIVE", "60"}, {"CONFIG_MQTT_CLEAN_SESSION", "0"},
    {"CONFIG_MQTT_USER_PROPERTIES_MAX", "8"},
    {"CONFIG_MQTT_SUBSCRIPTION_ID_PROPERTIES_MAX", "8"},
    {"CONFIG_MQTT_TOPIC_ALIAS_MAX", "8"}, {"CONFIG_MQTT_TOPIC_ALIAS_STRING_MAX", "1024"},
};

/* This library's own: the data of WEBSOCKET_MSG_INFO. */
struct websocket_msg_info {
    unsigned int message_type;
    unsigned long long remaining;
};

static void structs(void)
{
    SIZE(InAddr, struct in_addr);
    FIELD(InAddr, struct in_addr, s_addr);
    SIZE(In6Addr, struct in6_addr);
    FIELD(In6Addr, struct in6_addr, s6_addr);
    SIZE(SockaddrIn, struct sockaddr_in);
    FIELD(SockaddrIn, struct sockaddr_in, sin_family);
    FIELD(SockaddrIn, struct sockaddr_in, sin_port);
    FIELD(SockaddrIn, struct sockaddr_in, sin_addr);
    SIZE(SockaddrIn6, struct sockaddr_in6);
    FIELD(SockaddrIn6, struct sockaddr_in6, sin6_family);
    FIELD(SockaddrIn6, struct sockaddr_in6, sin6_port);
    FIELD(SockaddrIn6, struct sockaddr_in6, sin6_flowinfo);
    FIELD(SockaddrIn6, struct sockaddr_in6, sin6_addr);
    FIELD(SockaddrIn6, struct sockaddr_in6, sin6_scope_id);
    SIZE(SockaddrUn, struct sockaddr_un);
    FIELD(SockaddrUn, struct sockaddr_un, sun_family);
    FIELD(SockaddrUn, struct sockaddr_un, sun_path);
    SIZE(SockaddrStorage, struct sockaddr_storage);
    FIELD(SockaddrStorage, struct sockaddr_storage, ss_family);
    SIZE(Pollfd, struct pollfd);
    FIELD(Pollfd, struct pollfd, fd);
    FIELD(Pollfd, struct pollfd, events);
    FIELD(Pollfd, struct pollfd, revents);
    SIZE(FdSet, fd_set);
    SIZE(Timeval, struct timeval);
    FIELD(Timeval, struct timeval, tv_sec);
    FIELD(Timeval, struct timeval, tv_usec);
    SIZE(Linger, struct linger);
    FIELD(Linger, struct linger, l_onoff);
    FIELD(Linger, struct linger, l_linger);
    SIZE(IpMreqn, struct ip_mreqn);
    FIELD(IpMreqn, struct ip_mreqn, imr_multiaddr);
    FIELD(IpMreqn, struct ip_mreqn, imr_address);
    FIELD(IpMreqn, struct ip_mreqn, imr_ifindex);
    SIZE(IpMreq, struct ip_mreq);
    FIELD(IpMreq, struct ip_mreq, imr_multiaddr);
    FIELD(IpMreq, struct ip_mreq, imr_interface);
    SIZE(Ipv6Mreq, struct ipv6_mreq);
    FIELD(Ipv6Mreq, struct ipv6_mreq, ipv6mr_multiaddr);
    FIELD(Ipv6Mreq, struct ipv6_mreq, ipv6mr_interface);
    SIZE(InPktinfo, struct in_pktinfo);
    FIELD(InPktinfo, struct in_pktinfo, ipi_ifindex);
    FIELD(InPktinfo, struct in_pktinfo, ipi_spec_dst);
    FIELD(InPktinfo, struct in_pktinfo, ipi_addr);
    SIZE(In6Pktinfo, struct in6_pktinfo);
    FIELD(In6Pktinfo, struct in6_pktinfo, ipi6_addr);
    FIELD(In6Pktinfo, struct in6_pktinfo, ipi6_ifindex);
    SIZE(Addrinfo, struct addrinfo);
    FIELD(Addrinfo, struct addrinfo, ai_flags);
    FIELD(Addrinfo, struct addrinfo, ai_family);
    FIELD(Addrinfo, struct addrinfo, ai_socktype);
    FIELD(Addrinfo, struct addrinfo, ai_protocol);
    FIELD(Addrinfo, struct addrinfo, ai_addrlen);
    FIELD(Addrinfo, struct addrinfo, ai_addr);
    FIELD(Addrinfo, struct addrinfo, ai_canonname);
    FIELD(Addrinfo, struct addrinfo, ai_next);
    SIZE(Iovec, struct iovec);
    FIELD(Iovec, struct iovec, iov_base);
    FIELD(Iovec, struct iovec, iov_len);
    SIZE(Msghdr, struct msghdr);
    FIELD(Msghdr, struct msghdr, msg_name);
    FIELD(Msghdr, struct msghdr, msg_namelen);
    FIELD(Msghdr, struct msghdr, msg_iov);
    FIELD(Msghdr, struct msghdr, msg_iovlen);
    FIELD(Msghdr, struct msghdr, msg_control);
    FIELD(Msghdr, struct msghdr, msg_controllen);
    FIELD(Msghdr, struct msghdr, msg_flags);
    SIZE(Cmsghdr, struct cmsghdr);
    FIELD(Cmsghdr, struct cmsghdr, cmsg_len);
    FIELD(Cmsghdr, struct cmsghdr, cmsg_level);
    FIELD(Cmsghdr, struct cmsghdr, cmsg_type);
    SIZE(IntRef, int);
    SIZE(LongRef, unsigned long long);
    SIZE(WebsocketMsgInfo, struct websocket_msg_info);
    FIELD(WebsocketMsgInfo, struct websocket_msg_info, message_type);
    FIELD(WebsocketMsgInfo, struct websocket_msg_info, remaining);
}

static void errors(void)
{
    for (int e = -1; e <= 140; e++) {
        const char *name = strerrorname_np(e);
        printf("errno %d %s %s\n", e, name == NULL ? "-" : name, strerror(e));
    }
}

static void control_messages(void)
{
    union {
        char bytes[CMSG_SPACE(3 * sizeof(int)) + CMSG_SPACE(1)];
        struct cmsghdr align;
    } control;
    struct msghdr msg = {.msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)};
    const int rights[] = {3, 4, 5};

    for (size_t n = 0; n <= 17; n++) {
        printf("CMSG_LEN(%zu)=%zu\n", n, (size_t)CMSG_LEN(n));
        printf("CMSG_SPACE(%zu)=%zu\n", n, (size_t)CMSG_SPACE(n));
    }
    memset(&control, 0, sizeof(control));
    struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
    cmsg->cmsg_len = CMSG_LEN(sizeof(rights));
    cmsg->cmsg_level = SOL_SOCKET;
    cmsg->cmsg_type = SCM_RIGHTS;
    memcpy(CMSG_DATA(cmsg), rights, sizeof(rights));
    cmsg = CMSG_NXTHDR(&msg, cmsg);
    cmsg->cmsg_len = CMSG_LEN(1);
    cmsg->cmsg_level = IPPROTO_IP;
    cmsg->cmsg_type = IP_TOS;
    *CMSG_DATA(cmsg) = 0x10;
    printf("cmsg ");
    for (size_t i = 0; i < sizeof(control.bytes); i++) {
        printf("%02x", (unsigned char)control.bytes[i]);
    }
    printf("\n");
}

int main(void)
{
    errno_constants();
    socket_constants();
    inet_constants();
    poll_constants();
    netdb_constants();
    for (size_t i = 0; i < sizeof(zephyr) / sizeof(zephyr[0]); i++) {
        printf("zephyr %s=%s\n", zephyr[i].name, zephyr[i].value);
    }
    structs();
    errors();
    control_messages();
    return 0;
}
