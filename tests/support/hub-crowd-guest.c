/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-crowd-guest.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

/* How long before a locked room is asked again: no more than the contract's one a second. */
#define ASK_AGAIN_US (1100 * 1000)

typedef struct
{
  gint64 ref;
  char *text;
} Say;

struct _HubCrowdGuest
{
  guint16 port;
  guint index;
  guint n_authors;

  HubCrowdSocket *socket; /* NULL: offline */
  char *token;
  guint n_joins;
  gboolean is_held;
  gboolean is_in;
  gboolean is_leaving;
  gboolean has_said_hello;
  gint64 ask_at; /* when the next `hello` may go, monotonic us */

  guint64 last_id;
  guint *heard; /* [author] = number of his latest message, 0: none yet */
  gint64 next_ref;
  guint next_number;
  GQueue unaccepted; /* Say */
  guint64 n_heard;
  guint64 n_said;
};

static void
say_free (Say *say)
{
  g_free (say->text);
  g_free (say);
}

HubCrowdGuest *
hub_crowd_guest_new (guint16 port, guint index, guint n_authors)
{
  HubCrowdGuest *self = g_new0 (HubCrowdGuest, 1);

  g_assert_cmpuint (index, <, n_authors);
  self->port = port;
  self->index = index;
  self->n_authors = n_authors;
  self->heard = g_new0 (guint, n_authors);
  self->next_ref = 1;
  g_queue_init (&self->unaccepted);

  return self;
}

void
hub_crowd_guest_free (HubCrowdGuest *self)
{
  g_clear_pointer (&self->socket, hub_crowd_socket_free);
  g_queue_clear_full (&self->unaccepted, (GDestroyNotify) say_free);
  g_free (self->token);
  g_free (self->heard);
  g_free (self);
}

void
hub_crowd_guest_connect (HubCrowdGuest *self, gboolean is_held)
{
  g_assert_null (self->socket);
  self->socket = hub_crowd_socket_new (self->port, "hubbub.v1");
  self->is_held = is_held;
}

HubCrowdSocket *
hub_crowd_guest_disconnect (HubCrowdGuest *self)
{
  g_assert_nonnull (self->socket);
  self->is_held = FALSE;
  self->is_in = FALSE;
  self->has_said_hello = FALSE;
  self->ask_at = 0;

  return g_steal_pointer (&self->socket);
}

static void
send_say (HubCrowdGuest *self, const Say *say)
{
  g_autofree char *object = g_strdup_printf (
      "{\"type\":\"say\",\"ref\":%" G_GINT64_FORMAT ",\"text\":\"%s\"}", say->ref, say->text);

  hub_crowd_socket_send (self->socket, object);
}

static void
send_hello (HubCrowdGuest *self)
{
  g_autoptr (GString) object = g_string_new (NULL);

  /* A secret that is this Join's alone. */
  g_string_printf (object,
                   "{\"type\":\"hello\",\"name\":\"Guest number %u\",\"join\":\"%016x%016x\"",
                   self->index, self->n_joins, self->index + 1);
  if (self->token != NULL)
    g_string_append_printf (object, ",\"token\":\"%s\",\"last_seen\":%" G_GUINT64_FORMAT,
                            self->token, self->last_id);
  g_string_append_c (object, '}');
  hub_crowd_socket_send (self->socket, object->str);
  self->has_said_hello = TRUE;
}

void
hub_crowd_guest_release (HubCrowdGuest *self)
{
  if (self->is_held)
    {
      self->is_held = FALSE;
      send_hello (self);
    }
}

void
hub_crowd_guest_say (HubCrowdGuest *self)
{
  Say *say = g_new0 (Say, 1);

  say->ref = self->next_ref++;
  say->text = g_strdup_printf ("m %u %u", self->index, ++self->next_number);
  g_queue_push_tail (&self->unaccepted, say);
  if (self->is_in)
    send_say (self, say);
}

void
hub_crowd_guest_leave (HubCrowdGuest *self)
{
  g_assert_true (self->is_in && hub_crowd_guest_is_quiet (self));
  hub_crowd_socket_send (self->socket, "{\"type\":\"bye\"}");
  self->is_in = FALSE;
  self->is_leaving = TRUE;
}

static void
finish_leaving (HubCrowdGuest *self)
{
  hub_crowd_socket_free (hub_crowd_guest_disconnect (self));
  self->is_leaving = FALSE;
  self->n_joins++;
  self->last_id = 0;
  g_clear_pointer (&self->token, g_free);
  memset (self->heard, 0, self->n_authors * sizeof *self->heard);
}

static void
on_welcome (HubCrowdGuest *self, JsonObject *object)
{
  guint64 last_id = (guint64) json_object_get_int_member (object, "last_id");

  /* Something is replayed to a Join, too, where its first welcome was lost. */
  if (self->token == NULL)
    self->last_id
        = last_id - (guint64) json_object_get_int_member_with_default (object, "replayed", 0);
  g_free (self->token);
  self->token = g_strdup (json_object_get_string_member (object, "token"));
  self->is_in = TRUE;
  for (GList *l = self->unaccepted.head; l != NULL; l = l->next)
    send_say (self, l->data);
}

static void
on_said (HubCrowdGuest *self, JsonObject *object)
{
  guint64 id = (guint64) json_object_get_int_member (object, "id");
  const char *text = json_object_get_string_member (object, "text");
  guint author = 0, number = 0;

  g_assert_cmpuint (id, ==, self->last_id + 1);
  self->last_id = id;
  g_assert_cmpint (sscanf (text, "m %u %u", &author, &number), ==, 2);
  g_assert_cmpuint (author, <, self->n_authors);
  g_assert_true (self->heard[author] == 0 || number == self->heard[author] + 1);
  self->heard[author] = number;
  self->n_heard++;
}

static void
on_accepted (HubCrowdGuest *self, JsonObject *object)
{
  gint64 ref = json_object_get_int_member (object, "ref");
  Say *say = g_queue_pop_head (&self->unaccepted);

  g_assert_nonnull (say);
  g_assert_cmpint (say->ref, ==, ref);
  say_free (say);
  self->n_said++;
}

static gboolean
is_locked_out (JsonObject *object)
{
  return g_str_equal (json_object_get_string_member (object, "type"), "refused")
         && g_str_equal (json_object_get_string_member (object, "code"), "locked");
}

static void
receive (HubCrowdGuest *self, const char *message)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;
  const char *type = NULL;

  json_parser_load_from_data (parser, message, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  type = json_object_get_string_member (object, "type");
  if (g_str_equal (type, "welcome"))
    on_welcome (self, object);
  else if (g_str_equal (type, "said"))
    on_said (self, object);
  else if (g_str_equal (type, "accepted"))
    on_accepted (self, object);
  else if (is_locked_out (object))
    {
      self->has_said_hello = FALSE;
      self->ask_at = g_get_monotonic_time () + ASK_AGAIN_US;
    }
  else if (!g_str_equal (type, "presence") && !g_str_equal (type, "room"))
    g_error ("guest %u did not expect %s", self->index, message);
}

gboolean
hub_crowd_guest_serve (HubCrowdGuest *self)
{
  char *message = NULL;

  hub_crowd_socket_pump (self->socket);
  if (hub_crowd_socket_is_open (self->socket) && !self->has_said_hello && !self->is_held
      && g_get_monotonic_time () >= self->ask_at)
    send_hello (self);
  while ((message = hub_crowd_socket_take (self->socket)) != NULL)
    {
      if (!self->is_leaving)
        receive (self, message);
      g_free (message);
    }
  if (!hub_crowd_socket_is_closed (self->socket))
    return TRUE;
  if (!self->is_leaving)
    return FALSE;

  finish_leaving (self);

  return TRUE;
}

gboolean
hub_crowd_guest_is_connected (HubCrowdGuest *self)
{
  return self->socket != NULL;
}

gboolean
hub_crowd_guest_is_open (HubCrowdGuest *self)
{
  return self->socket != NULL && hub_crowd_socket_is_open (self->socket);
}

gboolean
hub_crowd_guest_is_in (HubCrowdGuest *self)
{
  return self->is_in;
}

gboolean
hub_crowd_guest_is_quiet (HubCrowdGuest *self)
{
  return self->unaccepted.length == 0;
}

int
hub_crowd_guest_get_fd (HubCrowdGuest *self)
{
  return self->socket != NULL ? hub_crowd_socket_get_fd (self->socket) : -1;
}

guint64
hub_crowd_guest_get_last_id (HubCrowdGuest *self)
{
  return self->last_id;
}

guint64
hub_crowd_guest_get_n_heard (HubCrowdGuest *self)
{
  return self->n_heard;
}

guint64
hub_crowd_guest_get_n_said (HubCrowdGuest *self)
{
  return self->n_said;
}
