// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The plain contract on Bun's own server (uWebSockets) with its native publish, which frames a
// message once and sends what gathers in a turn of its loop together.
// Usage: bun chat.js CERTIFICATE KEY
const [certificate, key] = process.argv.slice(2);

const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  tls: { cert: Bun.file(certificate), key: Bun.file(key) },

  fetch(request, here) {
    if (new URL(request.url).pathname === "/chat" && here.upgrade(request, { data: { name: null } })) return;
    return new Response("Not found\n", { status: 404 });
  },

  websocket: {
    perMessageDeflate: false,

    message(socket, text) {
      if (socket.data.name !== null) {
        server.publish("chat", `${socket.data.name}: ${text}`);
        return;
      }
      socket.data.name = String(text);
      socket.subscribe("chat");
      server.publish("chat", `* ${socket.data.name} joined`);
    },
    close(socket) {
      if (socket.data.name !== null) server.publish("chat", `* ${socket.data.name} left`);
    },
  },
});

console.log(server.port);
