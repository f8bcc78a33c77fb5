/**
 * Eclipse Paho's clients over this library's websockets: a Java service for each of
 * {@code org.eclipse.paho.client.mqttv3} and {@code org.eclipse.paho.mqttv5.client} (both
 * optional).
 *
 * <p>With this library's jar before Paho's on the class path, {@code ws://} goes through here;
 * {@code zws://} does in any order.
 */
@NullMarked
package dev.zsock.mqtt.paho;

import org.jspecify.annotations.NullMarked;
