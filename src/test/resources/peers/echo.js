// Websocket server for tests: echo.js HOST. Prints "port N"; ends when its standard input does.
// The paths are those of echo.py.
'use strict';
const { WebSocketServer } = require('ws');

// FIN and BINARY, 4096 bytes announced, 100 there
const HALF_A_FRAME = Buffer.concat([Buffer.from([0x82, 0x7e, 0x10, 0x00]), Buffer.alloc(100, 'x')]);

const server = new WebSocketServer({
  host: process.argv[2],
  port: 0,
  maxPayload: 0, // no limit
  maxPendingAutoPongs: 0, // neither here: a busy machine has more PINGs on their way than its 60
  perMessageDeflate: true,
  handleProtocols: (offered) => ['echo', 'chat'].find((name) => offered.has(name)) ?? false,
});

const echo = (ws) => ws.on('message', (data, binary) => ws.send(data, { binary }));

const modes = {
  '/ping': (ws) => {
    ws.ping('hb');
    echo(ws);
  },
  '/pong': (ws) => {
    ws.once('pong', (data) => ws.send(`pong ${data}`));
    ws.ping('hb');
    echo(ws);
  },
  '/push': (ws, query) => {
    for (let i = 0; i < Number(query.get('n')); i++) {
      ws.send(String(i));
    }
    echo(ws);
  },
  '/close': (ws, query) => {
    ws.once('message', () => ws.close(Number(query.get('code')), query.get('reason') ?? ''));
  },
  '/vanish': (ws, query, tcp) => tcp.write(HALF_A_FRAME, () => tcp.destroy()),
  '/small': (ws) => {
    ws._receiver._maxPayload = 1000;
    echo(ws);
  },
  '/raw': (ws, query, tcp) => {
    tcp.write(Buffer.from(query.get('hex'), 'hex'));
    ws.on('close', (code) => console.log('closed', query.get('id'), code));
  },
  '/reset': (ws, query, tcp) => tcp.write(HALF_A_FRAME, () => tcp.resetAndDestroy()),
};

server.on('connection', (ws, request) => {
  const url = new URL(request.url, 'ws://localhost');
  ws.on('error', (error) => console.log(error.message));
  ws.on('close', (code) => code === 1006 && console.log('no CLOSE came or went:', request.url));
  (modes[url.pathname] ?? echo)(ws, url.searchParams, request.socket);
});
server.on('listening', () => console.log('port', server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
