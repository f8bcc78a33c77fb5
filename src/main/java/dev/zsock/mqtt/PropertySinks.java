package dev.zsock.mqtt;

/** Where the properties of each packet go. */
final class PropertySinks {
    private PropertySinks() {}

    static void connack(MqttConnackParam param, Property property, PropertyReader value) {
        MqttConnackParam.Prop p = param.prop;
        switch (property) {
            case SESSION_EXPIRY_INTERVAL -> {
                p.session_expiry_interval = value.number;
                p.rx.has_session_expiry_interval = true;
            }
            case RECEIVE_MAXIMUM -> {
                p.receive_maximum = (int) value.number;
                p.rx.has_receive_maximum = true;
            }
            case MAXIMUM_PACKET_SIZE -> {
                p.maximum_packet_size = value.number;
                p.rx.has_maximum_packet_size = true;
            }
            case TOPIC_ALIAS_MAXIMUM -> {
                p.topic_alias_maximum = (int) value.number;
                p.rx.has_topic_alias_maximum = true;
            }
            case SERVER_KEEP_ALIVE -> {
                p.server_keep_alive = (int) value.number;
                p.rx.has_server_keep_alive = true;
            }
            default -> connackRest(p, property, value);
        }
    }

    private static void connackRest(
            MqttConnackParam.Prop p, Property property, PropertyReader value) {
        switch (property) {
            case MAXIMUM_QOS -> {
                p.maximum_qos = value.flag();
                p.rx.has_maximum_qos = true;
            }
            case RETAIN_AVAILABLE -> {
                p.retain_available = value.flag();
                p.rx.has_retain_available = true;
            }
            case WILDCARD_SUB_AVAILABLE -> {
                p.wildcard_sub_available = value.flag();
                p.rx.has_wildcard_sub_available = true;
            }
            case SUBSCRIPTION_IDS_AVAILABLE -> {
                p.subscription_ids_available = value.flag();
                p.rx.has_subscription_ids_available = true;
            }
            case SHARED_SUB_AVAILABLE -> {
                p.shared_sub_available = value.flag();
                p.rx.has_shared_sub_available = true;
            }
            default -> connackText(p, property, value);
        }
    }

    private static void connackText(
            MqttConnackParam.Prop p, Property property, PropertyReader value) {
        switch (property) {
            case ASSIGNED_CLIENT_ID -> {
                p.assigned_client_id.set(value.text);
                p.rx.has_assigned_client_id = true;
            }
            case REASON_STRING -> {
                p.reason_string.set(value.text);
                p.rx.has_reason_string = true;
            }
            case RESPONSE_INFORMATION -> {
                p.response_information.set(value.text);
                p.rx.has_response_information = true;
            }
            case SERVER_REFERENCE -> {
                p.server_reference.set(value.text);
                p.rx.has_server_reference = true;
            }
            case AUTH_METHOD -> {
                p.auth_method.set(value.text);
                p.rx.has_auth_method = true;
            }
            case AUTH_DATA -> {
                p.auth_data.set(value.data);
                p.rx.has_auth_data = true;
            }
            case USER_PROPERTY -> {
                value.addUserProperty(p.user_prop);
                p.rx.has_user_prop = true;
            }
            default -> throw new AssertionError(property);
        }
    }

    static void publish(MqttPublishParam param, Property property, PropertyReader value) {
        MqttPublishParam.Prop p = param.prop;
        switch (property) {
            case PAYLOAD_FORMAT_INDICATOR -> {
                p.payload_format_indicator = value.flag();
                p.rx.has_payload_format_indicator = true;
            }
            case MESSAGE_EXPIRY_INTERVAL -> {
                p.message_expiry_interval = value.number;
                p.rx.has_message_expiry_interval = true;
            }
            case TOPIC_ALIAS -> {
                p.topic_alias = (int) value.number;
                p.rx.has_topic_alias = true;
            }
            case RESPONSE_TOPIC -> {
                p.response_topic.set(value.text);
                p.rx.has_response_topic = true;
            }
            case CORRELATION_DATA -> {
                p.correlation_data.set(value.data);
                p.rx.has_correlation_data = true;
            }
            case SUBSCRIPTION_IDENTIFIER -> {
                value.addSubscriptionId(p.subscription_identifier);
                p.rx.has_subscription_identifier = true;
            }
            case CONTENT_TYPE -> {
                p.content_type.set(value.text);
                p.rx.has_content_type = true;
            }
            case USER_PROPERTY -> {
                value.addUserProperty(p.user_prop);
                p.rx.has_user_prop = true;
            }
            default -> throw new AssertionError(property);
        }
    }

    static void ack(MqttCommonAckProperties p, Property property, PropertyReader value) {
        switch (property) {
            case REASON_STRING -> {
                p.reason_string.set(value.text);
                p.rx.has_reason_string = true;
            }
            case USER_PROPERTY -> {
                value.addUserProperty(p.user_prop);
                p.rx.has_user_prop = true;
            }
            default -> throw new AssertionError(property);
        }
    }

    static void disconnect(MqttDisconnectParam param, Property property, PropertyReader value) {
        MqttDisconnectParam.Prop p = param.prop;
        switch (property) {
            case SESSION_EXPIRY_INTERVAL -> {
                p.session_expiry_interval = value.number;
                p.rx.has_session_expiry_interval = true;
            }
            case REASON_STRING -> {
                p.reason_string.set(value.text);
                p.rx.has_reason_string = true;
            }
            case SERVER_REFERENCE -> {
                p.server_reference.set(value.text);
                p.rx.has_server_reference = true;
            }
            case USER_PROPERTY -> {
                value.addUserProperty(p.user_prop);
                p.rx.has_user_prop = true;
            }
            default -> throw new AssertionError(property);
        }
    }

    static void auth(MqttAuthParam param, Property property, PropertyReader value) {
        MqttAuthParam.Prop p = param.prop;
        switch (property) {
            case AUTH_METHOD -> {
                p.auth_method.set(value.text);
                p.rx.has_auth_method = true;
            }
            case AUTH_DATA -> {
                p.auth_data.set(value.data);
                p.rx.has_auth_data = true;
            }
            case REASON_STRING -> {
                p.reason_string.set(value.text);
                p.rx.has_reason_string = true;
            }
            case USER_PROPERTY -> {
                value.addUserProperty(p.user_prop);
                p.rx.has_user_prop = true;
            }
            default -> throw new AssertionError(property);
        }
    }
}
