/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-sandbox.h"

gboolean
hub_sandbox_is_inside (const char *info)
{
  g_return_val_if_fail (info != NULL, FALSE);

  return g_file_test (info, G_FILE_TEST_EXISTS);
}
