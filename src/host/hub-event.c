/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-event.h"

#include <string.h>

HubEvent *
hub_event_new (HubEventType type, gint64 at, guint64 guest_id, const char *name, const char *text)
{
  HubEvent *self = g_new0 (HubEvent, 1);

  self->type = type;
  self->at = at;
  self->guest_id = guest_id;
  self->name = g_strdup (name);
  self->text = g_strdup (text);

  return self;
}

void
hub_event_free (HubEvent *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

gsize
hub_event_get_size (const HubEvent *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sizeof *self + (self->name != NULL ? strlen (self->name) + 1 : 0)
         + (self->text != NULL ? strlen (self->text) + 1 : 0);
}
