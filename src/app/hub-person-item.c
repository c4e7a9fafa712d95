/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-person-item.h"

#include <glib/gi18n-lib.h>

#define MINUTE_MS 60000
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

struct _HubPersonItem
{
  GObject parent_instance;

  /* Owned */
  char *name;
  char *device;

  /* State */
  guint64 id;
  gint64 joined_at;
  gboolean is_away;
};

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_DEVICE,
  PROP_JOINED_AT,
  PROP_AWAY,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (HubPersonItem, hub_person_item, G_TYPE_OBJECT)

static void
hub_person_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HubPersonItem *self = HUB_PERSON_ITEM (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_uint64 (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_DEVICE:
      g_value_set_string (value, self->device);
      break;
    case PROP_JOINED_AT:
      g_value_set_int64 (value, self->joined_at);
      break;
    case PROP_AWAY:
      g_value_set_boolean (value, self->is_away);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_person_item_finalize (GObject *object)
{
  HubPersonItem *self = HUB_PERSON_ITEM (object);

  g_free (self->name);
  g_free (self->device);

  G_OBJECT_CLASS (hub_person_item_parent_class)->finalize (object);
}

static void
hub_person_item_class_init (HubPersonItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hub_person_item_get_property;
  object_class->finalize = hub_person_item_finalize;

  properties[PROP_ID] = g_param_spec_uint64 ("id", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_DEVICE] = g_param_spec_string ("device", NULL, NULL, NULL, flags);
  properties[PROP_JOINED_AT]
      = g_param_spec_int64 ("joined-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_AWAY] = g_param_spec_boolean ("away", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
hub_person_item_init (HubPersonItem *self)
{
}

HubPersonItem *
hub_person_item_new (const HubPerson *person)
{
  HubPersonItem *self;

  g_return_val_if_fail (person != NULL, NULL);

  self = g_object_new (HUB_TYPE_PERSON_ITEM, NULL);
  self->id = person->id;
  self->name = g_strdup (person->name);
  self->device = g_strdup (person->device != NULL ? person->device : "");
  self->joined_at = person->joined_at;
  self->is_away = person->is_away;

  return self;
}

static void
hub_person_item_set_text (HubPersonItem *self, char **text, const char *now, guint property)
{
  if (g_strcmp0 (*text, now) == 0)
    return;

  g_free (*text);
  *text = g_strdup (now);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
hub_person_item_update (HubPersonItem *self, const HubPerson *person)
{
  g_return_if_fail (HUB_IS_PERSON_ITEM (self));
  g_return_if_fail (person != NULL && person->id == self->id);

  hub_person_item_set_text (self, &self->name, person->name, PROP_NAME);
  hub_person_item_set_text (self, &self->device, person->device != NULL ? person->device : "",
                            PROP_DEVICE);
  if (self->joined_at != person->joined_at)
    {
      self->joined_at = person->joined_at;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOINED_AT]);
    }
  if (self->is_away != person->is_away)
    {
      self->is_away = person->is_away;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AWAY]);
    }
}

guint64
hub_person_item_get_id (HubPersonItem *self)
{
  g_return_val_if_fail (HUB_IS_PERSON_ITEM (self), 0);

  return self->id;
}

const char *
hub_person_item_get_name (HubPersonItem *self)
{
  g_return_val_if_fail (HUB_IS_PERSON_ITEM (self), NULL);

  return self->name;
}

const char *
hub_person_item_get_device (HubPersonItem *self)
{
  g_return_val_if_fail (HUB_IS_PERSON_ITEM (self), NULL);

  return self->device;
}

gint64
hub_person_item_get_joined_at (HubPersonItem *self)
{
  g_return_val_if_fail (HUB_IS_PERSON_ITEM (self), 0);

  return self->joined_at;
}

gboolean
hub_person_item_is_away (HubPersonItem *self)
{
  g_return_val_if_fail (HUB_IS_PERSON_ITEM (self), FALSE);

  return self->is_away;
}

/* As short as it can be, beside a name. */
static char *
dup_short_time (gint64 ms)
{
  if (ms < MINUTE_MS)
    /* Translators: below a guest's name, where “12 min” stands later. */
    return g_strdup (_ ("just joined"));
  if (ms < HOUR_MS)
    /* Translators: for how long a guest has been here, in minutes; abbreviated. */
    return g_strdup_printf (_ ("%u min"), (guint) (ms / MINUTE_MS));
  if (ms < DAY_MS)
    /* Translators: for how long a guest has been here, in hours; abbreviated. */
    return g_strdup_printf (_ ("%u h"), (guint) (ms / HOUR_MS));

  /* Translators: for how long a guest has been here, in days; abbreviated. */
  return g_strdup_printf (_ ("%u d"), (guint) (ms / DAY_MS));
}

/* In whole words, for who listens. */
static char *
dup_spoken_time (gint64 ms)
{
  guint n;

  if (ms < MINUTE_MS)
    /* Translators: read aloud after a guest's name and a comma. */
    return g_strdup (_ ("joined just now"));

  if (ms < HOUR_MS)
    {
      n = (guint) (ms / MINUTE_MS);
      /* Translators: read aloud after a guest's name and a comma. */
      return g_strdup_printf (ngettext ("joined %u minute ago", "joined %u minutes ago", n), n);
    }

  if (ms < DAY_MS)
    {
      n = (guint) (ms / HOUR_MS);
      /* Translators: read aloud after a guest's name and a comma. */
      return g_strdup_printf (ngettext ("joined %u hour ago", "joined %u hours ago", n), n);
    }

  n = (guint) (ms / DAY_MS);
  /* Translators: read aloud after a guest's name and a comma. */
  return g_strdup_printf (ngettext ("joined %u day ago", "joined %u days ago", n), n);
}

char *
hub_person_item_dup_caption (HubPersonItem *self, gint64 now)
{
  g_autofree char *since = NULL;

  g_return_val_if_fail (HUB_IS_PERSON_ITEM (self), NULL);

  since = self->is_away ? g_strdup (_ ("away")) : dup_short_time (now - self->joined_at);
  if (self->device[0] == '\0')
    return g_steal_pointer (&since);

  /* Translators: below a guest's name; %1$s is a device, "iPhone", %2$s how long, "12 min", or "away". */
  return g_strdup_printf (_ ("%1$s · %2$s"), self->device, since);
}

/* Returns: (transfer full): @text and @more, as parts of one sentence */
static char *
dup_joined (const char *text, const char *more)
{
  /* Translators: joins the parts of a sentence that is read aloud, like "Ana, iPhone, joined 12 minutes
   * ago, away": the comma. */
  return g_strdup_printf (_ ("%1$s, %2$s"), text, more);
}

char *
hub_person_item_dup_spoken (HubPersonItem *self, gint64 now)
{
  g_autofree char *since = NULL;
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (HUB_IS_PERSON_ITEM (self), NULL);

  since = dup_spoken_time (now - self->joined_at);
  if (self->device[0] != '\0')
    {
      g_autofree char *named = dup_joined (self->name, self->device);

      sentence = dup_joined (named, since);
    }
  else
    {
      sentence = dup_joined (self->name, since);
    }

  return self->is_away ? dup_joined (sentence, _ ("away")) : g_steal_pointer (&sentence);
}
