/** Zephyr's MQTT client API, an ordinary application of the public socket calls. */
@NullMarked
package dev.zsock.mqtt;

import org.jspecify.annotations.NullMarked;
