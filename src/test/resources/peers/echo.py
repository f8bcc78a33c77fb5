"""Websocket server for tests: echo.py HOST. Prints "port N"; ends when its standard input does.

The path chooses what a connection meets:
/echo             every message comes back
/ping             a ping "hb" first, then echo
/pong             a ping "hb", and once its pong is there the text "pong hb", then echo
/push?n=N         the texts "0" to "N-1" right behind the handshake, then echo
/close?code=N     the first message is answered by a CLOSE (reason=TEXT as well)
/vanish           half a frame, then the end of the TCP stream
/reset            half a frame, then a TCP reset
/small            no message above 1000 bytes is taken, then echo
/raw?hex=H&id=I   the bytes H as they are; prints "closed I CODE" when a CLOSE has come
"""
import asyncio
import os
import socket
import struct
import sys
from urllib.parse import parse_qs, urlsplit

import websockets

# FIN and BINARY, 4096 bytes announced, 100 there
HALF_A_FRAME = b"\x82\x7e\x10\x00" + b"x" * 100


async def serve(ws):
    url = urlsplit(ws.path)
    query = {key: values[0] for key, values in parse_qs(url.query).items()}
    if url.path == "/ping":
        await ws.ping("hb")
    elif url.path == "/pong":
        await (await ws.ping("hb"))
        await ws.send("pong hb")
    elif url.path == "/push":
        for i in range(int(query["n"])):
            await ws.send(str(i))
    elif url.path == "/close":
        await ws.recv()
        await ws.close(int(query["code"]), query.get("reason", ""))
        return
    elif url.path in ("/vanish", "/reset"):
        if url.path == "/reset":
            raw = ws.transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        ws.transport.write(HALF_A_FRAME)
        ws.transport.abort()
        return
    elif url.path == "/small":
        ws.max_size = 1000
    elif url.path == "/raw":
        ws.transport.write(bytes.fromhex(query["hex"]))
        await ws.wait_closed()
        print("closed", query["id"], ws.close_code, flush=True)
        return
    async for message in ws:
        await ws.send(message)


async def main():
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    loop.add_reader(sys.stdin, lambda: os.read(0, 1) or ended.set_result(None))
    async with websockets.serve(
        serve,
        sys.argv[1],
        0,
        max_size=None,
        ping_interval=None,
        subprotocols=["echo", "chat"],
    ) as server:
        print("port", server.sockets[0].getsockname()[1], flush=True)
        await ended


asyncio.run(main())
