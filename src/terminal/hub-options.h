/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-settings.h"

G_BEGIN_DECLS

/* What is wrong with a command line: a usage error, with a sentence that says what would do. */
#define HUB_OPTIONS_ERROR (hub_options_error_quark ())
GQuark hub_options_error_quark (void);

typedef enum
{
  HUB_OPTIONS_ERROR_USAGE,
} HubOptionsError;

/* HubOptions: the command line of hubbub-server, checked. Owned by main. */
typedef struct
{
  HubSettings *settings;
  gboolean show_help;
  gboolean show_version;
  gboolean json;
  gboolean log_names;
  char *export_ca; /* a file, "-" for standard output, or NULL */
} HubOptions;

/* @arguments: NULL-terminated, the program's name first; not changed.
 * Returns: (transfer full) (nullable): NULL with a HUB_OPTIONS_ERROR */
HubOptions *hub_options_new (const char *const *arguments, GError **error);
void hub_options_free (HubOptions *self);

/* What --help prints. Returns: (transfer full) */
char *hub_options_dup_help (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubOptions, hub_options_free)

G_END_DECLS
