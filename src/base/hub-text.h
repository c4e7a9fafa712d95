/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Messages' texts: what is kept of what a guest typed, and how text is shown on a terminal.
 * The rule is in src/wire/README.md, "Names and text"; tests/base/texts.json holds the cases that
 * this code and the browser's share.
 */
typedef enum
{
  HUB_TEXT_ERROR_INVALID,  /* not UTF-8 */
  HUB_TEXT_ERROR_EMPTY,    /* nothing visible is left of it */
  HUB_TEXT_ERROR_TOO_LONG, /* more than the cap in scalar values */
} HubTextError;

#define HUB_TEXT_ERROR (hub_text_error_quark ())
GQuark hub_text_error_quark (void);

/* Bytes a peer sent -> the text that is said: CR LF, CR, NEL, U+2028 and U+2029 become LF; LF and
 * TAB are kept, other C0/C1 controls and NUL are dropped; ZWJ and ZWNJ are kept.
 * Returns: (transfer full) (nullable): the text; NULL with a HUB_TEXT_ERROR. */
char *hub_text_normalize (const char *data, gsize length, GError **error);

/* Text of any origin -> one line that is safe to print on a terminal: controls (C0, C1, DEL),
 * line and paragraph separators, bidi controls and invalid UTF-8 as visible escapes ("\x1b",
 * "\u202e"); directional isolates around it where it holds right-to-left letters.
 * @length is in bytes or -1. Returns: (transfer full) */
char *hub_text_escape_terminal (const char *text, gssize length);

/* A sentence of a program's own -> the same with what it names set apart in its own direction: what is
 * between “”, «» or „“, and options ("--port"). A folder or an option in an Arabic sentence then reads
 * from its own beginning. Returns: (transfer full) */
char *hub_text_isolate (const char *sentence);

G_END_DECLS
