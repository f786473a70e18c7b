// SPDX-License-Identifier: GPL-3.0-or-later
// What Node.js does for each sequence of `like node`: between two marks, for strace.
'use strict';
const { fork } = require('child_process');
const fs = require('fs');
const net = require('net');

const here = '127.64.2.1';
const begin = () => fs.writeSync(2, 'BEGIN\n');
const end = () => { fs.writeSync(2, 'END\n'); process.reallyExit(0); };
// What is asked for reaches the event loop's set when that goes round.
const endAfterTurn = () => setTimeout(end, 20);

const cases = {
  create_server() {
    begin();
    net.createServer().listen(0, here, endAfterTurn);
  },
  create_server_any() {
    begin();
    net.createServer().listen(0, endAfterTurn);
  },
  // The other end is another process, which is not watched.
  connect() {
    const child = fork(__filename, ['server']);
    child.once('message', (port) => setTimeout(() => {
      begin();
      net.connect(port, here, endAfterTurn);
    }, 20));
  },
  server() {
    const server = net.createServer();
    server.listen(0, here, () => process.send(server.address().port));
    process.once('disconnect', () => process.exit());
  },
};

// The first server makes Node.js read what this machine is.
const first = net.createServer();
first.listen(0, here, () => first.close(() => setTimeout(cases[process.argv[2]], 20)));
