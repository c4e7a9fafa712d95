// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What the page speaks: texts out of a catalogue, which form of them a number takes, and numbers
 * and lists as they are written there. Pure.
 */

/**
 * What catalogue.py makes of po/LANGUAGE.po.
 * @typedef {object} Catalogue
 * @property {string} lang  for the document, as in BCP 47
 * @property {'ltr' | 'rtl'} dir
 * @property {string} plural  a digit for each number from 0 to 199: which form it takes. Beyond, the
 * last two digits decide, with 100 to 199 as their table
 * @property {Record<string, string | string[]>} words  by the English text, or that of the singular
 */

/** A sentence about a number, in as many forms as the language has. @typedef {string[]} Plural */

const TABLE = 200;
const LAST_TWO = 100;

/** @type {Catalogue} */
const ENGLISH = { lang: 'en', dir: 'ltr', plural: '10'.padEnd(TABLE, '1'), words: {} };

/** @param {unknown} made @returns {made is Catalogue} and not what another host answers */
export function isCatalogue(made) {
  const { plural, words } = /** @type {Partial<Catalogue>} */ (made || {});
  return typeof plural === 'string' && plural.length === TABLE && words instanceof Object;
}

export class Language {
  /**
   * @param {string} [locale]  what numbers and times go by: "de-AT" where the catalogue is "de"
   * @param {Catalogue} [catalogue]
   */
  constructor(locale = ENGLISH.lang, catalogue = ENGLISH) {
    this.locale = locale;
    this.catalogue = catalogue;
    this.numbers = new Intl.NumberFormat(locale);
    this.lists = 'ListFormat' in Intl ? new Intl.ListFormat(locale, { type: 'conjunction' }) : null;
  }

  /** @param {string} english @returns {string} */
  text(english) {
    const words = this.catalogue.words[english];
    return typeof words === 'string' ? words : english;
  }

  /** @param {string} one @param {string} other @returns {Plural} */
  forms(one, other) {
    const words = this.catalogue.words[one];
    if (Array.isArray(words)) return words;
    // English where the catalogue has nothing, still chosen from by the catalogue's own rule.
    const singular = this.formOf(1);
    const digits = [...this.catalogue.plural].map(Number);
    return Array.from({ length: Math.max(...digits) + 1 }, (_, i) =>
      i === singular ? one : other,
    );
  }

  /** @param {number} count @returns {number} which of a text's forms is about @count */
  formOf(count) {
    return Number(this.catalogue.plural[count < TABLE ? count : LAST_TWO + (count % LAST_TWO)]);
  }

  /** @param {number} value @returns {string} */
  number(value) {
    return this.numbers.format(value);
  }

  /** @param {string[]} parts @returns {string | null} "A, B and C"; null: this browser cannot */
  list(parts) {
    return this.lists && this.lists.format(parts);
  }
}

/** @param {string} tag @returns {{ exact: string, language: string, script: string } | null} */
function parse(tag) {
  try {
    const locale = new Intl.Locale(tag);
    const { language, script = '' } = locale.maximize();
    return { exact: locale.baseName, language: language === 'no' ? 'nb' : language, script };
  } catch {
    return null;
  }
}

/**
 * The first language that somebody reads and we have. One of the same script is near enough: German
 * for "de-AT", Brazil's Portuguese for "pt-PT"; traditional Chinese is not for who reads simplified.
 * @param {readonly string[]} wanted  as in navigator.languages
 * @param {readonly string[]} there  tags of catalogues
 * @returns {{ locale: string, lang: string }} what numbers go by, and the catalogue or "en"
 */
export function chooseLanguage(wanted, there) {
  const known = [ENGLISH.lang, ...there].map((lang) => ({ lang, tag: parse(lang) }));
  for (const locale of wanted) {
    const tag = parse(locale);
    const near = known.filter(
      (each) =>
        tag && each.tag && each.tag.language === tag.language && each.tag.script === tag.script,
    );
    const best = near.find((each) => tag && each.tag && each.tag.exact === tag.exact) || near[0];
    if (best) return { locale, lang: best.lang };
  }
  return { locale: ENGLISH.lang, lang: ENGLISH.lang };
}
