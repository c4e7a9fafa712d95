/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What this computer is called. */

/* For people: PRETTY_HOSTNAME of @machine_info (machine-info(5), usually /etc/machine-info), else
 * the host's name. Never the account's. Returns: (transfer full) */
char *hub_computer_name_dup_pretty (const char *machine_info);

G_END_DECLS
