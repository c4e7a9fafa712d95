/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubLoadMessage: what guests say and are told, in both formats of the contract. A message's text
 * begins with a mark of this run and its number, eight hexadecimal digits each; other guests' are
 * left out of account. Nothing is parsed beyond what has to be known.
 */
#define HUB_LOAD_MIN_SIZE 16
#define HUB_LOAD_MAX_SIZE 4000
#define HUB_LOAD_MAX_GUESTS 99999
#define HUB_LOAD_MAX_FRAME (HUB_LOAD_MAX_SIZE + 64)

typedef enum
{
  HUB_LOAD_OTHER,
  HUB_LOAD_SAID,    /* number, id */
  HUB_LOAD_ARRIVED, /* plain: a line that somebody joined */
  HUB_LOAD_WELCOME, /* hubbub.v1; id: the last one */
  HUB_LOAD_REFUSED,
} HubLoadKind;

typedef struct
{
  HubLoadKind kind;
  guint32 number;
  guint64 id;
} HubLoadNews;

/* A mark of eight digits and a NUL. */
void hub_load_message_make_mark (char mark[9]);

/* Writes what a guest sends to say message @number; @ref is for hubbub.v1, 0: plain. @frame holds
 * HUB_LOAD_MAX_FRAME bytes. Returns: its length */
gsize hub_load_message_write (char *frame, const char *mark, guint32 number, int size, guint64 ref);

/* What @frame tells. */
HubLoadNews
hub_load_message_read (const char *frame, gsize length, const char *mark, gboolean is_json);

/* The 32 digits of the token in a `welcome`. Returns: (transfer full) (nullable) */
char *hub_load_message_read_token (const char *frame, gsize length);

G_END_DECLS
