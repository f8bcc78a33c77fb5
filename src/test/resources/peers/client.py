"""Websocket client for tests: client.py URL MODE, with the modes of client.js."""
import asyncio
import os
import sys

import websockets

SIZES = (0, 1, 125, 126, 127, 65535, 65536, 16 << 20)
# FIN and BINARY, masked with zeros, 4096 bytes announced, 100 there
HALF_A_FRAME = b"\x82\xfe\x10\x00" + bytes(4) + b"x" * 100


async def echo(ws):
    for size in SIZES:
        for message in (os.urandom(size), "é" * (size // 2) + "z" * (size % 2)):
            await ws.send(message)
            assert await ws.recv() == message, size
    parts = list("für fünf €")
    await ws.send(parts)
    assert await ws.recv() == "".join(parts)
    await asyncio.wait_for(await ws.ping("hb"), 20)
    await ws.close(4001, "done")
    assert ws.close_code == 4001, ws.close_code
    print("ok")


async def listen(ws):
    async for message in ws:
        text = isinstance(message, str)
        print("text" if text else "binary", message if text else message.decode())
    print("close", ws.close_code, ws.close_reason)


async def vanish(ws):
    ws.transport.write(HALF_A_FRAME)
    ws.transport.abort()


async def main(url, mode):
    async with websockets.connect(url, max_size=None, close_timeout=20) as ws:
        await {"echo": echo, "listen": listen, "vanish": vanish}[mode](ws)


asyncio.run(main(*sys.argv[1:]))
