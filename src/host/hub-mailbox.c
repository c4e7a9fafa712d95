/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-mailbox.h"

#include "host/hub-alarm.h"

typedef struct _HubLetter HubLetter;

struct _HubLetter
{
  HubLetter *next;
  HubMailboxFunc func;
  gpointer data;
  GDestroyNotify destroy;
};

struct _HubMailbox
{
  int references;     /* atomic */
  HubLetter *letters; /* atomic; the newest first */
  GSource *alarm;
};

/* Takes all letters, the oldest first. */
static HubLetter *
hub_mailbox_take (HubMailbox *self)
{
  HubLetter *newest = g_atomic_pointer_exchange (&self->letters, NULL);
  HubLetter *letters = NULL;

  while (newest != NULL)
    {
      HubLetter *next = newest->next;

      newest->next = letters;
      letters = newest;
      newest = next;
    }

  return letters;
}

static void
hub_letter_free (HubLetter *letter)
{
  if (letter->destroy != NULL)
    letter->destroy (letter->data);
  g_free (letter);
}

static void
hub_mailbox_read (gpointer data)
{
  g_autoptr (HubMailbox) self = hub_mailbox_ref (data);
  HubLetter *letters = hub_mailbox_take (self);

  while (letters != NULL)
    {
      HubLetter *letter = letters;

      letters = letter->next;
      if (!g_source_is_destroyed (self->alarm))
        letter->func (letter->data);
      hub_letter_free (letter);
    }
}

HubMailbox *
hub_mailbox_new (GMainContext *context, int priority)
{
  HubMailbox *self = g_new0 (HubMailbox, 1);

  self->references = 1;
  self->alarm = hub_alarm_new (context, priority, hub_mailbox_read, self);

  return self;
}

HubMailbox *
hub_mailbox_ref (HubMailbox *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->references);

  return self;
}

void
hub_mailbox_unref (HubMailbox *self)
{
  HubLetter *letters;

  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->references))
    return;

  letters = hub_mailbox_take (self);
  while (letters != NULL)
    {
      HubLetter *letter = letters;

      letters = letter->next;
      hub_letter_free (letter);
    }
  hub_alarm_free (self->alarm);
  g_free (self);
}

void
hub_mailbox_post (HubMailbox *self, HubMailboxFunc func, gpointer data, GDestroyNotify destroy)
{
  HubLetter *letter;

  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  letter = g_new0 (HubLetter, 1);
  letter->func = func;
  letter->data = data;
  letter->destroy = destroy;
  do
    letter->next = g_atomic_pointer_get (&self->letters);
  while (!g_atomic_pointer_compare_and_exchange (&self->letters, letter->next, letter));

  /* Wakes the context. The reader clears this before it takes the letters, so none is missed. */
  g_source_set_ready_time (self->alarm, 0);
}

void
hub_mailbox_close (HubMailbox *self)
{
  g_return_if_fail (self != NULL);

  g_source_destroy (self->alarm);
}
