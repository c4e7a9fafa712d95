/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a line of standard input: the longest command, and a good deal more. */
#define HUB_COMMAND_MAX_BYTES 1024

/* What is wrong with a command: a sentence that says what would do. */
#define HUB_COMMAND_ERROR (hub_command_error_quark ())
GQuark hub_command_error_quark (void);

typedef enum
{
  HUB_COMMAND_ERROR_USAGE,  /* it is not understood */
  HUB_COMMAND_ERROR_NOBODY, /* it is about nobody who is here */
} HubCommandError;

typedef enum
{
  HUB_COMMAND_NOTHING, /* a blank line */
  HUB_COMMAND_HELP,
  HUB_COMMAND_WHO,
  HUB_COMMAND_REMOVE,
  HUB_COMMAND_LOCK,
  HUB_COMMAND_UNLOCK,
  HUB_COMMAND_CODE,
  HUB_COMMAND_CODE_NEW,
  HUB_COMMAND_CODE_OFF,
  HUB_COMMAND_QR,
  HUB_COMMAND_QUIT,
} HubCommandType;

/* HubCommand: what the host asks for in one line. Parsed without knowing who is here. */
typedef struct
{
  HubCommandType type;
  guint64 guest_id; /* REMOVE by number; 0 by name */
  char *name;       /* REMOVE by name, in NFC; else NULL */
} HubCommand;

/* @line: @length bytes of any kind, without the line break. The sentence of the error repeats
 * nothing of it, as it may be kept in a log, and a guest's name must not.
 * Returns: (transfer full) (nullable): NULL with a HUB_COMMAND_ERROR */
HubCommand *hub_command_parse (const char *line, gsize length, GError **error);
void hub_command_free (HubCommand *self);

/* Each command as it is typed. Returns: (transfer full): NULL-terminated */
char **hub_command_dup_forms (void);

/* What the command does that is @index-th among those, translated. */
const char *hub_command_describe (guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubCommand, hub_command_free)

G_END_DECLS
