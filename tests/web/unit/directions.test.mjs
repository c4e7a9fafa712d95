// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

/* The style sheets know a start and an end, no left and no right: what is wrong only in Arabic is
 * otherwise found by those who read it. */
const FOLDERS = ['../../../ui/web/css/', '../../../ui/help/'].map(
  (folder) => new URL(folder, import.meta.url),
);

const PHYSICAL = [
  /^(?:margin|padding|border|inset|scroll-(?:margin|padding))-(?:left|right)/,
  /^(?:left|right)$/,
  /^border-(?:top|bottom)-(?:left|right)-radius$/,
];

/** Of a shorthand, with what calc() and env() hold kept together. */
function partsOf(value) {
  return value.match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
}

/** @returns {string[]} what of a sheet is about one side of the screen */
function sidesIn(css) {
  const found = [];
  for (const [whole, name, value] of css.matchAll(/([\w-]+)\s*:\s*([^;{}]+);/g)) {
    if (PHYSICAL.some((each) => each.test(name))) found.push(whole);
    if (/^(?:float|clear|text-align)$/.test(name) && /\b(?:left|right)\b/.test(value))
      found.push(whole);
    if (name === 'transform' && /translate(?:X|3d)?\((?!0)/.test(value)) found.push(whole);
    const [, right, , left] = partsOf(value);
    const isUneven = left && left.replace('inset-left', 'inset-right') !== right;
    if (/^(?:margin|padding|inset|border-(?:width|style|color))$/.test(name) && isUneven)
      found.push(whole);
    if (name === 'border-radius' && partsOf(value).length > 1) found.push(whole);
  }
  return found;
}

test('the rule finds what it forbids', () => {
  for (const wrong of [
    'left: 50%;',
    'margin-left: 1rem;',
    'border-top-right-radius: 0;',
    'text-align: right;',
    'float: left;',
    'padding: 0 1rem 0 2rem;',
    'transform: translateX(-50%);',
    'border-radius: 4px 0;',
  ])
    assert.deepEqual(sidesIn(`a { ${wrong} }`), [wrong]);
  for (const right of [
    'padding: 0 max(1px, env(safe-area-inset-right)) 0 max(1px, env(safe-area-inset-left));',
    'margin-inline: 1rem auto;',
    'transform: translateY(1rem);',
    'border-start-end-radius: 0;',
  ])
    assert.deepEqual(sidesIn(`a { ${right} }`), []);
});

const SHEETS = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .map((name) => new URL(name, folder)),
);
for (const sheet of SHEETS)
  test(`${sheet.pathname.split('/ui/')[1]} has a start and an end, no left and no right`, () => {
    assert.deepEqual(sidesIn(readFileSync(sheet, 'utf8')), []);
  });
