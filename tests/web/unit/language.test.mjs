// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { loadLanguage } from '../../../ui/web/io/words.js';
import { Language, chooseLanguage, isCatalogue } from '../../../ui/web/model/language.js';
import { formatDay, tellTimesIn } from '../../../ui/web/model/time.js';
import { fillCount, fillNames, speak, strings } from '../../../ui/web/strings.js';

const plain = (text) => text.replace(/[\u2068\u2069]/g, '');
const tableOf = (rule) => Array.from({ length: 200 }, (_, n) => rule(n)).join('');

/* The rule of po/ar.po. */
const arabic = (n) => {
  if (n < 3) return n;
  if (n % 100 >= 3 && n % 100 <= 10) return 3;
  return n % 100 >= 11 ? 4 : 5;
};

const ARABIC = {
  lang: 'ar',
  dir: 'rtl',
  plural: tableOf(arabic),
  words: {
    '{count} person': ['لا أحد', 'شخص', 'شخصان', '{count} أشخاص', '{count} شخصًا', '{count} شخص'],
    '{names} joined': [0, 1, 2, 3, 4, 5].map((form) => `{names} انضم ${form}`),
    ', ': '، ',
    Join: 'انضم',
  },
};

test('a language is chosen as people would', () => {
  const there = ['ar', 'de', 'pt-BR', 'sr-Latn', 'zh-CN', 'zh-TW'];
  const cases = [
    [['de'], 'de', 'de'],
    [['de-AT'], 'de', 'de-AT'],
    [['DE-de'], 'de', 'DE-de'],
    [['ar-EG', 'en'], 'ar', 'ar-EG'],
    [['fr-FR', 'de-CH', 'ar'], 'de', 'de-CH'],
    [['en-GB', 'de'], 'en', 'en-GB'],
    [['pt-PT'], 'pt-BR', 'pt-PT'],
    [['zh'], 'zh-CN', 'zh'],
    [['zh-Hant'], 'zh-TW', 'zh-Hant'],
    [['zh-HK'], 'zh-TW', 'zh-HK'],
    [['zh-SG'], 'zh-CN', 'zh-SG'],
    [['sr-Latn-RS'], 'sr-Latn', 'sr-Latn-RS'],
    [['sr-RS'], 'en', 'en'],
    [['deu', 'x', '', '!', 'den'], 'de', 'deu'],
    [['x', '', '!', 'den'], 'en', 'en'],
    [[], 'en', 'en'],
  ];
  for (const [wanted, lang, locale] of cases)
    assert.deepEqual(chooseLanguage(wanted, there), { lang, locale }, wanted.join());
  assert.equal(chooseLanguage(['nb-NO'], ['no']).lang, 'no');
  assert.equal(chooseLanguage(['de'], ['']).lang, 'en', 'nothing is there');
});

test('a number takes the form that the rule says, beyond the table too', () => {
  const language = new Language('ar', ARABIC);
  for (const n of [
    0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 111, 199, 200, 203, 1000, 1999, 2011,
  ])
    assert.equal(language.formOf(n), arabic(n), String(n));
  const english = new Language();
  assert.deepEqual(
    [0, 1, 2, 101, 1001].map((n) => english.formOf(n)),
    [1, 0, 1, 1, 1],
  );
});

test('what a catalogue does not have is said in English, in its right form', () => {
  const language = new Language('ar', ARABIC);
  assert.equal(language.text('Join'), 'انضم');
  assert.equal(language.text('Leave'), 'Leave');
  assert.equal(language.text('constructor'), 'constructor');
  const forms = language.forms('{count} new', '{count} news');
  for (const [n, words] of [
    [0, '{count} news'],
    [1, '{count} new'],
    [2, '{count} news'],
    [1000, '{count} news'],
  ])
    assert.equal(forms[language.formOf(n)], words);
});

test('all words of the page follow the language, numbers and names included', (t) => {
  t.after(() => speak(new Language()));
  speak(new Language('ar-EG', ARABIC));
  assert.equal(strings.joinButton, 'انضم');
  assert.equal(fillCount(strings.peopleCount, 2), 'شخصان');
  assert.equal(fillCount(strings.peopleCount, 12), '١٢ شخصًا');
  assert.match(plain(fillNames(strings.joined, ['أ', 'ب', 'ج'])), / انضم 3$/);
  assert.match(plain(fillNames(strings.joined, [...'ABCDE'])), /^A، B، C and ٢ others انضم 3$/);
  speak(new Language('de-DE'));
  assert.equal(fillCount(strings.peopleCount, 2500), '2.500 people');
  speak(new Language());
  assert.equal(strings.joinButton, 'Join');
});

test('days are told in the language too', (t) => {
  t.after(() => tellTimesIn('en'));
  const at = new Date(2026, 2, 3, 12).getTime();
  tellTimesIn('de-AT');
  assert.equal(formatDay(at), 'Dienstag, 3. März');
  tellTimesIn('en-GB');
  assert.match(formatDay(at), /^Tuesday,? 3 March$/);
});

test('one file is loaded, and only where there is one', async () => {
  const asked = [];
  const get = (name) => {
    asked.push(name);
    return Promise.resolve(new Response(JSON.stringify(ARABIC)));
  };
  const loaded = await loadLanguage(['ar-MA', 'de'], ['ar', 'de'], get);
  assert.deepEqual(asked, ['words-ar.json']);
  assert.deepEqual([loaded.catalogue, loaded.locale], [ARABIC, 'ar-MA']);

  assert.equal((await loadLanguage(['en-GB', 'ar'], ['ar'], get)).locale, 'en-GB');
  assert.equal((await loadLanguage(['ar'], [''], get)).catalogue.lang, 'en');
  assert.equal(asked.length, 1);
});

test('what cannot be had in time, or is something else, is English', async (t) => {
  const answers = [
    () => Promise.reject(new TypeError('gone')),
    () => Promise.resolve(new Response('', { status: 404 })),
    () => Promise.resolve(new Response('<p>Sign in to this Wi-Fi</p>')),
    () => Promise.resolve(new Response('{"lang":"ar"}')),
    () => Promise.resolve(new Response('null')),
  ];
  for (const answer of answers) {
    const loaded = await loadLanguage(['ar'], ['ar'], answer);
    assert.deepEqual([loaded.catalogue.lang, loaded.locale], ['en', 'en'], String(answer));
  }
  for (const wrong of [null, {}, { ...ARABIC, plural: '01' }, { ...ARABIC, words: null }, 'ar'])
    assert.equal(isCatalogue(wrong), false);

  let run = () => {};
  t.mock.method(globalThis, 'setTimeout', (late) => {
    run = late;
    return 0;
  });
  const never = (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  const waiting = loadLanguage(['ar'], ['ar'], never);
  run();
  assert.equal((await waiting).catalogue.lang, 'en');
});
