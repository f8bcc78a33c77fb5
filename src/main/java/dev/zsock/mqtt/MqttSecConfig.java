package dev.zsock.mqtt;

import org.jspecify.annotations.Nullable;

/** {@code struct mqtt_sec_config} of {@code <zephyr/net/mqtt.h>}: TLS of the secure transports. */
public final class MqttSecConfig {
    /** {@code TLS_PEER_VERIFY_...}. */
    public int peer_verify;

    /** Elements of {@link #cipher_list} to use. */
    public int cipher_count;

    /** Cipher suites by IANA number; null for the default. */
    public int @Nullable [] cipher_list;

    /** Elements of {@link #sec_tag_list} to use. */
    public int sec_tag_count;

    /** Tags of the credentials. */
    public int @Nullable [] sec_tag_list;

    /** Application protocols to offer; null for none. */
    public @Nullable String @Nullable [] alpn_protocol_name_list;

    /** Elements of {@link #alpn_protocol_name_list} to use. */
    public int alpn_protocol_name_count;

    /** Name the broker must prove; null for no check. */
    public @Nullable String hostname;

    /** {@code TLS_CERT_NOCOPY_...}. */
    public int cert_nocopy;

    /** {@code TLS_SESSION_CACHE_...}. */
    public int session_cache;

    /** All zero. */
    public MqttSecConfig() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttSecConfig(MqttSecConfig other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttSecConfig other) {
        peer_verify = other.peer_verify;
        cipher_count = other.cipher_count;
        cipher_list = other.cipher_list;
        sec_tag_count = other.sec_tag_count;
        sec_tag_list = other.sec_tag_list;
        alpn_protocol_name_list = other.alpn_protocol_name_list;
        alpn_protocol_name_count = other.alpn_protocol_name_count;
        hostname = other.hostname;
        cert_nocopy = other.cert_nocopy;
        session_cache = other.session_cache;
    }
}
