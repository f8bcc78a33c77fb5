package dev.zsock.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Random parts of packets, the same for the same seed; lengths and numbers favour the borders. */
final class Generator {
    private static final String[] ALPHABET = {
        "a",
        "B",
        "7",
        " ",
        "/",
        "~",
        "\u0001",
        "\u007f",
        "é",
        "\u07ff",
        "\u0800",
        "€",
        "\ud7ff",
        "\uffff",
        "😀",
        "\udbff\udfff"
    };

    final Random random;

    Generator(long seed) {
        random = new Random(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From min to max, the borders more often. */
    int number(int min, int max) {
        int border = random.nextInt(6);
        return border == 0 ? min : border == 1 ? max : min + random.nextInt(max - min + 1);
    }

    long u32(long min) {
        return switch (random.nextInt(5)) {
            case 0 -> min;
            case 1 -> 0xffff_ffffL;
            case 2 -> 0x8000_0000L;
            default -> Math.max(min, random.nextInt() & 0xffff_ffffL);
        };
    }

    /** A string of up to max characters, of one to four bytes each. */
    String text(int min, int max) {
        StringBuilder text = new StringBuilder();
        int n = number(min, max);
        for (int i = 0; i < n; i++) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }

    String topic() {
        return text(1, 20);
    }

    String filter() {
        return switch (random.nextInt(6)) {
            case 0 -> "#";
            case 1 -> "+";
            case 2 -> text(1, 5) + "/+/" + text(0, 5);
            case 3 -> text(0, 5) + "/#";
            case 4 -> "+/+/#";
            default -> topic();
        };
    }

    byte[] bytes(int min, int max) {
        byte[] bytes = new byte[number(min, max)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A struct whose string lies somewhere in a larger buffer. */
    MqttUtf8 utf8(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        MqttBinstr placed = binary(utf8);
        MqttUtf8 s = new MqttUtf8();
        s.utf8 = placed.data;
        s.utf8_off = placed.data_off;
        s.size = placed.len;
        return s;
    }

    /** A struct whose bytes lie somewhere in a larger buffer. */
    MqttBinstr binary(byte[] bytes) {
        MqttBinstr s = new MqttBinstr();
        s.data_off = random.nextInt(4);
        s.data = new byte[s.data_off + bytes.length + random.nextInt(3)];
        s.len = bytes.length;
        random.nextBytes(s.data);
        System.arraycopy(bytes, 0, s.data, s.data_off, bytes.length);
        return s;
    }

    /** Fills the start of the list with pairs, none of them empty in both parts. */
    void userProperties(MqttUtf8Pair[] list) {
        int n = chance(40) ? number(1, list.length) : 0;
        for (int i = 0; i < n; i++) {
            list[i].name.set(utf8(text(1, 4)));
            list[i].value.set(utf8(text(0, 4)));
        }
    }

    static MqttClient client(int version) {
        MqttClient client = new MqttClient();
        Mqtt.mqtt_client_init(client);
        client.protocol_version = version;
        return client;
    }
}
