package dev.zsock.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;

import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** Netty, on epoll where its native part loads. */
final class NettyAgent extends CallbackAgent {
    private static final int HEAD = 8192;
    private static final int MOST = 1 << 21;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, loops());

    public static void main(String[] args) throws Exception {
        new NettyAgent().run(args[0]);
    }

    private static IoHandlerFactory loops() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    @Override
    Connection open(String address, Runnable whole) throws InterruptedException {
        URI uri = URI.create(address);
        Handler handler = new Handler(whole);
        Channel channel = new Bootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        socket.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(HEAD))
                                .addLast(new WebSocketClientProtocolHandler(
                                        WebSocketClientHandshakerFactory.newHandshaker(
                                                uri,
                                                WebSocketVersion.V13,
                                                null,
                                                false,
                                                new DefaultHttpHeaders(),
                                                MOST)))
                                .addLast(handler);
                    }
                })
                .connect(uri.getHost(), uri.getPort())
                .sync()
                .channel();
        handler.open.await();
        return new Written(channel);
    }

    private record Written(Channel channel) implements Connection {
        @Override
        public void binary(byte[] payload) {
            write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(payload)));
        }

        @Override
        public void text(String message) {
            write(new TextWebSocketFrame(message));
        }

        private void write(WebSocketFrame frame) {
            while (!channel.isWritable() && !channel.eventLoop().inEventLoop()) {
                Thread.onSpinWait();
            }
            channel.writeAndFlush(frame, channel.voidPromise());
        }
    }

    private static final class Handler extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final CountDownLatch open = new CountDownLatch(1);
        private final Runnable whole;

        Handler(Runnable whole) {
            this.whole = whole;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event
                    == WebSocketClientProtocolHandler.ClientHandshakeStateEvent
                            .HANDSHAKE_COMPLETE) {
                open.countDown();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame.isFinalFragment()) {
                whole.run();
            }
        }
    }
}
