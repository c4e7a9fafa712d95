/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-snapshot.h"

G_BEGIN_DECLS

/* Sentences that both reporters use. Translated, not yet escaped for a terminal. */

/* That the port asked for was in use, and which one it is instead. Returns: (transfer full) */
char *hub_words_dup_busy_port (HubSnapshot *snapshot);

G_END_DECLS
