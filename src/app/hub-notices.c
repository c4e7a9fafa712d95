/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-notices.h"

#include <string.h>

#define N_NOTICES (HUB_NOTICE_NOBODY + 1)
#define NOBODY_MS (HUB_STATUS_NOBODY_S * 1000)

struct _HubNotices
{
  /* Owned */
  HubClock *clock;
  char *address; /* the URL that was shown last, or NULL */

  /* State */
  gint64 opened_at;    /* monotonic ms */
  gboolean had_guests; /* when the address went */
  gboolean has_joined;
  gboolean holds[N_NOTICES]; /* all but NOBODY, which is a matter of time */
  gboolean is_read[N_NOTICES];
};

HubNotices *
hub_notices_new (HubClock *clock)
{
  HubNotices *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);

  self = g_new0 (HubNotices, 1);
  self->clock = g_object_ref (clock);
  self->opened_at = hub_clock_get_monotonic (clock);

  return self;
}

void
hub_notices_free (HubNotices *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->clock);
  g_free (self->address);
  g_free (self);
}

/* What is over is told again when it comes back. */
static void
hub_notices_set (HubNotices *self, HubNotice notice, gboolean holds)
{
  self->holds[notice] = holds;
  if (!holds)
    self->is_read[notice] = FALSE;
}

static gboolean
is_offered (GPtrArray *places, const char *url)
{
  for (guint i = 0; i < places->len; i++)
    if (g_str_equal (((const HubPlace *) g_ptr_array_index (places, i))->url, url))
      return TRUE;

  return FALSE;
}

/* Without any network the old address is still the one that guests have: only another one in its
 * place is a change. */
static gboolean
hub_notices_follow_address (HubNotices *self,
                            GPtrArray *places,
                            const HubPlace *shown,
                            guint n_people)
{
  gboolean is_changed = FALSE;

  if (self->address != NULL && !is_offered (places, self->address))
    {
      self->had_guests |= n_people > 0;
      is_changed = shown != NULL && self->had_guests;
    }
  else
    {
      self->had_guests = FALSE;
    }

  if (shown != NULL)
    {
      g_free (self->address);
      self->address = g_strdup (shown->url);
      self->had_guests = FALSE;
    }

  return is_changed;
}

gboolean
hub_notices_follow (HubNotices *self, HubSnapshot *snapshot, const HubPlace *shown, guint n_people)
{
  gboolean is_changed;

  g_return_val_if_fail (self != NULL && snapshot != NULL, FALSE);

  is_changed
      = hub_notices_follow_address (self, hub_snapshot_get_places (snapshot), shown, n_people);
  if (is_changed)
    {
      self->is_read[HUB_NOTICE_NETWORK_CHANGED] = FALSE;
      self->holds[HUB_NOTICE_NETWORK_CHANGED] = TRUE;
    }
  hub_notices_set (self, HUB_NOTICE_NO_NETWORK, shown == NULL);
  /* The best comes first, and a VPN's comes last. */
  hub_notices_set (
      self, HUB_NOTICE_VPN_ONLY,
      shown != NULL && ((const HubPlace *) hub_snapshot_get_places (snapshot)->pdata[0])->is_vpn);
  hub_notices_set (self, HUB_NOTICE_PORT_BUSY, hub_snapshot_get_busy_port (snapshot) != 0);

  return is_changed;
}

void
hub_notices_forget_address (HubNotices *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->address, g_free);
  self->had_guests = FALSE;
}

void
hub_notices_add_joined (HubNotices *self)
{
  g_return_if_fail (self != NULL);

  self->has_joined = TRUE;
  hub_notices_set (self, HUB_NOTICE_NETWORK_CHANGED, FALSE);
  hub_notices_set (self, HUB_NOTICE_STUCK, FALSE);
}

void
hub_notices_add_stuck (HubNotices *self)
{
  g_return_if_fail (self != NULL);

  /* Another device, or the same once more: also where the last time has been read. */
  self->holds[HUB_NOTICE_STUCK] = TRUE;
  self->is_read[HUB_NOTICE_STUCK] = FALSE;
}

guint
hub_notices_get_patience (HubNotices *self)
{
  gint64 waited;

  g_return_val_if_fail (self != NULL, 0);

  waited = hub_clock_get_monotonic (self->clock) - self->opened_at;

  return self->has_joined || waited >= NOBODY_MS ? 0 : (guint) (NOBODY_MS - waited);
}

HubNotice
hub_notices_get (HubNotices *self)
{
  g_return_val_if_fail (self != NULL, HUB_NOTICE_NONE);

  for (guint notice = HUB_NOTICE_NONE + 1; notice < HUB_NOTICE_NOBODY; notice++)
    if (self->holds[notice] && !self->is_read[notice])
      return (HubNotice) notice;

  if (self->has_joined || self->is_read[HUB_NOTICE_NOBODY] || hub_notices_get_patience (self) > 0)
    return HUB_NOTICE_NONE;

  return HUB_NOTICE_NOBODY;
}

void
hub_notices_dismiss (HubNotices *self)
{
  g_return_if_fail (self != NULL);

  self->is_read[hub_notices_get (self)] = TRUE;
}
