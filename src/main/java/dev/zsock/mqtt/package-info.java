/**
 * Zephyr's MQTT client, name for name, for MQTT 3.1, 3.1.1 and 5.0: {@code import static
 * dev.zsock.mqtt.Mqtt.*}. An ordinary application of {@link dev.zsock.Sockets}.
 */
@NullMarked
package dev.zsock.mqtt;

import org.jspecify.annotations.NullMarked;
