package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Puts a {@link MqttSecConfig} on a TLS socket, in Zephyr's order. */
final class TlsOptions {
    private TlsOptions() {}

    /** 0 or a negative errno. */
    static int apply(int sock, MqttSecConfig config) {
        int rc = setsockopt(sock, SOL_TLS, TLS_PEER_VERIFY, config.peer_verify);
        if (rc >= 0) {
            rc = list(sock, TLS_CIPHERSUITE_LIST, config.cipher_list, config.cipher_count);
        }
        if (rc >= 0) {
            rc = list(sock, TLS_SEC_TAG_LIST, config.sec_tag_list, config.sec_tag_count);
        }
        if (rc >= 0 && config.hostname != null) {
            rc = setsockopt(sock, SOL_TLS, TLS_HOSTNAME, config.hostname, config.hostname.length());
        }
        if (rc >= 0 && config.session_cache != TLS_SESSION_CACHE_DISABLED) {
            rc = setsockopt(sock, SOL_TLS, TLS_SESSION_CACHE, config.session_cache);
        }
        if (rc >= 0 && config.cert_nocopy != TLS_CERT_NOCOPY_NONE) {
            rc = setsockopt(sock, SOL_TLS, TLS_CERT_NOCOPY, config.cert_nocopy);
        }
        if (rc >= 0 && config.alpn_protocol_name_list != null) {
            String[] names =
                    Arrays.copyOf(config.alpn_protocol_name_list, config.alpn_protocol_name_count);
            rc = setsockopt(sock, SOL_TLS, TLS_ALPN_LIST, names, 8 * names.length);
        }
        return rc < 0 ? -errno() : 0;
    }

    private static int list(int sock, int option, int @Nullable [] list, int count) {
        if (list == null || count <= 0) {
            return 0;
        }
        int[] used = Arrays.copyOf(list, count);
        return setsockopt(sock, SOL_TLS, option, used, 4 * count);
    }
}
