/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-leaf-plan.h"

#include "base/hub-limits.h"
#include "net/hub-address-table.h"

#include <string.h>

#define LOCALHOST "localhost"
#define LABEL_MAX_CHARS 63 /* RFC 1035, 2.3.4 */

/* Letters, digits and hyphens, no hyphen at either end (RFC 1123, 2.1). */
static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > LABEL_MAX_CHARS || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return FALSE;

  return TRUE;
}

static gboolean
contains (GPtrArray *addresses, GInetAddress *address)
{
  for (guint i = 0; i < addresses->len; i++)
    if (g_inet_address_equal (g_ptr_array_index (addresses, i), address))
      return TRUE;

  return FALSE;
}

/* Adds those of @more that may be in a certificate and are not in @addresses, up to the bound. */
static void
add_addresses (GPtrArray *addresses, GPtrArray *more)
{
  for (guint i = 0; i < more->len && addresses->len < HUB_LEAF_MAX_ADDRESSES; i++)
    {
      GInetAddress *address = g_ptr_array_index (more, i);

      if (hub_address_table_permits (address) && !contains (addresses, address))
        g_ptr_array_add (addresses, g_object_ref (address));
    }
}

static gboolean
plan_addresses (HubLeafPlan *self, GPtrArray *old_addresses, GPtrArray *addresses)
{
  gboolean is_covered = TRUE;

  add_addresses (self->addresses, addresses);
  for (guint i = 0; i < self->addresses->len; i++)
    is_covered = is_covered && contains (old_addresses, g_ptr_array_index (self->addresses, i));

  add_addresses (self->addresses, old_addresses);

  return is_covered;
}

static gboolean
plan_names (HubLeafPlan *self, const char *const *old_names, const char *label)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean is_covered = g_strv_contains (old_names, LOCALHOST);

  if (label != NULL && is_label (label))
    {
      g_autofree char *lower = g_ascii_strdown (label, -1);
      char *name = g_strconcat (lower, ".local", NULL);

      g_ptr_array_add (names, name);
      is_covered = is_covered && g_strv_contains (old_names, name);
    }

  for (guint i = 0; old_names[i] != NULL && names->len < HUB_LEAF_MAX_LABELS; i++)
    if (g_str_has_suffix (old_names[i], ".local")
        && !g_ptr_array_find_with_equal_func (names, old_names[i], g_str_equal, NULL))
      g_ptr_array_add (names, g_strdup (old_names[i]));

  g_ptr_array_add (names, g_strdup (LOCALHOST));
  g_ptr_array_add (names, NULL);
  self->names = (GStrv) g_ptr_array_steal (names, NULL);

  return is_covered;
}

HubLeafPlan *
hub_leaf_plan_new (HubCertificate *old, GPtrArray *addresses, const char *label)
{
  static const char *const no_names[] = { NULL };
  HubLeafPlan *self = g_new0 (HubLeafPlan, 1);
  g_autoptr (GPtrArray) old_addresses = NULL;
  g_auto (GStrv) old_names = NULL;
  gboolean has_addresses, has_names;

  old_addresses = old != NULL ? hub_certificate_dup_addresses (old) : g_ptr_array_new ();
  old_names = old != NULL ? hub_certificate_dup_names (old) : g_strdupv ((GStrv) no_names);

  self->addresses = g_ptr_array_new_with_free_func (g_object_unref);
  has_addresses = plan_addresses (self, old_addresses, addresses);
  has_names = plan_names (self, (const char *const *) old_names, label);
  self->is_covered = old != NULL && has_addresses && has_names;

  return self;
}

void
hub_leaf_plan_free (HubLeafPlan *self)
{
  g_strfreev (self->names);
  g_ptr_array_unref (self->addresses);
  g_free (self);
}
