// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { findLinks } from '../../../ui/web/model/links.js';

const linksOf = (text) => findLinks(text).filter((piece) => piece.href);

test('what is a link, and where it ends', () => {
  const cases = [
    ['see https://example.org.', 'https://example.org'],
    ['(https://example.org/a)', 'https://example.org/a'],
    ['https://example.org/a_(b)', 'https://example.org/a_(b)'],
    ['“https://example.org/?q=1&r=2”', 'https://example.org/?q=1&r=2'],
    ['HTTP://EXAMPLE.org!', 'HTTP://EXAMPLE.org'],
    ['http://192.168.1.5:8080/x, then', 'http://192.168.1.5:8080/x'],
    ['https://example.org/…', 'https://example.org/'],
    ['<https://example.org/a>', 'https://example.org/a'],
    ['https://example.org/\u202egpj.exe', 'https://example.org/'],
  ];
  for (const [text, link] of cases)
    assert.deepEqual(
      linksOf(text).map((piece) => piece.text),
      [link],
      text,
    );
});

test('what is none', () => {
  const cases = [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org',
    'example.org',
    'https://',
    'https://user@evil.example/',
    'https://bank.example:secret@evil.example/',
    'http://[::g]/',
    'xhttps://example.org',
  ];
  for (const text of cases) assert.deepEqual(linksOf(text), [], text);
});

test('nothing of the text is lost or changed', () => {
  const texts = ['', 'a', 'a https://b.example, c http://d.example/(e)) f', 'https://b.example\nx'];
  for (const text of texts)
    assert.equal(
      findLinks(text)
        .map((piece) => piece.text)
        .join(''),
      text,
    );
});

test('only web addresses are opened', () => {
  for (const { href } of linksOf('http://a.example https://b.example HtTpS://c.example'))
    assert.match(href, /^https?:\/\//);
});

test('a text made to be slow to read is not', () => {
  const started = process.cpuUsage();
  for (let round = 0; round < 100; round += 1) findLinks(`http://${')'.repeat(3993)}`);
  // Of the processor, whatever else it has to do.
  const { user, system } = process.cpuUsage(started);
  const each = (user + system) / 1000 / 100;
  assert.ok(each < 20, `${each} ms`);
});
