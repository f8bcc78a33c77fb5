package dev.zsock.uapi;

/** Constants of {@code <zephyr/net/mqtt.h>}, with every transport enabled. */
public interface MqttAbi {
    // Events, enum mqtt_evt_type.

    /** The broker answered CONNECT. */
    int MQTT_EVT_CONNACK = 0;
    /** The connection is over. */
    int MQTT_EVT_DISCONNECT = 1;
    /** A message came. */
    int MQTT_EVT_PUBLISH = 2;
    /** QoS 1 message taken. */
    int MQTT_EVT_PUBACK = 3;
    /** QoS 2 message received. */
    int MQTT_EVT_PUBREC = 4;
    /** QoS 2 message released. */
    int MQTT_EVT_PUBREL = 5;
    /** QoS 2 message done. */
    int MQTT_EVT_PUBCOMP = 6;
    /** The broker answered SUBSCRIBE. */
    int MQTT_EVT_SUBACK = 7;
    /** The broker answered UNSUBSCRIBE. */
    int MQTT_EVT_UNSUBACK = 8;
    /** The broker answered PINGREQ. */
    int MQTT_EVT_PINGRESP = 9;
    /** Authentication goes on (5.0). */
    int MQTT_EVT_AUTH = 10;

    // Protocol versions, enum mqtt_version.

    /** 3.1. */
    int MQTT_VERSION_3_1_0 = 3;
    /** 3.1.1. */
    int MQTT_VERSION_3_1_1 = 4;
    /** 5.0. */
    int MQTT_VERSION_5_0 = 5;

    // Quality of service, enum mqtt_qos.

    /** At most once. */
    int MQTT_QOS_0_AT_MOST_ONCE = 0;
    /** At least once. */
    int MQTT_QOS_1_AT_LEAST_ONCE = 1;
    /** Exactly once. */
    int MQTT_QOS_2_EXACTLY_ONCE = 2;

    // Return codes of CONNACK, enum mqtt_conn_return_code.

    /** Accepted. */
    int MQTT_CONNECTION_ACCEPTED = 0;
    /** Protocol version not supported. */
    int MQTT_UNACCEPTABLE_PROTOCOL_VERSION = 1;
    /** Client identifier not allowed. */
    int MQTT_IDENTIFIER_REJECTED = 2;
    /** Service not available. */
    int MQTT_SERVER_UNAVAILABLE = 3;
    /** User name or password malformed. */
    int MQTT_BAD_USER_NAME_OR_PASSWORD = 4;
    /** Not authorised. */
    int MQTT_NOT_AUTHORIZED = 5;

    // Return codes of SUBACK, enum mqtt_suback_return_code.

    /** Granted, QoS 0. */
    int MQTT_SUBACK_SUCCESS_QoS_0 = 0;
    /** Granted, QoS 1. */
    int MQTT_SUBACK_SUCCESS_QoS_1 = 1;
    /** Granted, QoS 2. */
    int MQTT_SUBACK_SUCCESS_QoS_2 = 2;
    /** Refused. */
    int MQTT_SUBACK_FAILURE = 0x80;

    // Transports, enum mqtt_transport_type.

    /** TCP. */
    int MQTT_TRANSPORT_NON_SECURE = 0;
    /** TLS. */
    int MQTT_TRANSPORT_SECURE = 1;
    /** Websocket. */
    int MQTT_TRANSPORT_NON_SECURE_WEBSOCKET = 2;
    /** Websocket over TLS. */
    int MQTT_TRANSPORT_SECURE_WEBSOCKET = 3;
    /** The program's own. */
    int MQTT_TRANSPORT_CUSTOM = 4;
    /** Number of the others. */
    int MQTT_TRANSPORT_NUM = 5;
}
