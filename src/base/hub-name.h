/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Guests' names: validation, the form in which they are kept, and when two look alike.
 * The rule is in src/wire/README.md, "Names and text"; tests/base/names.json holds the cases that
 * this code and the browser's share.
 */
typedef enum
{
  HUB_NAME_ERROR_BAD,      /* not a name: empty, too long, forbidden characters */
  HUB_NAME_ERROR_RESERVED, /* looks like the host's or the program's own */
} HubNameError;

#define HUB_NAME_ERROR (hub_name_error_quark ())
GQuark hub_name_error_quark (void);

/* Bytes a peer sent -> the name in NFC, without white space around it and with one SPACE for each run
 * of spaces (Zs) inside. @data need not be NUL-terminated nor UTF-8.
 * Does not look at reserved names (they depend on the room's name).
 * Returns: (transfer full) (nullable): the name; NULL with HUB_NAME_ERROR_BAD. */
char *hub_name_normalize (const char *data, gsize length, GError **error);

/* What a name looks like, for comparing only: UTS #39 skeleton over the case-folded, width-folded
 * name. Two names that look alike have the same skeleton. @name is a normalized name.
 * Returns: (transfer full) */
char *hub_name_dup_skeleton (const char *name);

/* TRUE when the name with this skeleton is in use. */
typedef gboolean (*HubNameTakenFunc) (const char *skeleton, gpointer user_data);

/* The first of "@name 2", "@name 3", ... (numbers are skipped above 20, and end at random) that is
 * not taken, shortened so that it stays within HUB_NAME_MAX_CHARS. Returns: (transfer full) */
char *hub_name_suggest (const char *name, HubNameTakenFunc taken, gpointer user_data);

G_END_DECLS
