// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { until } from './page.mjs';

/** The file that comes into @folder, whole, after @action; it is taken away from there. */
export async function savedFile(folder, action) {
  await action();
  return until(
    () => {
      const files = existsSync(folder) ? readdirSync(folder) : [];
      const isUnfinished = files.some((each) => /\.(part|wkdownload)$/.test(each));
      if (files.length !== 1 || isUnfinished) return null;
      const text = readFileSync(path.join(folder, files[0]), 'utf8');
      if (text === '') return null;
      rmSync(path.join(folder, files[0]));
      return { name: files[0], text };
    },
    () => `a file in ${folder}`,
  );
}
