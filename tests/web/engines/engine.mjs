// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/* Which browser engine a test runs in: HUB_TEST_ENGINE, set by run.py. */

/* Only the module of an engine that is used needs to be there. */
const ENGINES = {
  chromium: async () => (await import('./chromium.mjs')).startChromium,
  firefox: async () => (await import('./firefox.mjs')).startFirefox,
  webkit: async () => (await import('./webkit.mjs')).startWebKit,
};

export const ENGINE = process.env.HUB_TEST_ENGINE ?? 'chromium';

/**
 * One browser for a test file. ca: a PEM file of a CA that its person has installed; isDark: what
 * the system prefers; locale: the language it is in.
 * @returns {Promise<{ newPerson: (look: object) => Promise<object> }>} newPerson: somebody with a
 *   profile of their own; the page has newTab() for another of the same person
 */
export async function startEngine(
  t,
  { engine = ENGINE, ca = '', isDark = false, locale = 'en-US' } = {},
) {
  const start = await ENGINES[engine]();
  return start(t, { ca, isDark, locale });
}
