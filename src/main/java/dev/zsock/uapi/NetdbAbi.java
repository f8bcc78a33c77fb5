package dev.zsock.uapi;

/** Constants of {@code <netdb.h>}, with Linux's numbers, and Zephyr's {@code DNS_EAI_...}. */
public interface NetdbAbi {
    // Flags of getaddrinfo.

    /** Addresses to bind to. */
    int AI_PASSIVE = 1;
    /** Ask for the official name. */
    int AI_CANONNAME = 2;
    /** The host is an address. */
    int AI_NUMERICHOST = 4;
    /** IPv4 as mapped IPv6 addresses, if there are no others. */
    int AI_V4MAPPED = 8;
    /** With {@code AI_V4MAPPED}, mapped addresses too. */
    int AI_ALL = 0x10;
    /** Only families this host has an address of. */
    int AI_ADDRCONFIG = 0x20;
    /** The service is a number. */
    int AI_NUMERICSERV = 0x400;
    /** Zephyr: {@code ai_eflags} counts; ignored here. */
    int AI_EXTFLAGS = 0x800;

    // Results of getaddrinfo and getnameinfo, as in Linux.

    /** Bad flags. */
    int EAI_BADFLAGS = -1;
    /** No such name or service. */
    int EAI_NONAME = -2;
    /** Name service failed for now. */
    int EAI_AGAIN = -3;
    /** Name service failed. */
    int EAI_FAIL = -4;
    /** The name has no address. */
    int EAI_NODATA = -5;
    /** Family not supported. */
    int EAI_FAMILY = -6;
    /** Type of socket not supported. */
    int EAI_SOCKTYPE = -7;
    /** No such service for this type of socket. */
    int EAI_SERVICE = -8;
    /** The name has no address of the family. */
    int EAI_ADDRFAMILY = -9;
    /** Out of memory. */
    int EAI_MEMORY = -10;
    /** See {@code errno}. */
    int EAI_SYSTEM = -11;
    /** Buffer too small. */
    int EAI_OVERFLOW = -12;
    /** Request goes on. */
    int EAI_INPROGRESS = -100;
    /** Request cancelled. */
    int EAI_CANCELED = -101;
    /** Request not cancelled. */
    int EAI_NOTCANCELED = -102;
    /** All requests done. */
    int EAI_ALLDONE = -103;
    /** Interrupted by a signal. */
    int EAI_INTR = -104;
    /** Bad international name. */
    int EAI_IDN_ENCODE = -105;

    // The same under Zephyr's names.

    /** Bad flags. */
    int DNS_EAI_BADFLAGS = -1;
    /** No such name or service. */
    int DNS_EAI_NONAME = -2;
    /** Name service failed for now. */
    int DNS_EAI_AGAIN = -3;
    /** Name service failed. */
    int DNS_EAI_FAIL = -4;
    /** The name has no address. */
    int DNS_EAI_NODATA = -5;
    /** Family not supported. */
    int DNS_EAI_FAMILY = -6;
    /** Type of socket not supported. */
    int DNS_EAI_SOCKTYPE = -7;
    /** No such service for this type of socket. */
    int DNS_EAI_SERVICE = -8;
    /** The name has no address of the family. */
    int DNS_EAI_ADDRFAMILY = -9;
    /** Out of memory. */
    int DNS_EAI_MEMORY = -10;
    /** See {@code errno}. */
    int DNS_EAI_SYSTEM = -11;
    /** Buffer too small. */
    int DNS_EAI_OVERFLOW = -12;
    /** Request goes on. */
    int DNS_EAI_INPROGRESS = -100;
    /** Request cancelled. */
    int DNS_EAI_CANCELED = -101;
    /** Request not cancelled. */
    int DNS_EAI_NOTCANCELED = -102;
    /** All requests done. */
    int DNS_EAI_ALLDONE = -103;
    /** Bad international name. */
    int DNS_EAI_IDN_ENCODE = -105;

    // Flags and sizes of getnameinfo.

    /** Give the address, not a name. */
    int NI_NUMERICHOST = 1;
    /** Give the port, not a name. */
    int NI_NUMERICSERV = 2;
    /** Without the domain for hosts of the own one. */
    int NI_NOFQDN = 4;
    /** Fail without a name. */
    int NI_NAMEREQD = 8;
    /** The service is one of UDP. */
    int NI_DGRAM = 16;
    /** Room for any host name (Zephyr: 64). */
    int NI_MAXHOST = 1025;
    /** Room for any service name. */
    int NI_MAXSERV = 32;

    // <limits.h>.

    /** Longest name that {@code gethostname} gives, without its NUL. */
    int HOST_NAME_MAX = 64;
}
