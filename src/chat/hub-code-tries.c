/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-code-tries.h"

#include "base/hub-limits.h"

typedef struct
{
  char *key;
  gint64 at;
} HubCodeTry;

struct _HubCodeTries
{
  /* HubCodeTry, the oldest first; few enough to be looked through. */
  GQueue tries;
};

HubCodeTries *
hub_code_tries_new (void)
{
  HubCodeTries *self = g_new0 (HubCodeTries, 1);

  g_queue_init (&self->tries);

  return self;
}

static void
hub_code_try_free (gpointer data)
{
  HubCodeTry *try = data;

  g_free (try->key);
  g_free (try);
}

void
hub_code_tries_free (HubCodeTries *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->tries, hub_code_try_free);
  g_free (self);
}

static void
hub_code_tries_forget (HubCodeTries *self, gint64 now)
{
  const HubCodeTry *oldest;

  while ((oldest = g_queue_peek_head (&self->tries)) != NULL
         && now - oldest->at >= HUB_CODE_TRIES_MS)
    hub_code_try_free (g_queue_pop_head (&self->tries));
}

guint
hub_code_tries_get_wait (HubCodeTries *self, const char *key, gint64 now)
{
  const HubCodeTry *oldest = NULL;
  guint n_tries = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (key != NULL, 0);

  hub_code_tries_forget (self, now);
  for (GList *l = self->tries.head; l != NULL; l = l->next)
    {
      const HubCodeTry *try = l->data;

      if (!g_str_equal (try->key, key))
        continue;
      if (oldest == NULL)
        oldest = try;
      n_tries++;
    }

  if (n_tries < HUB_CODE_TRIES_PER_KEY)
    oldest = self->tries.length < HUB_CODE_TRIES ? NULL : g_queue_peek_head (&self->tries);

  return oldest != NULL ? (guint) (oldest->at + HUB_CODE_TRIES_MS - now) : 0;
}

void
hub_code_tries_add (HubCodeTries *self, const char *key, gint64 now)
{
  HubCodeTry *try;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);
  g_return_if_fail (self->tries.length < HUB_CODE_TRIES);

  try = g_new0 (HubCodeTry, 1);
  try->key = g_strdup (key);
  try->at = now;
  g_queue_push_tail (&self->tries, try);
}
