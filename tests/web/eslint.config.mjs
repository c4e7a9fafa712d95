// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import js from '@eslint/js';
import globals from 'globals';

/* Rules beyond the recommended ones each guard something the client promises. */
const house = {
  eqeqeq: 'error',
  'no-console': 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-shadow': 'error',
  'no-unused-vars': ['error', { varsIgnorePattern: '^_$', args: 'after-used' }],
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'max-depth': ['error', 3],
  complexity: ['error', 25],
  'max-lines': ['error', 450],
};

/* What a guest wrote reaches the page as text only: nothing may parse markup. */
const markup = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'srcdoc',
  'createContextualFragment',
  'parseFromString',
  'setHTMLUnsafe',
].map((property) => ({ property, message: 'Guests write text, never markup.' }));

/* Arrows point down: model knows nobody, io knows the model, views know both. */
const layer = (...folders) => [
  'error',
  {
    patterns: folders.map((folder) => ({ group: [`**/${folder}/**`], message: 'A layer above.' })),
  },
];

/* The model is plain JavaScript: no window, no document, no network. */
const withoutBrowser = Object.fromEntries(
  Object.keys(globals.browser).map((name) => [name, 'off']),
);

export default [
  js.configs.recommended,
  {
    files: ['ui/web/**/*.js'],
    languageOptions: { ecmaVersion: 2020, sourceType: 'module', globals: globals.browser },
    rules: { ...house, 'no-restricted-properties': ['error', ...markup] },
  },
  {
    files: ['ui/web/model/**/*.js'],
    languageOptions: { globals: { ...withoutBrowser, URL: 'readonly' } },
    rules: { 'no-restricted-imports': layer('io', 'view') },
  },
  { files: ['ui/web/io/**/*.js'], rules: { 'no-restricted-imports': layer('view') } },
  {
    files: ['tests/web/**/*.mjs'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: house,
  },
];
