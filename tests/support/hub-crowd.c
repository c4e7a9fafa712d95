/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-crowd.h"

#include "support/hub-crowd-socket.h"

#include <json-glib/json-glib.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define DEADLINE_US (120 * G_USEC_PER_SEC)

typedef struct
{
  gint64 ref;
  char *text;
} Say;

typedef struct
{
  guint index;
  HubCrowdSocket *socket; /* NULL: offline */
  char *token;
  gboolean is_joined;
  gboolean is_held_back; /* connected, hello comes at hub_crowd_send_hellos() */
  gboolean has_said_hello;
  guint64 last_id;
  gint64 next_ref;
  guint next_text;
  GQueue unaccepted; /* Say */
  guint *heard;      /* [author] = number of his latest message */
} Guest;

struct _HubCrowd
{
  guint16 port;
  guint n;
  Guest *guests;
  GPtrArray *frozen; /* HubCrowdSocket */
  guint64 n_said;
  guint64 n_delivered;
  guint64 newest; /* id */
};

static void
say_free (Say *say)
{
  g_free (say->text);
  g_free (say);
}

HubCrowd *
hub_crowd_new (guint16 port, guint n_guests)
{
  HubCrowd *self = g_new0 (HubCrowd, 1);

  self->port = port;
  self->n = n_guests;
  self->guests = g_new0 (Guest, n_guests);
  self->frozen = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_crowd_socket_free);
  for (guint i = 0; i < n_guests; i++)
    {
      self->guests[i].index = i;
      self->guests[i].next_ref = 1;
      self->guests[i].heard = g_new0 (guint, n_guests);
      g_queue_init (&self->guests[i].unaccepted);
    }
  return self;
}

void
hub_crowd_free (HubCrowd *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      Guest *guest = &self->guests[i];

      g_clear_pointer (&guest->socket, hub_crowd_socket_free);
      g_queue_clear_full (&guest->unaccepted, (GDestroyNotify) say_free);
      g_free (guest->token);
      g_free (guest->heard);
    }
  g_ptr_array_unref (self->frozen);
  g_free (self->guests);
  g_free (self);
}

static void
hub_crowd_send_say (Guest *guest, const Say *say)
{
  g_autofree char *object = g_strdup_printf (
      "{\"type\":\"say\",\"ref\":%" G_GINT64_FORMAT ",\"text\":\"%s\"}", say->ref, say->text);

  hub_crowd_socket_send (guest->socket, object);
}

static void
hub_crowd_send_hello (Guest *guest)
{
  g_autofree char *object = NULL;

  if (guest->token == NULL)
    object
        = g_strdup_printf ("{\"type\":\"hello\",\"name\":\"Guest number %u\",\"join\":\"%032x\"}",
                           guest->index, guest->index + 1);
  else
    object = g_strdup_printf ("{\"type\":\"hello\",\"name\":\"Guest number %u\",\"join\":\"%032x\","
                              "\"token\":\"%s\",\"last_seen\":%" G_GUINT64_FORMAT "}",
                              guest->index, guest->index + 1, guest->token, guest->last_id);
  hub_crowd_socket_send (guest->socket, object);
  guest->has_said_hello = TRUE;
}

static void
hub_crowd_on_welcome (Guest *guest, JsonObject *object)
{
  guint64 last_id = (guint64) json_object_get_int_member (object, "last_id");

  if (guest->token == NULL)
    guest->last_id = last_id;
  g_free (guest->token);
  guest->token = g_strdup (json_object_get_string_member (object, "token"));
  guest->is_joined = TRUE;
  for (GList *l = guest->unaccepted.head; l != NULL; l = l->next)
    hub_crowd_send_say (guest, l->data);
}

static void
hub_crowd_on_said (HubCrowd *self, Guest *guest, JsonObject *object)
{
  guint64 id = (guint64) json_object_get_int_member (object, "id");
  const char *text = json_object_get_string_member (object, "text");
  guint author = 0, number = 0;

  g_assert_cmpuint (id, ==, guest->last_id + 1);
  guest->last_id = id;
  self->newest = MAX (self->newest, id);
  g_assert_cmpint (sscanf (text, "m %u %u", &author, &number), ==, 2);
  g_assert_cmpuint (author, <, self->n);
  g_assert_true (guest->heard[author] == 0 || number == guest->heard[author] + 1);
  guest->heard[author] = number;
  self->n_delivered++;
}

static void
hub_crowd_on_accepted (HubCrowd *self, Guest *guest, JsonObject *object)
{
  gint64 ref = json_object_get_int_member (object, "ref");
  Say *say = g_queue_pop_head (&guest->unaccepted);

  g_assert_nonnull (say);
  g_assert_cmpint (say->ref, ==, ref);
  say_free (say);
  self->n_said++;
}

static void
hub_crowd_receive (HubCrowd *self, Guest *guest, const char *message)
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
    hub_crowd_on_welcome (guest, object);
  else if (g_str_equal (type, "said"))
    hub_crowd_on_said (self, guest, object);
  else if (g_str_equal (type, "accepted"))
    hub_crowd_on_accepted (self, guest, object);
  else if (!g_str_equal (type, "presence"))
    g_error ("guest %u did not expect %s", guest->index, message);
}

static void
hub_crowd_serve_guest (HubCrowd *self, Guest *guest)
{
  char *message = NULL;

  hub_crowd_socket_pump (guest->socket);
  if (hub_crowd_socket_is_open (guest->socket) && !guest->has_said_hello && !guest->is_held_back)
    hub_crowd_send_hello (guest);
  while ((message = hub_crowd_socket_take (guest->socket)) != NULL)
    {
      hub_crowd_receive (self, guest, message);
      g_free (message);
    }
  if (hub_crowd_socket_is_closed (guest->socket))
    g_error ("the host closed the connection of guest %u", guest->index);
}

static void
hub_crowd_serve (HubCrowd *self, int timeout)
{
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, self->n);
  g_autofree Guest **who = g_new0 (Guest *, self->n);
  nfds_t n = 0;

  for (guint i = 0; i < self->n; i++)
    if (self->guests[i].socket != NULL)
      {
        fds[n].fd = hub_crowd_socket_get_fd (self->guests[i].socket);
        fds[n].events = POLLIN;
        who[n++] = &self->guests[i];
      }
  /* Handshakes begin with our own flight, so everybody not yet open is served each time. */
  poll (fds, n, timeout);
  for (nfds_t i = 0; i < n; i++)
    if (fds[i].revents != 0 || !hub_crowd_socket_is_open (who[i]->socket))
      hub_crowd_serve_guest (self, who[i]);
}

typedef gboolean (*HubCrowdCondition) (HubCrowd *self);

static void
hub_crowd_serve_until (HubCrowd *self, HubCrowdCondition condition)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (!condition (self))
    {
      hub_crowd_serve (self, 20);
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }
}

static gboolean
hub_crowd_is_joined (HubCrowd *self)
{
  for (guint i = 0; i < self->n; i++)
    if (self->guests[i].socket != NULL && !self->guests[i].is_joined)
      return FALSE;
  return TRUE;
}

static gboolean
hub_crowd_is_connected (HubCrowd *self)
{
  for (guint i = 0; i < self->n; i++)
    if (self->guests[i].socket != NULL && !hub_crowd_socket_is_open (self->guests[i].socket))
      return FALSE;
  return TRUE;
}

static gboolean
hub_crowd_is_settled (HubCrowd *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      Guest *guest = &self->guests[i];

      if (guest->socket == NULL || !guest->is_joined || guest->unaccepted.length > 0
          || guest->last_id < self->newest || guest->last_id < self->n_said)
        return FALSE;
    }
  return TRUE;
}

void
hub_crowd_join (HubCrowd *self)
{
  /* One after the other, so that everybody has heard everything from the first message on. */
  for (guint i = 0; i < self->n; i++)
    {
      self->guests[i].socket = hub_crowd_socket_new (self->port, "hubbub.v1");
      if (i % 16 == 15)
        hub_crowd_serve_until (self, hub_crowd_is_joined);
    }
  hub_crowd_serve_until (self, hub_crowd_is_joined);
}

void
hub_crowd_say (HubCrowd *self, guint index)
{
  Guest *guest = &self->guests[index];
  Say *say = g_new0 (Say, 1);

  say->ref = guest->next_ref++;
  say->text = g_strdup_printf ("m %u %u", index, ++guest->next_text);
  g_queue_push_tail (&guest->unaccepted, say);
  if (guest->socket != NULL && guest->is_joined)
    hub_crowd_send_say (guest, say);
}

void
hub_crowd_lose (HubCrowd *self, guint index, HubLoss loss)
{
  Guest *guest = &self->guests[index];
  HubCrowdSocket *socket = g_steal_pointer (&guest->socket);

  guest->is_joined = FALSE;
  guest->has_said_hello = FALSE;
  if (loss == HUB_LOSS_FROZEN)
    {
      g_ptr_array_add (self->frozen, socket);
      return;
    }
  if (loss == HUB_LOSS_RST)
    hub_crowd_socket_reset (socket);
  else
    shutdown (hub_crowd_socket_get_fd (socket), SHUT_WR);
  hub_crowd_socket_free (socket);
}

void
hub_crowd_resume (HubCrowd *self, guint index, gboolean at_once)
{
  self->guests[index].socket = hub_crowd_socket_new (self->port, "hubbub.v1");
  self->guests[index].is_held_back = !at_once;
}

void
hub_crowd_wait_connected (HubCrowd *self)
{
  hub_crowd_serve_until (self, hub_crowd_is_connected);
}

void
hub_crowd_send_hellos (HubCrowd *self)
{
  for (guint i = 0; i < self->n; i++)
    if (self->guests[i].is_held_back)
      {
        self->guests[i].is_held_back = FALSE;
        hub_crowd_send_hello (&self->guests[i]);
      }
}

void
hub_crowd_run (HubCrowd *self, guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;
  gint64 now = 0;

  while ((now = g_get_monotonic_time ()) < end)
    hub_crowd_serve (self, (int) MIN ((end - now) / 1000 + 1, 20));
}

void
hub_crowd_settle (HubCrowd *self)
{
  hub_crowd_serve_until (self, hub_crowd_is_settled);
}

guint64
hub_crowd_get_n_said (HubCrowd *self)
{
  return self->n_said;
}

guint64
hub_crowd_get_n_delivered (HubCrowd *self)
{
  return self->n_delivered;
}
