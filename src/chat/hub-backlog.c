/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-backlog.h"

struct _HubBacklog
{
  HubMessage **ring; /* the message with id i is at i % max_messages */
  guint max_messages;
  gsize max_bytes;

  guint64 first_id;
  guint length;
  gsize bytes;
};

HubBacklog *
hub_backlog_new (guint max_messages, gsize max_bytes)
{
  HubBacklog *self;

  g_return_val_if_fail (max_messages > 0, NULL);

  self = g_new0 (HubBacklog, 1);
  self->ring = g_new0 (HubMessage *, max_messages);
  self->max_messages = max_messages;
  self->max_bytes = max_bytes;
  self->first_id = 1;

  return self;
}

static HubMessage **
hub_backlog_slot (HubBacklog *self, guint64 id)
{
  return &self->ring[id % self->max_messages];
}

static void
hub_backlog_drop_first (HubBacklog *self)
{
  HubMessage **slot = hub_backlog_slot (self, self->first_id);

  self->bytes -= hub_message_get_size (*slot);
  g_clear_pointer (slot, hub_message_unref);
  self->first_id++;
  self->length--;
}

void
hub_backlog_free (HubBacklog *self)
{
  g_return_if_fail (self != NULL);

  while (self->length > 0)
    hub_backlog_drop_first (self);
  g_free (self->ring);
  g_free (self);
}

void
hub_backlog_push (HubBacklog *self, HubMessage *message)
{
  guint64 id;

  g_return_if_fail (self != NULL);
  g_return_if_fail (message != NULL);

  id = hub_message_get_id (message);
  g_return_if_fail (id == self->first_id + self->length);

  if (self->length == self->max_messages)
    hub_backlog_drop_first (self);

  *hub_backlog_slot (self, id) = hub_message_ref (message);
  self->length++;
  self->bytes += hub_message_get_size (message);

  while (self->bytes > self->max_bytes)
    hub_backlog_drop_first (self);
}

HubMessage *
hub_backlog_get (HubBacklog *self, guint64 id)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (id < self->first_id || id - self->first_id >= self->length)
    return NULL;

  return *hub_backlog_slot (self, id);
}

guint64
hub_backlog_get_first_id (HubBacklog *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->first_id;
}

guint
hub_backlog_get_length (HubBacklog *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

gsize
hub_backlog_get_bytes (HubBacklog *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->bytes;
}
