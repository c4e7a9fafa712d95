/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * HubSettings: everything the host may choose, as plain data; the programs fill it from their
 * options or GSettings. Copied when a chat starts, so changes count from the next start.
 */
typedef struct
{
  char *room_name;  /* NULL: "Chat on {pretty hostname}" */
  guint16 port;     /* 0: any; below 1024 taken as it is, else the next free one will do */
  char **addresses; /* listen on and show these only; NULL: all */
  char **allow_hosts;
  gboolean allow_remote;
  char *data_dir;    /* NULL: the user data directory */
  char *certificate; /* own PEM pair, both or neither */
  char *private_key;
  char *web_root;
  guint max_guests; /* 0: what the descriptors allow */
  guint max_per_address;
  guint message_rate;
  guint max_pending;  /* handshakes under way at once; 0: no limit */
  guint max_attempts; /* new connections per address and second; 0: no limit */
  gboolean ask_code;  /* newcomers are asked for a code, made at the start */
  gboolean is_locked; /* from the start: nobody is let in until the host unlocks */
} HubSettings;

#define HUB_TYPE_SETTINGS (hub_settings_get_type ())
GType hub_settings_get_type (void);

/* Defaults of base/hub-limits.h. */
HubSettings *hub_settings_new (void);
HubSettings *hub_settings_copy (const HubSettings *self);
void hub_settings_free (HubSettings *self);

/* The folder of the identity: @data_dir or the default. Returns: (transfer full) */
char *hub_settings_dup_data_dir (const HubSettings *self);

/* "Chat on {pretty hostname}", translated. Returns: (transfer full) */
char *hub_settings_dup_default_room_name (void);

/* The room's name as it is shown: the given one, or the default, in one line of at most
 * HUB_ROOM_NAME_MAX_CHARS. Returns: (transfer full) */
char *hub_settings_dup_room_name (const HubSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubSettings, hub_settings_free)

G_END_DECLS
