/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-message.h"

#include <string.h>

/* What an encoding holds besides text and name: the object's fields with three 64-bit numbers, a
 * frame's header and the GBytes around it. */
#define ENCODING_OVERHEAD_BYTES 256

struct _HubMessage
{
  guint64 id;
  guint64 from_id;
  char *from_name;
  char *text;
  gint64 at;
  gsize size;
  GBytes *encodings[HUB_MESSAGE_ENCODINGS];
};

G_DEFINE_BOXED_TYPE (HubMessage, hub_message, hub_message_ref, hub_message_unref)

/* The length of @text where it is written with the most escapes a wire format needs: two bytes
 * for what JSON names (plain text's LF TAB is two as well), six for other controls. */
static gsize
escaped_length (const char *text)
{
  gsize length = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      guchar byte = (guchar) *p;

      if (byte == '"' || byte == '\\' || byte == '\n' || byte == '\t')
        length += 2;
      else if (byte < 0x20 || byte == 0x7f)
        length += 6;
      else
        length += 1;
    }

  return length;
}

HubMessage *
hub_message_new (guint64 id, guint64 from_id, const char *from_name, const char *text, gint64 at)
{
  HubMessage *self;

  g_return_val_if_fail (from_name != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = g_rc_box_new0 (HubMessage);
  self->id = id;
  self->from_id = from_id;
  self->from_name = g_strdup (from_name);
  self->text = g_strdup (text);
  self->at = at;
  self->size
      = sizeof (HubMessage) + strlen (from_name) + strlen (text)
        + HUB_MESSAGE_ENCODINGS
              * (escaped_length (from_name) + escaped_length (text) + ENCODING_OVERHEAD_BYTES);

  return self;
}

HubMessage *
hub_message_ref (HubMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
hub_message_clear (gpointer data)
{
  HubMessage *self = data;

  for (guint i = 0; i < HUB_MESSAGE_ENCODINGS; i++)
    g_clear_pointer (&self->encodings[i], g_bytes_unref);
  g_free (self->from_name);
  g_free (self->text);
}

void
hub_message_unref (HubMessage *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, hub_message_clear);
}

guint64
hub_message_get_id (const HubMessage *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->id;
}

guint64
hub_message_get_from_id (const HubMessage *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->from_id;
}

const char *
hub_message_get_from_name (const HubMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->from_name;
}

const char *
hub_message_get_text (const HubMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

gint64
hub_message_get_at (const HubMessage *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->at;
}

gsize
hub_message_get_size (const HubMessage *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

GBytes *
hub_message_get_encoding (HubMessage *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < HUB_MESSAGE_ENCODINGS, NULL);

  return self->encodings[index];
}

void
hub_message_set_encoding (HubMessage *self, guint index, GBytes *encoding)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (index < HUB_MESSAGE_ENCODINGS);
  g_return_if_fail (encoding != NULL);

  g_bytes_ref (encoding);
  g_clear_pointer (&self->encodings[index], g_bytes_unref);
  self->encodings[index] = encoding;
}
