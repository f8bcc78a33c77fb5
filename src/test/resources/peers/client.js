// Websocket client for tests: client.js URL MODE. Exit status 0 when all went as the mode says.
// echo    messages of many sizes come back, a ping is answered, a close is echoed; prints "ok"
// listen  prints what comes, a line each, until the close
// vanish  sends half a frame and ends the TCP stream
'use strict';
const assert = require('assert');
const crypto = require('crypto');
const { once } = require('events');
const WebSocket = require('ws');

const SIZES = [0, 1, 125, 126, 127, 65535, 65536, 16 << 20];
// FIN and BINARY, masked with zeros, 4096 bytes announced, 100 there
const HALF_A_FRAME = Buffer.concat([
  Buffer.from([0x82, 0xfe, 0x10, 0x00, 0, 0, 0, 0]),
  Buffer.alloc(100, 'x'),
]);

const [url, mode] = process.argv.slice(2);
const ws = new WebSocket(url, { maxPayload: 0, perMessageDeflate: mode !== 'vanish' });

async function comesBack(expected, binary) {
  const [data, isBinary] = await once(ws, 'message');
  assert.strictEqual(isBinary, binary);
  assert.ok(data.equals(expected), `${expected.length} bytes come back`);
}

const modes = {
  async echo() {
    for (const size of SIZES) {
      const binary = crypto.randomBytes(size);
      ws.send(binary);
      await comesBack(binary, true);
      const text = Buffer.from('é'.repeat(size >> 1) + 'z'.repeat(size & 1));
      ws.send(text, { binary: false });
      await comesBack(text, false);
    }
    const parts = Buffer.from('für fünf €');
    for (let i = 0; i < parts.length; i++) {
      ws.send(parts.subarray(i, i + 1), { binary: false, fin: i === parts.length - 1 });
    }
    await comesBack(parts, false);
    ws.ping('hb');
    assert.strictEqual((await once(ws, 'pong'))[0].toString(), 'hb');
    ws.close(4001, 'done');
    assert.strictEqual((await once(ws, 'close'))[0], 4001);
    console.log('ok');
  },
  async listen() {
    ws.on('message', (data, binary) => console.log(binary ? 'binary' : 'text', data.toString()));
    ws.on('ping', (data) => console.log('ping', data.toString()));
    const [code, reason] = await once(ws, 'close');
    console.log('close', code, reason.toString());
  },
  async vanish() {
    ws._socket.write(HALF_A_FRAME, () => ws._socket.destroy());
  },
};

ws.on('open', () => modes[mode]());
process.on('unhandledRejection', (error) => {
  console.log(error);
  process.exit(1);
});
