"""Websocket client for tests: client.py URL MODE, with the modes of client.js."""
import asyncio
import os
import sys

import websockets
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

WINDOWS = (None, *range(9, 16))
DEFLATE_SIZES = (0, 1, 125, 126, 65535, 65536, 100000)
SIZES = (0, 1, 125, 126, 127, 65535, 65536, 16 << 20)
# whatever size, and no pings of its own: a busy machine is not a dead one
PATIENT = {"max_size": None, "close_timeout": 60, "ping_interval": None}
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


async def deflate(url, bits, no_context, sizes, times):
    server, client = no_context & 1 != 0, no_context & 2 != 0
    other = None if bits is None else 24 - bits
    offer = ClientPerMessageDeflateFactory(server, client, bits, other)
    async with websockets.connect(
        url, extensions=[offer], compression=None, **PATIENT
    ) as ws:
        agreed = ws.extensions[0]
        assert agreed.remote_no_context_takeover == server
        assert agreed.remote_max_window_bits == (bits or 15)
        for size in sizes:
            for message in times * (os.urandom(size), "é" * (size // 2) + "z" * (size % 2)):
                await ws.send(message)
                assert await ws.recv() == message, size
    assert ws.close_code == 1000, ws.close_code


async def every_deflate(url):
    for bits in WINDOWS:
        for no_context in range(4) if bits is None else (bits & 3,):
            await deflate(url, bits, no_context, DEFLATE_SIZES, 2)
    await deflate(url, None, 0, (16 << 20,), 1)
    print("ok")


async def main(url, mode):
    if mode == "deflate":
        return await every_deflate(url)
    async with websockets.connect(url, **PATIENT) as ws:
        await {"echo": echo, "listen": listen, "vanish": vanish}[mode](ws)


asyncio.run(main(*sys.argv[1:]))
