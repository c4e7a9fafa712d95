// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Lets a program that reads @database (NSS) trust the CA in the file @ca. */
export function trustCa(database, ca) {
  mkdirSync(database, { recursive: true });
  const certutil = (...args) => execFileSync('certutil', ['-d', `sql:${database}`, ...args]);
  certutil('-N', '--empty-password');
  certutil('-A', '-t', 'C,,', '-n', 'hub', '-i', ca);
}
