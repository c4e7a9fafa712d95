/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-settings.h"

#include "base/hub-limits.h"
#include "base/hub-text.h"
#include "host/hub-computer-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MACHINE_INFO "/etc/machine-info"

G_DEFINE_BOXED_TYPE (HubSettings, hub_settings, hub_settings_copy, hub_settings_free)

HubSettings *
hub_settings_new (void)
{
  HubSettings *self = g_new0 (HubSettings, 1);

  self->port = HUB_PORT;
  self->max_guests = HUB_MAX_GUESTS;
  self->max_per_address = HUB_MAX_PER_ADDRESS;
  self->message_rate = HUB_MESSAGE_RATE;
  self->max_pending = HUB_MAX_PENDING;
  self->max_attempts = HUB_MAX_ATTEMPTS_PER_SECOND;

  return self;
}

HubSettings *
hub_settings_copy (const HubSettings *self)
{
  HubSettings *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->room_name = g_strdup (self->room_name);
  copy->addresses = g_strdupv (self->addresses);
  copy->allow_hosts = g_strdupv (self->allow_hosts);
  copy->data_dir = g_strdup (self->data_dir);
  copy->certificate = g_strdup (self->certificate);
  copy->private_key = g_strdup (self->private_key);
  copy->web_root = g_strdup (self->web_root);

  return copy;
}

void
hub_settings_free (HubSettings *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->room_name);
  g_strfreev (self->addresses);
  g_strfreev (self->allow_hosts);
  g_free (self->data_dir);
  g_free (self->certificate);
  g_free (self->private_key);
  g_free (self->web_root);
  g_free (self);
}

char *
hub_settings_dup_data_dir (const HubSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->data_dir != NULL)
    return g_strdup (self->data_dir);

  return g_build_filename (g_get_user_data_dir (), "hubbub", NULL);
}

char *
hub_settings_dup_default_room_name (void)
{
  g_autofree char *computer = hub_computer_name_dup_pretty (MACHINE_INFO);

  /* Translators: the room's name when the host gave none; %s is the computer's name. */
  return g_strdup_printf (_ ("Chat on %s"), computer);
}

/* @name as one line of at most HUB_ROOM_NAME_MAX_CHARS; NULL if nothing is left. */
static char *
make_line (const char *name)
{
  g_autofree char *line = hub_text_normalize (name, strlen (name), NULL);

  if (line == NULL)
    return NULL;

  g_strstrip (g_strdelimit (line, "\n\t", ' '));
  if (g_utf8_strlen (line, -1) > HUB_ROOM_NAME_MAX_CHARS)
    *g_utf8_offset_to_pointer (line, HUB_ROOM_NAME_MAX_CHARS) = '\0';

  return line[0] != '\0' ? g_steal_pointer (&line) : NULL;
}

char *
hub_settings_dup_room_name (const HubSettings *self)
{
  g_autofree char *fallback = NULL;
  char *name = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->room_name != NULL)
    name = make_line (self->room_name);
  if (name == NULL)
    {
      fallback = hub_settings_dup_default_room_name ();
      name = make_line (fallback);
    }

  return name != NULL ? name : g_strdup ("Hubbub");
}
