// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The page's words in the reader's language: one file at most, before anything is drawn. A page
 * that cannot have it in time speaks English.
 */

import { Language, chooseLanguage, isCatalogue } from '../model/language.js';

/** So long a page may stay empty for it; its script came from the same host just now. */
const PATIENCE_MS = 5000;

/**
 * @param {readonly string[]} wanted  as in navigator.languages
 * @param {readonly string[]} there  what index.html names: none where it is served as its sources
 * @param {typeof fetch} get
 * @returns {Promise<Language>}
 */
export async function loadLanguage(wanted, there, get) {
  const { locale, lang } = chooseLanguage(wanted, there);
  if (!there.includes(lang)) return new Language(locale);
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  try {
    const response = await get(`words-${lang}.json`, { signal: giveUp.signal });
    const made = response.ok ? await response.json() : null;
    return isCatalogue(made) ? new Language(locale, made) : new Language();
  } catch {
    return new Language();
  } finally {
    clearTimeout(timer);
  }
}
