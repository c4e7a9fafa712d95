/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-place.h"

#include <string.h>

/* Between a label and an address. */
#define SEPARATOR " · "

static const HubPlace *
get (GPtrArray *places, guint i)
{
  return g_ptr_array_index (places, i);
}

/* Returns: (transfer full): "192.168.1.5" of "https://192.168.1.5:8443/" */
static char *
dup_address (const HubPlace *place)
{
  g_autoptr (GUri) uri = g_uri_parse (place->url, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : place->url);
}

static gboolean
is_v6 (const HubPlace *place)
{
  return strchr (place->url, '[') != NULL;
}

/* Returns: the best place with the label of @place: it says which family stands for them */
static const HubPlace *
find_best (GPtrArray *places, const char *label, gsize length)
{
  for (guint i = 0; i < places->len; i++)
    if (strlen (get (places, i)->label) == length
        && strncmp (get (places, i)->label, label, length) == 0)
      return get (places, i);

  return NULL;
}

/* Whether people choose this one: it is of the family of the best with its label. */
static gboolean
is_choice (GPtrArray *places, const HubPlace *place)
{
  const HubPlace *best = find_best (places, place->label, strlen (place->label));

  return best != NULL && is_v6 (best) == is_v6 (place);
}

char *
hub_place_dup_name (GPtrArray *places, const HubPlace *place)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (places != NULL && place != NULL, NULL);

  for (guint i = 0; i < places->len; i++)
    {
      const HubPlace *other = get (places, i);

      if (strcmp (other->url, place->url) == 0 || strcmp (other->label, place->label) != 0
          || is_v6 (other) != is_v6 (place))
        continue;

      address = dup_address (place);

      return g_strconcat (place->label, SEPARATOR, address, NULL);
    }

  return g_strdup (place->label);
}

char **
hub_place_dup_names (GPtrArray *places)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (places != NULL, NULL);

  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *name = NULL;

      if (!is_choice (places, get (places, i)))
        continue;
      name = hub_place_dup_name (places, get (places, i));
      g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}

const HubPlace *
hub_place_find (GPtrArray *places, const char *name)
{
  const HubPlace *found = NULL;
  const char *end;

  g_return_val_if_fail (places != NULL, NULL);

  if (places->len == 0 || strstr (get (places, 0)->url, ".local:") != NULL)
    return NULL;

  for (guint i = 0; i < places->len && name != NULL && found == NULL; i++)
    {
      g_autofree char *its = hub_place_dup_name (places, get (places, i));

      if (is_choice (places, get (places, i)) && strcmp (its, name) == 0)
        found = get (places, i);
    }
  if (found == NULL && name != NULL)
    {
      end = strstr (name, SEPARATOR);
      found = find_best (places, name, end != NULL ? (gsize) (end - name) : strlen (name));
    }

  return found != NULL ? found : get (places, 0);
}
