package dev.zsock.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;

import java.util.HexFormat;

/** netty's codec, once per protocol version: the codec that is not ours. */
final class NettyCodec implements AutoCloseable {
    private static final int LARGEST = 1 << 20;

    private final EmbeddedChannel channel =
            new EmbeddedChannel(MqttEncoder.INSTANCE, new MqttDecoder(LARGEST, 1 << 16));

    /** Speaks this version from the first packet on. */
    NettyCodec(int version) {
        String connect =
                version == 5 ? "100d00044d5154540502003c000000" : "100c00044d5154540402003c0000";
        MqttMessage hello = decode(HexFormat.of().parseHex(connect));
        if (hello.decoderResult().isFailure()) {
            throw new AssertionError(hello);
        }
    }

    byte[] encode(MqttMessage message) {
        channel.writeOutbound(message);
        ByteBuf out = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            out.writeBytes(part);
            part.release();
        }
        byte[] wire = new byte[out.readableBytes()];
        out.readBytes(wire);
        return wire;
    }

    /** The message, maybe one that says it could not be decoded, or null when bytes lack. */
    MqttMessage decode(byte[] wire) {
        channel.writeInbound(Unpooled.wrappedBuffer(wire));
        return channel.readInbound();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
