/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-ledger.h"

#include <string.h>

#define NONE G_MAXUINT32

typedef struct
{
  gint64 said_at;
  guint32 previous; /* the same author's, or NONE */
  guint32 n_delivered;
} Message;

/* One bit a message. */
typedef struct
{
  guint64 *words;
  gsize n_words;
} Receipts;

struct _HubLoadLedger
{
  guint n_guests;
  guint n_present;
  GArray *messages; /* Message */
  Receipts *receipts;
  guint32 *newest; /* of each author, or NONE */
  HubLoadHistogram *latency;
  guint64 n_complete;
  guint64 n_delivered;
  guint64 n_doubled;
  guint64 n_disordered;
};

HubLoadLedger *
hub_load_ledger_new (guint n_guests, guint n_present)
{
  HubLoadLedger *self = g_new0 (HubLoadLedger, 1);

  self->n_guests = n_guests;
  self->n_present = n_present;
  self->messages = g_array_new (FALSE, FALSE, sizeof (Message));
  self->receipts = g_new0 (Receipts, n_guests);
  self->newest = g_new (guint32, n_guests);
  for (guint i = 0; i < n_guests; i++)
    self->newest[i] = NONE;
  self->latency = hub_load_histogram_new ();
  return self;
}

void
hub_load_ledger_free (HubLoadLedger *self)
{
  for (guint i = 0; i < self->n_guests; i++)
    g_free (self->receipts[i].words);
  g_free (self->receipts);
  g_free (self->newest);
  g_array_unref (self->messages);
  hub_load_histogram_free (self->latency);
  g_free (self);
}

guint32
hub_load_ledger_say (HubLoadLedger *self, guint author, gint64 now)
{
  Message message = { .said_at = now, .previous = self->newest[author] };

  g_array_append_val (self->messages, message);
  self->newest[author] = self->messages->len - 1;
  return self->messages->len - 1;
}

static gboolean
receipts_has (const Receipts *receipts, guint32 number)
{
  gsize word = number / 64;

  return word < receipts->n_words && (receipts->words[word] >> (number % 64)) & 1;
}

static void
receipts_add (Receipts *receipts, guint32 number)
{
  gsize word = number / 64;

  if (word >= receipts->n_words)
    {
      gsize n_words = MAX (2 * receipts->n_words, word + 16);

      receipts->words = g_renew (guint64, receipts->words, n_words);
      memset (receipts->words + receipts->n_words, 0,
              (n_words - receipts->n_words) * sizeof (guint64));
      receipts->n_words = n_words;
    }
  receipts->words[word] |= G_GUINT64_CONSTANT (1) << (number % 64);
}

void
hub_load_ledger_receive (HubLoadLedger *self, guint guest, guint32 number, gint64 now)
{
  Receipts *receipts = &self->receipts[guest];
  Message *message;

  if (number >= self->messages->len || receipts_has (receipts, number))
    {
      self->n_doubled++;
      return;
    }
  message = &g_array_index (self->messages, Message, number);
  if (message->previous != NONE && !receipts_has (receipts, message->previous))
    self->n_disordered++;
  receipts_add (receipts, number);
  self->n_delivered++;
  if (++message->n_delivered == self->n_present)
    self->n_complete++;
  hub_load_histogram_add (self->latency, now - message->said_at);
}

guint64
hub_load_ledger_get_n_said (HubLoadLedger *self)
{
  return self->messages->len;
}

guint64
hub_load_ledger_get_n_complete (HubLoadLedger *self)
{
  return self->n_complete;
}

guint64
hub_load_ledger_get_n_expected (HubLoadLedger *self)
{
  return (guint64) self->messages->len * self->n_present;
}

guint64
hub_load_ledger_get_n_delivered (HubLoadLedger *self)
{
  return self->n_delivered;
}

guint64
hub_load_ledger_get_n_doubled (HubLoadLedger *self)
{
  return self->n_doubled;
}

guint64
hub_load_ledger_get_n_disordered (HubLoadLedger *self)
{
  return self->n_disordered;
}

HubLoadHistogram *
hub_load_ledger_get_latency (HubLoadLedger *self)
{
  return self->latency;
}
