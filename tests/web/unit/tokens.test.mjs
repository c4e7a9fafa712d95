// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

/* The contrasts that css/tokens.css promises, in both themes (WCAG 2, "contrast ratio"). */
const css = readFileSync(new URL('../../../ui/web/css/tokens.css', import.meta.url), 'utf8');
const html = readFileSync(new URL('../../../ui/web/index.html', import.meta.url), 'utf8');

const tokensOf = (text) =>
  Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]));
const [lightCss, darkCss] = css.split('prefers-color-scheme: dark');
const light = tokensOf(lightCss);
const dark = { ...light, ...tokensOf(darkCss) };

function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const hues = Array.from({ length: 10 }, (_, index) => `hue-${index}`);
const PROMISES = [
  [7, ['text'], ['page', 'surface', 'theirs', 'own']],
  [4.5, ['soft', 'danger'], ['page', 'surface']],
  [4.5, ['accent'], ['page', 'surface', 'theirs', 'own']],
  [4.5, ['on-accent'], ['accent']],
  [4.5, ['surface'], ['danger', ...hues]],
  [4.5, hues, ['page', 'surface']],
  [3, ['edge'], ['page', 'surface']],
];

for (const [theme, tokens] of Object.entries({ light, dark })) {
  test(`contrasts, ${theme}`, () => {
    for (const [least, fronts, backs] of PROMISES)
      for (const front of fronts)
        for (const back of backs) {
          const ratio = contrast(tokens[front], tokens[back]);
          assert.ok(ratio >= least, `${front} on ${back}: ${ratio.toFixed(2)}, not ${least}`);
        }
  });

  test(`the browser's own bar has the header's colour, ${theme}`, () => {
    assert.match(
      html,
      new RegExp(`content="${tokens.surface}" media="\\(prefers-color-scheme: ${theme}`),
    );
  });
}
