// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The plain contract on Node.js with ws. Usage: node chat.js CERTIFICATE KEY
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { WebSocketServer } from "ws";

const [certificate, key] = process.argv.slice(2);
const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) });
const sockets = new WebSocketServer({ server, path: "/chat", perMessageDeflate: false });
const guests = new Set();

// Encoded once for everybody.
function tellAll(text) {
  const bytes = Buffer.from(text);
  for (const guest of guests) guest.send(bytes, { binary: false });
}

sockets.on("connection", (socket) => {
  let name = null;

  socket.on("message", (data) => {
    if (name !== null) {
      tellAll(`${name}: ${data}`);
      return;
    }
    name = data.toString();
    guests.add(socket);
    tellAll(`* ${name} joined`);
  });
  socket.on("close", () => {
    if (guests.delete(socket)) tellAll(`* ${name} left`);
  });
  socket.on("error", () => {}); // "close" follows
});

server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
  console.log(server.address().port);
});
