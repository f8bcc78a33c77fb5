package dev.zsock.uapi;

/**
 * Constants of Zephyr's TLS sockets: {@code <zephyr/net/socket.h>} and
 * {@code <zephyr/net/tls_credentials.h>}.
 */
public interface TlsAbi {
    // Level and protocols.

    /** Level of the options below; Linux has its kernel TLS there. */
    int SOL_TLS = 282;
    /** Stream socket with TLS 1.0 or later. */
    int IPPROTO_TLS_1_0 = 256;
    /** Stream socket with TLS 1.1 or later. */
    int IPPROTO_TLS_1_1 = 257;
    /** Stream socket with TLS 1.2 or later. */
    int IPPROTO_TLS_1_2 = 258;
    /** Stream socket with TLS 1.3 or later. */
    int IPPROTO_TLS_1_3 = 259;
    /** Datagram socket with DTLS 1.0 or later. */
    int IPPROTO_DTLS_1_0 = 272;
    /** Datagram socket with DTLS 1.2 or later. */
    int IPPROTO_DTLS_1_2 = 273;

    // Options at level SOL_TLS.

    /** int[]: tags of the credentials to use. */
    int TLS_SEC_TAG_LIST = 1;
    /** String, write only: name the peer must prove; null for no check. */
    int TLS_HOSTNAME = 2;
    /** int[]: cipher suites to allow, by IANA number. */
    int TLS_CIPHERSUITE_LIST = 3;
    /** int, read only: cipher suite of the session. */
    int TLS_CIPHERSUITE_USED = 4;
    /** int, write only: {@code TLS_PEER_VERIFY_...}. */
    int TLS_PEER_VERIFY = 5;
    /** int, write only: {@code TLS_DTLS_ROLE_...}. */
    int TLS_DTLS_ROLE = 6;
    /** String[]: application protocols to offer. */
    int TLS_ALPN_LIST = 7;
    /** int: first retransmission, in milliseconds. */
    int TLS_DTLS_HANDSHAKE_TIMEOUT_MIN = 8;
    /** int: last retransmission, in milliseconds. */
    int TLS_DTLS_HANDSHAKE_TIMEOUT_MAX = 9;
    /** int, write only: {@code TLS_CERT_NOCOPY_...}. */
    int TLS_CERT_NOCOPY = 10;
    /** int, write only: no effect here. */
    int TLS_NATIVE = 11;
    /** int: {@code TLS_SESSION_CACHE_...}. */
    int TLS_SESSION_CACHE = 12;
    /** Any value, write only: forget all sessions. */
    int TLS_SESSION_CACHE_PURGE = 13;
    /** int, write only: {@code TLS_DTLS_CID_...}. */
    int TLS_DTLS_CID = 14;
    /** int, read only: {@code TLS_DTLS_CID_STATUS_...}. */
    int TLS_DTLS_CID_STATUS = 15;
    /** byte[]: own connection id. */
    int TLS_DTLS_CID_VALUE = 16;
    /** byte[], read only: the peer's connection id. */
    int TLS_DTLS_PEER_CID_VALUE = 17;
    /** int: 0 to let {@code connect} only record the peer. */
    int TLS_DTLS_HANDSHAKE_ON_CONNECT = 18;
    /** int, read only: 0, or what was wrong with the peer's certificate. */
    int TLS_CERT_VERIFY_RESULT = 19;
    /** Write only: decides on the peer's certificate. */
    int TLS_CERT_VERIFY_CALLBACK = 20;

    // Values of the options.

    /** Take any certificate. */
    int TLS_PEER_VERIFY_NONE = 0;
    /** Check it, and go on; see {@code TLS_CERT_VERIFY_RESULT}. */
    int TLS_PEER_VERIFY_OPTIONAL = 1;
    /** Refuse a bad one. */
    int TLS_PEER_VERIFY_REQUIRED = 2;
    /** Begin the handshake. */
    int TLS_DTLS_ROLE_CLIENT = 0;
    /** Wait for it. */
    int TLS_DTLS_ROLE_SERVER = 1;
    /** Copy certificates. */
    int TLS_CERT_NOCOPY_NONE = 0;
    /** Need not copy them. */
    int TLS_CERT_NOCOPY_OPTIONAL = 1;
    /** Always a full handshake. */
    int TLS_SESSION_CACHE_DISABLED = 0;
    /** Resume sessions. */
    int TLS_SESSION_CACHE_ENABLED = 1;
    /** No connection ids. */
    int TLS_DTLS_CID_DISABLED = 0;
    /** Take the peer's. */
    int TLS_DTLS_CID_SUPPORTED = 1;
    /** Use an own one as well. */
    int TLS_DTLS_CID_ENABLED = 2;
    /** None in use. */
    int TLS_DTLS_CID_STATUS_DISABLED = 0;
    /** The peer sends ours. */
    int TLS_DTLS_CID_STATUS_DOWNLINK = 1;
    /** We send the peer's. */
    int TLS_DTLS_CID_STATUS_UPLINK = 2;
    /** Both. */
    int TLS_DTLS_CID_STATUS_BIDIRECTIONAL = 3;

    // <zephyr/net/tls_credentials.h>.

    /** Unspecified. */
    int TLS_CREDENTIAL_NONE = 0;
    /** Certificates to trust, PEM or DER. */
    int TLS_CREDENTIAL_CA_CERTIFICATE = 1;
    /** Own certificate and its chain, PEM or DER. */
    int TLS_CREDENTIAL_PUBLIC_CERTIFICATE = 2;
    /** Older name of {@code TLS_CREDENTIAL_PUBLIC_CERTIFICATE}. */
    int TLS_CREDENTIAL_SERVER_CERTIFICATE = 2;
    /** Own private key, PEM or DER. */
    int TLS_CREDENTIAL_PRIVATE_KEY = 3;
    /** Pre-shared key. */
    int TLS_CREDENTIAL_PSK = 4;
    /** Name of the pre-shared key. */
    int TLS_CREDENTIAL_PSK_ID = 5;
    /** Id of a key in a key store. */
    int TLS_CREDENTIAL_PRIVATE_KEY_PSA = 6;
    /** No tag. */
    int SEC_TAG_TLS_INVALID = -1;
}
