// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * One connection to the host as a WebSocket. Whatever carries frames looks like this to the rest:
 * a function that opens a Link and tells its three events, each at most in this order: opened,
 * any number of frames, closed once.
 */

import { SUBPROTOCOL } from '../model/protocol.js';

/**
 * @typedef {{ opened: () => void, frame: (text: string) => void, closed: (code: number) => void }}
 *   LinkEvents
 * @typedef {{ send: (text: string) => void, close: () => void }} Link  close: silent, no event
 *   follows
 * @typedef {(events: LinkEvents) => Link} OpenLink
 */

/** @param {Location} location @returns {string} */
export function chatUrl(location) {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/chat`;
}

/** @param {string} url @returns {OpenLink} */
export function webSocketLinks(url) {
  return (events) => {
    const socket = new WebSocket(url, SUBPROTOCOL);
    socket.onopen = () => events.opened();
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
