// Websocket client for tests: client.js URL MODE. Exit status 0 when all went as the mode says.
// echo    messages of many sizes come back, a ping is answered, a close is echoed; prints "ok"
// listen  prints what comes, a line each, until the close
// vanish  sends half a frame and ends the TCP stream
// deflate messages come back compressed under each set of parameters, a connection each; prints "ok"
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

const WINDOWS = [0, 9, 10, 11, 12, 13, 14, 15]; // 0: none asked for
const DEFLATE_SIZES = [0, 1, 125, 126, 65535, 65536, 100000];

const [url, mode] = process.argv.slice(2);
let ws;

async function comesBack(expected, binary) {
  const [data, isBinary] = await once(ws, 'message');
  assert.strictEqual(isBinary, binary);
  assert.ok(data.equals(expected), `${expected.length} bytes come back`);
}

async function deflate(bits, noContext, sizes, times) {
  const options = { threshold: 0 };
  options.serverNoContextTakeover = (noContext & 1) !== 0;
  options.clientNoContextTakeover = (noContext & 2) !== 0;
  if (bits !== 0) {
    options.serverMaxWindowBits = bits;
    options.clientMaxWindowBits = 24 - bits;
  }
  ws = new WebSocket(url, { maxPayload: 0, perMessageDeflate: options });
  await once(ws, 'open');
  const agreed = ws._extensions['permessage-deflate'].params;
  assert.strictEqual(agreed.server_no_context_takeover === true, (noContext & 1) !== 0);
  assert.strictEqual(agreed.server_max_window_bits, bits === 0 ? undefined : bits);
  for (const size of sizes) {
    const binary = crypto.randomBytes(size);
    const text = Buffer.from('é'.repeat(size >> 1) + 'z'.repeat(size & 1));
    for (let i = 0; i < times; i++) {
      ws.send(text, { binary: false });
      await comesBack(text, false);
      ws.send(binary);
      await comesBack(binary, true);
    }
  }
  ws.close(1000);
  assert.strictEqual((await once(ws, 'close'))[0], 1000);
}

const modes = {
  async deflate() {
    for (const bits of WINDOWS) {
      for (let noContext = bits & 3; noContext < 4; noContext += bits === 0 ? 1 : 4) {
        await deflate(bits, noContext, DEFLATE_SIZES, 2);
      }
    }
    await deflate(0, 0, [16 << 20], 1);
    console.log('ok');
  },
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

if (mode === 'deflate') {
  modes.deflate();
} else {
  ws = new WebSocket(url, { maxPayload: 0, perMessageDeflate: mode !== 'vanish' });
  ws.on('open', () => modes[mode]());
}
process.on('unhandledRejection', (error) => {
  console.log(error);
  process.exit(1);
});
