// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What other people, and people in a hurry, do to a room: each out of a @page of whatever engine, for
 * the states of the page that come of it.
 */

/** Guests of the plainest kind, who stay as long as the page does. */
export const addGuests = (page, names) =>
  page.evaluate((all) => {
    const enter = (name) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`wss://${location.host}/chat`);
        socket.onerror = reject;
        socket.onopen = () => socket.send(name);
        socket.onmessage = () => resolve(true);
      });
    return Promise.all(all.map(enter));
  }, names);

/** As many wrong codes as one machine may try in a minute. */
export const guessCodes = (page) =>
  page.evaluate(
    (codes) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`wss://${location.host}/chat`);
        let answers = 0;
        socket.onerror = reject;
        socket.onopen = () => codes.forEach((code) => socket.send(code));
        socket.onmessage = () => {
          answers += 1;
          if (answers === codes.length) resolve(true);
        };
      }),
    ['WRNG22', 'WRNG23', 'WRNG24', 'WRNG25', 'WRNG26'],
  );

/** Messages one right after the other, typed and sent here. */
export const hurry = (page, count) =>
  page.evaluate((many) => {
    const field = document.querySelector('#message');
    for (let number = 1; number <= many; number += 1) {
      field.value = `Hurry ${number}`;
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }));
    }
  }, count);

export const dropFile = (page) =>
  page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer }));
  });
