/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-bar-list.h"

struct _HubBarList
{
  guint max_bars;
  GHashTable *bars; /* owned GBytes, as a set */
  GQueue order;     /* the same, borrowed, the oldest first */
};

HubBarList *
hub_bar_list_new (guint max_bars)
{
  HubBarList *self;

  g_return_val_if_fail (max_bars > 0, NULL);

  self = g_new0 (HubBarList, 1);
  self->max_bars = max_bars;
  self->bars
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_queue_init (&self->order);

  return self;
}

void
hub_bar_list_free (HubBarList *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear (&self->order);
  g_hash_table_unref (self->bars);
  g_free (self);
}

void
hub_bar_list_add (HubBarList *self, gconstpointer data, gsize length)
{
  GBytes *bar;

  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL && length > 0);

  if (hub_bar_list_has (self, data, length))
    return;

  if (self->order.length == self->max_bars)
    g_hash_table_remove (self->bars, g_queue_pop_head (&self->order));
  bar = g_bytes_new (data, length);
  g_hash_table_add (self->bars, bar);
  g_queue_push_tail (&self->order, bar);
}

gboolean
hub_bar_list_has (HubBarList *self, gconstpointer data, gsize length)
{
  g_autoptr (GBytes) bar = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL && length > 0, FALSE);

  /* Nearly always: nobody was removed. */
  if (self->order.length == 0)
    return FALSE;

  bar = g_bytes_new_static (data, length);

  return g_hash_table_contains (self->bars, bar);
}

guint
hub_bar_list_get_length (HubBarList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->order.length;
}
