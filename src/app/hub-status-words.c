/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-status.h"

#include "base/hub-text.h"

#include <glib/gi18n-lib.h>

/* How the chat stands, in words. */

char *
hub_status_dup_invitation (HubStatus *self)
{
  const HubPlace *place = hub_status_get_place (self);

  if (place == NULL)
    return NULL;

  return hub_snapshot_dup_invitation (hub_status_get_snapshot (self), place->url);
}

char *
hub_status_dup_title (HubStatus *self)
{
  guint n;

  g_return_val_if_fail (HUB_IS_STATUS (self), NULL);

  switch (hub_status_get_state (self))
    {
    case HUB_HOST_STARTING:
      return g_strdup (_ ("Starting…"));
    case HUB_HOST_STOPPING:
      return g_strdup (_ ("Ending…"));
    case HUB_HOST_STOPPED:
      return g_strdup (_ ("Stopped"));
    case HUB_HOST_FAILED:
      return g_strdup (_ ("Not started"));
    case HUB_HOST_READY:
    default:
      break;
    }

  n = hub_status_get_n_people (self);
  if (n == 0)
    return g_strdup (_ ("Ready"));

  /* Translators: below the window's title; %u is the number of people in the chat. */
  return g_strdup_printf (ngettext ("Ready · %u person", "Ready · %u people", n), n);
}

char *
hub_status_dup_reason (HubStatus *self)
{
  const GError *error = hub_status_get_error (self);
  g_autofree char *isolated = NULL;

  if (error == NULL)
    return NULL;

  isolated = hub_text_isolate (error->message);
  if (!hub_host_is_folder_error (error))
    return g_steal_pointer (&isolated);

  /* No other can be chosen here. A line of its own, whichever way the one before it runs. Translators:
   * follows what is wrong with a folder. */
  return g_strdup_printf ("%s\n%s", isolated,
                          _ ("Hubbub keeps its certificate there: see that the folder is yours and "
                             "may be written to, and that the disk has room."));
}
