/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-words.h"

#include <glib/gi18n-lib.h>

char *
hub_words_dup_busy_port (HubSnapshot *snapshot)
{
  /* Translators: the first number is the port that was asked for, the second the one taken. */
  return g_strdup_printf (_ ("Port %u is in use, so this chat is on %u."),
                          hub_snapshot_get_busy_port (snapshot), hub_snapshot_get_port (snapshot));
}
