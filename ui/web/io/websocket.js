// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * One connection to the host as a WebSocket. Whatever carries frames looks like this to the rest:
 * a function that opens a Link and tells its events: opened, then any number of frames and signs of
 * life, and closed once, never before the function returned.
 */

import { SUBPROTOCOL } from '../model/protocol.js';

/**
 * opened: ready for a hello, once more where the link goes on by another way. isAwaited: a hello
 * waits for it.
 * @typedef {{ opened: (kind: import('../model/types.js').LinkKind) => void,
 *   frame: (text: string) => void, alive: () => void, closed: (code: number) => void,
 *   isAwaited: () => boolean }} LinkEvents
 *
 * close: silent, no event follows. hurry: what waits for it began to wait.
 * @typedef {{ send: (text: string) => void, close: () => void, hurry?: () => void }} Link
 * @typedef {(events: LinkEvents) => Link} OpenLink
 */

/** @param {Location} location @returns {string} */
export function chatUrl(location) {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/chat`;
}

/** @param {string} url @returns {OpenLink} which throws where the browser does */
export function webSocketLinks(url) {
  return (events) => {
    const socket = new WebSocket(url, SUBPROTOCOL);
    socket.onopen = () => events.opened('websocket');
    socket.onmessage = (event) => {
      if (typeof event.data === 'string') events.frame(event.data);
    };
    socket.onclose = (event) => events.closed(event.code);
    return {
      send: (text) => socket.send(text),
      close() {
        socket.onopen = null;
        socket.onmessage = null;
        socket.onclose = null;
        socket.close();
      },
    };
  };
}
