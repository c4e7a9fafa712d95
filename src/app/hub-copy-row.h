/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * HubCopyRow: a line for machines (a command, a fingerprint), to be selected or copied whole.
 *
 * Signals:
 *   copied ()   its text is in the clipboard
 */
#define HUB_TYPE_COPY_ROW (hub_copy_row_get_type ())
G_DECLARE_FINAL_TYPE (HubCopyRow, hub_copy_row, HUB, COPY_ROW, AdwActionRow)

GtkWidget *hub_copy_row_new (void);

/* @text: shown exactly so, as it is also selected by hand. @about: what it is, in words for who does
 * not see where the row stands. */
void hub_copy_row_set_text (HubCopyRow *self, const char *text, const char *about);

G_END_DECLS
