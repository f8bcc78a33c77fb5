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

    // Reason codes of CONNACK (5.0), enum mqtt_connect_reason_code.

    /** Accepted. */
    int MQTT_CONNECT_SUCCESS = 0;
    /** No reason given. */
    int MQTT_CONNECT_UNSPECIFIED_ERROR = 128;
    /** A packet could not be decoded. */
    int MQTT_CONNECT_MALFORMED_PACKET = 129;
    /** A packet broke the protocol. */
    int MQTT_CONNECT_PROTOCOL_ERROR = 130;
    /** A limit of the implementation. */
    int MQTT_CONNECT_IMPL_SPECIFIC_ERROR = 131;
    /** Protocol version not supported. */
    int MQTT_CONNECT_UNSUPPORTED_PROTO_ERROR = 132;
    /** Client identifier not allowed. */
    int MQTT_CONNECT_CLIENT_ID_NOT_VALID = 133;
    /** User name or password not accepted. */
    int MQTT_CONNECT_BAD_USERNAME_OR_PASS = 134;
    /** Not authorised. */
    int MQTT_CONNECT_NOT_AUTHORIZED = 135;
    /** Server not available. */
    int MQTT_CONNECT_SERVER_UNAVAILABLE = 136;
    /** Server busy. */
    int MQTT_CONNECT_SERVER_BUSY = 137;
    /** Client banned. */
    int MQTT_CONNECT_BANNED = 138;
    /** Authentication method not supported. */
    int MQTT_CONNECT_BAD_AUTH_METHOD = 140;
    /** Topic name not accepted. */
    int MQTT_CONNECT_TOPIC_NAME_INVALID = 144;
    /** Packet too large. */
    int MQTT_CONNECT_PACKET_TOO_LARGE = 149;
    /** Quota exceeded. */
    int MQTT_CONNECT_QUOTA_EXCEEDED = 151;
    /** Payload is not what its format says. */
    int MQTT_CONNECT_PAYLOAD_FORMAT_INVALID = 153;
    /** Retained messages not supported. */
    int MQTT_CONNECT_RETAIN_NOT_SUPPORTED = 154;
    /** QoS not supported. */
    int MQTT_CONNECT_QOS_NOT_SUPPORTED = 155;
    /** Use another server for now. */
    int MQTT_CONNECT_USE_ANOTHER_SERVER = 156;
    /** Use another server for good. */
    int MQTT_CONNECT_SERVER_MOVED = 157;
    /** Too many connections in a time. */
    int MQTT_CONNECT_CONNECTION_RATE_EXCEEDED = 159;

    // Reason codes of DISCONNECT (5.0), enum mqtt_disconnect_reason.

    /** Normal end, without the will. */
    int MQTT_DISCONNECT_NORMAL = 0;
    /** Normal end, publish the will. */
    int MQTT_DISCONNECT_WITH_WILL_MSG = 4;
    /** No reason given. */
    int MQTT_DISCONNECT_UNSPECIFIED_ERROR = 128;
    /** A packet could not be decoded. */
    int MQTT_DISCONNECT_MALFORMED_PACKET = 129;
    /** A packet broke the protocol. */
    int MQTT_DISCONNECT_PROTOCOL_ERROR = 130;
    /** A limit of the implementation. */
    int MQTT_DISCONNECT_IMPL_SPECIFIC_ERROR = 131;
    /** Not authorised. */
    int MQTT_DISCONNECT_NOT_AUTHORIZED = 135;
    /** Server busy. */
    int MQTT_DISCONNECT_SERVER_BUSY = 137;
    /** Server shuts down. */
    int MQTT_DISCONNECT_SERVER_SHUTTING_DOWN = 139;
    /** Nothing came within the keepalive time. */
    int MQTT_DISCONNECT_KEEP_ALIVE_TIMEOUT = 141;
    /** Another connection has the same client identifier. */
    int MQTT_DISCONNECT_SESSION_TAKE_OVER = 142;
    /** Topic filter not accepted. */
    int MQTT_DISCONNECT_TOPIC_FILTER_INVALID = 143;
    /** Topic name not accepted. */
    int MQTT_DISCONNECT_TOPIC_NAME_INVALID = 144;
    /** More messages in flight than allowed. */
    int MQTT_DISCONNECT_RECV_MAX_EXCEEDED = 147;
    /** Topic alias out of range. */
    int MQTT_DISCONNECT_TOPIC_ALIAS_INVALID = 148;
    /** Packet too large. */
    int MQTT_DISCONNECT_PACKET_TOO_LARGE = 149;
    /** Too many messages in a time. */
    int MQTT_DISCONNECT_MESSAGE_RATE_TOO_HIGH = 150;
    /** Quota exceeded. */
    int MQTT_DISCONNECT_QUOTA_EXCEEDED = 151;
    /** Closed by an administrator. */
    int MQTT_DISCONNECT_ADMIN_ACTION = 152;
    /** Payload is not what its format says. */
    int MQTT_DISCONNECT_PAYLOAD_FORMAT_INVALID = 153;
    /** Retained messages not supported. */
    int MQTT_DISCONNECT_RETAIN_NOT_SUPPORTED = 154;
    /** QoS not supported. */
    int MQTT_DISCONNECT_QOS_NOT_SUPPORTED = 155;
    /** Use another server for now. */
    int MQTT_DISCONNECT_USE_ANOTHER_SERVER = 156;
    /** Use another server for good. */
    int MQTT_DISCONNECT_SERVER_MOVED = 157;
    /** Shared subscriptions not supported. */
    int MQTT_DISCONNECT_SHARED_SUB_NOT_SUPPORTED = 158;
    /** Too many connections in a time. */
    int MQTT_DISCONNECT_CONNECTION_RATE_EXCEEDED = 159;
    /** Connected for too long. */
    int MQTT_DISCONNECT_MAX_CONNECT_TIME = 160;
    /** Subscription identifiers not supported. */
    int MQTT_DISCONNECT_SUB_ID_NOT_SUPPORTED = 161;
    /** Wildcard subscriptions not supported. */
    int MQTT_DISCONNECT_WILDCARD_SUB_NOT_SUPPORTED = 162;

    // Reason codes of AUTH (5.0), enum mqtt_auth_reason.

    /** Done. */
    int MQTT_AUTH_SUCCESS = 0;
    /** The exchange goes on. */
    int MQTT_AUTH_CONTINUE_AUTHENTICATION = 24;
    /** Authenticate again. */
    int MQTT_AUTH_RE_AUTHENTICATE = 25;

    // Zephyr's Kconfig; the last four are larger here than its defaults (1, 1, 5 and 64).

    /** Keep alive of {@code mqtt_client_init}, in seconds. */
    int CONFIG_MQTT_KEEPALIVE = 60;
    /** Clean session flag of {@code mqtt_client_init}: the broker keeps the session. */
    int CONFIG_MQTT_CLEAN_SESSION = 0;
    /** User properties of one packet; more that come are dropped. */
    int CONFIG_MQTT_USER_PROPERTIES_MAX = 8;
    /** Subscription identifiers of one message; more that come are dropped. */
    int CONFIG_MQTT_SUBSCRIPTION_ID_PROPERTIES_MAX = 8;
    /** Topic aliases that the broker may use. */
    int CONFIG_MQTT_TOPIC_ALIAS_MAX = 8;
    /** Longest topic that may have an alias, in bytes. */
    int CONFIG_MQTT_TOPIC_ALIAS_STRING_MAX = 1024;
}
