/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-seat-table.h"

#include "base/hub-limits.h"

#include <string.h>

/* What one throttle key holds. */
struct _HubSeatShare
{
  char *key;
  guint n_seats;
  guint n_seatless; /* present guests without a seat */
  GQueue away;      /* HubSeat.share_link, the longest away first; not told as left */
  GQueue left;      /* the same of those who are */
};

struct _HubSeatTable
{
  guint max_seats;
  guint max_share;

  GHashTable *seats;    /* owned HubSeat, as a set */
  GHashTable *by_token; /* HubSeatDigest inside the seat -> seat; current and previous tokens */
  GHashTable *by_join;  /* HubSeatDigest inside the seat -> seat */
  GHashTable *by_key;   /* key inside the share -> owned HubSeatShare */
  GQueue stages[HUB_SEAT_N_STAGES]; /* HubSeat.stage_link; CONNECTED stays empty */
};

static guint
digest_hash (gconstpointer data)
{
  const HubSeatDigest *digest = data;
  guint hash;

  memcpy (&hash, digest->bytes, sizeof hash);

  return hash;
}

static gboolean
digest_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (HubSeatDigest)) == 0;
}

static void
hub_seat_share_free (gpointer data)
{
  HubSeatShare *share = data;

  g_free (share->key);
  g_free (share);
}

static void
hub_seat_destroy (gpointer data)
{
  hub_seat_free (data);
}

HubSeatTable *
hub_seat_table_new (guint max_seats)
{
  HubSeatTable *self;

  g_return_val_if_fail (max_seats > 0, NULL);

  self = g_new0 (HubSeatTable, 1);
  self->max_seats = max_seats;
  self->max_share = MAX (max_seats / HUB_SEATS_KEY_SHARE, 1);
  self->seats = g_hash_table_new_full (NULL, NULL, hub_seat_destroy, NULL);
  self->by_token = g_hash_table_new (digest_hash, digest_equal);
  self->by_join = g_hash_table_new (digest_hash, digest_equal);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, hub_seat_share_free);
  for (guint i = 0; i < HUB_SEAT_N_STAGES; i++)
    g_queue_init (&self->stages[i]);

  return self;
}

void
hub_seat_table_free (HubSeatTable *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->by_token);
  g_hash_table_unref (self->by_join);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->seats);
  g_free (self);
}

guint
hub_seat_table_get_size (HubSeatTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->seats);
}

guint
hub_seat_table_get_n_keys (HubSeatTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->by_key);
}

HubSeat *
hub_seat_table_find_token (HubSeatTable *self, const HubSecret *token)
{
  HubSeatDigest digest;

  g_return_val_if_fail (self != NULL, NULL);

  hub_seat_digest (token, &digest);

  return g_hash_table_lookup (self->by_token, &digest);
}

HubSeat *
hub_seat_table_find_join (HubSeatTable *self, const HubSecret *join)
{
  HubSeatDigest digest;

  g_return_val_if_fail (self != NULL, NULL);

  hub_seat_digest (join, &digest);

  return g_hash_table_lookup (self->by_join, &digest);
}

HubGuest *
hub_seat_table_find_guest (HubSeatTable *self, guint64 id)
{
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_iter_init (&iter, self->seats);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      HubSeat *seat = key;

      if (hub_guest_get_id (seat->guest) == id)
        return seat->guest;
    }

  return NULL;
}

/* Who left earliest; those who are still present only where nobody has left. */
static HubSeat *
hub_seat_table_get_longest_away (HubSeatTable *self)
{
  static const HubSeatStage order[] = { HUB_SEAT_LEFT, HUB_SEAT_AWAY, HUB_SEAT_SILENT };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (!g_queue_is_empty (&self->stages[order[i]]))
      return hub_seat_table_peek (self, order[i]);

  return NULL;
}

static HubSeat *
hub_seat_share_get_longest_away (HubSeatShare *share)
{
  HubSeat *seat = g_queue_peek_head (&share->left);

  return seat != NULL ? seat : g_queue_peek_head (&share->away);
}

gboolean
hub_seat_table_has_place (HubSeatTable *self, const char *key, HubSeat **victim)
{
  HubSeatShare *share;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (victim != NULL, FALSE);

  *victim = NULL;
  share = g_hash_table_lookup (self->by_key, key);

  if (share != NULL && share->n_seats >= self->max_share)
    *victim = hub_seat_share_get_longest_away (share);
  else if (g_hash_table_size (self->seats) >= self->max_seats)
    *victim = hub_seat_table_get_longest_away (self);
  else
    return TRUE;

  return *victim != NULL;
}

HubSeat *
hub_seat_table_get_ghost (HubSeatTable *self, const char *key, guint max)
{
  HubSeatShare *share;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  share = g_hash_table_lookup (self->by_key, key);
  if (max == 0 || share == NULL || share->n_seats - share->left.length + share->n_seatless < max)
    return NULL;

  return g_queue_peek_head (&share->away);
}

static HubSeatShare *
hub_seat_table_ensure_share (HubSeatTable *self, const char *key)
{
  HubSeatShare *share = g_hash_table_lookup (self->by_key, key);

  if (share == NULL)
    {
      share = g_new0 (HubSeatShare, 1);
      share->key = g_strdup (key);
      g_queue_init (&share->away);
      g_queue_init (&share->left);
      g_hash_table_insert (self->by_key, share->key, share);
    }

  return share;
}

void
hub_seat_table_add (HubSeatTable *self, HubSeat *seat, const char *key)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (seat != NULL && seat->share == NULL);
  g_return_if_fail (key != NULL);

  seat->share = hub_seat_table_ensure_share (self, key);
  seat->share->n_seats++;
  g_hash_table_add (self->seats, seat);
  g_hash_table_insert (self->by_token, &seat->token, seat);
  if (seat->has_join)
    g_hash_table_insert (self->by_join, &seat->join, seat);
}

const char *
hub_seat_table_get_key (const HubSeat *seat)
{
  g_return_val_if_fail (seat != NULL && seat->share != NULL, NULL);

  return seat->share->key;
}

/* Forgets @share when nothing is left of it. */
static void
hub_seat_table_trim_share (HubSeatTable *self, HubSeatShare *share)
{
  if (share->n_seats == 0 && share->n_seatless == 0)
    g_hash_table_remove (self->by_key, share->key);
}

void
hub_seat_table_add_seatless (HubSeatTable *self, const char *key)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  hub_seat_table_ensure_share (self, key)->n_seatless++;
}

void
hub_seat_table_remove_seatless (HubSeatTable *self, const char *key)
{
  HubSeatShare *share;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  share = g_hash_table_lookup (self->by_key, key);
  g_return_if_fail (share != NULL && share->n_seatless > 0);

  share->n_seatless--;
  hub_seat_table_trim_share (self, share);
}

void
hub_seat_table_remove (HubSeatTable *self, HubSeat *seat)
{
  HubSeatShare *share;

  g_return_if_fail (self != NULL);
  g_return_if_fail (seat != NULL && seat->share != NULL);

  hub_seat_table_move (self, seat, HUB_SEAT_CONNECTED);
  hub_seat_table_confirm (self, seat);
  g_hash_table_remove (self->by_token, &seat->token);
  if (seat->has_join)
    g_hash_table_remove (self->by_join, &seat->join);

  share = g_steal_pointer (&seat->share);
  share->n_seats--;
  hub_seat_table_trim_share (self, share);
  g_hash_table_remove (self->seats, seat);
}

void
hub_seat_table_renew (HubSeatTable *self,
                      HubSeat *seat,
                      const HubSecret *presented,
                      const HubSecret *fresh)
{
  HubSeatDigest keep = seat->token;

  g_return_if_fail (self != NULL);
  g_return_if_fail (seat != NULL && seat->share != NULL);
  g_return_if_fail (fresh != NULL);

  if (presented != NULL)
    hub_seat_digest (presented, &keep);

  hub_seat_table_confirm (self, seat);
  g_hash_table_remove (self->by_token, &seat->token);

  seat->previous = keep;
  seat->has_previous = TRUE;
  hub_seat_digest (fresh, &seat->token);
  g_hash_table_insert (self->by_token, &seat->previous, seat);
  g_hash_table_insert (self->by_token, &seat->token, seat);
}

void
hub_seat_table_confirm (HubSeatTable *self, HubSeat *seat)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (seat != NULL);

  if (!seat->has_previous)
    return;

  g_hash_table_remove (self->by_token, &seat->previous);
  seat->has_previous = FALSE;
}

/* Of its share, the queue for a seat in @stage, or NULL. */
static GQueue *
hub_seat_share_get_queue (HubSeatShare *share, HubSeatStage stage)
{
  if (stage == HUB_SEAT_CONNECTED)
    return NULL;

  return stage == HUB_SEAT_LEFT ? &share->left : &share->away;
}

void
hub_seat_table_move (HubSeatTable *self, HubSeat *seat, HubSeatStage stage)
{
  GQueue *from, *to;

  g_return_if_fail (self != NULL);
  g_return_if_fail (seat != NULL && seat->share != NULL);

  if (seat->stage != HUB_SEAT_CONNECTED)
    g_queue_unlink (&self->stages[seat->stage], &seat->stage_link);
  if (stage != HUB_SEAT_CONNECTED)
    g_queue_push_tail_link (&self->stages[stage], &seat->stage_link);

  from = hub_seat_share_get_queue (seat->share, seat->stage);
  to = hub_seat_share_get_queue (seat->share, stage);
  if (from != to && from != NULL)
    g_queue_unlink (from, &seat->share_link);
  if (from != to && to != NULL)
    g_queue_push_tail_link (to, &seat->share_link);

  seat->stage = stage;
}

HubSeat *
hub_seat_table_peek (HubSeatTable *self, HubSeatStage stage)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (stage != HUB_SEAT_CONNECTED, NULL);

  return g_queue_peek_head (&self->stages[stage]);
}
