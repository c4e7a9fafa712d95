/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-session.h"

#include "base/hub-bucket.h"
#include "base/hub-limits.h"
#include "server/hub-json-talk.h"
#include "server/hub-plain-talk.h"
#include "wire/hub-plain.h"
#include "wire/hub-wire.h"

#define CLOSE_NORMAL 1000 /* RFC 6455 section 7.4.1 */
#define CLOSE_POLICY 1008

struct _HubSession
{
  GObject parent_instance;

  /* Owned */
  HubTransport *transport;
  char *key;
  char *device;
  char *code; /* that it showed before its name, in the plain contract */
  HubGuest *guest;

  /* Borrowed */
  HubHall *hall;
  HubMember *member; /* of the fan-out, while it attends */

  /* State */
  HubTimeout deadline;
  HubBucket hellos;
  gboolean is_unconfirmed;
  gboolean is_over;
};

G_DEFINE_FINAL_TYPE (HubSession, hub_session, G_TYPE_OBJECT)

static gint64
get_now (HubSession *self)
{
  return hub_clock_get_monotonic (hub_hall_get_clock (self->hall));
}

/* The session is over for the hall and the fan-out; what was said so far is on its way. Frees it
 * unless the caller holds a reference. Returns: (transfer full): what is left to be closed */
static HubTransport *
finish (HubSession *self)
{
  HubTransport *transport = g_object_ref (self->transport);

  self->is_over = TRUE;
  hub_session_withdraw (self);
  if (self->guest != NULL)
    {
      hub_hall_unseat (self->hall, self, self->guest);
      *hub_guest_get_allowance (self->guest) = *hub_transport_get_allowance (transport);
    }
  g_clear_object (&self->guest);
  g_signal_handlers_disconnect_by_data (transport, self);
  hub_hall_close (self->hall, self);

  return transport;
}

/* The end without a reason of the contract's. */
static void
close_with (HubSession *self, gushort code)
{
  g_autoptr (HubTransport) transport = finish (self);

  hub_transport_close (transport, code, HUB_LINGER_MS);
}

static void
on_transport_received (HubTransport *transport, GBytes *message, gpointer user_data)
{
  g_autoptr (HubSession) self = g_object_ref (user_data);
  HubFormat format = hub_transport_get_format (transport);

  if (self->is_over)
    return;

  if (format == HUB_FORMAT_PLAIN)
    hub_plain_talk_receive (self, message);
  else
    hub_json_talk_receive (self, message);

  /* Whoever was refused over lines asks by a new connection. */
  if (format == HUB_FORMAT_LINES && self->guest == NULL && !self->is_over)
    close_with (self, CLOSE_NORMAL);
}

static void
on_transport_closed (HubTransport *transport, gpointer user_data)
{
  HubSession *self = user_data;
  g_autoptr (HubGuest) guest = self->guest != NULL ? g_object_ref (self->guest) : NULL;
  HubRoom *room = hub_hall_get_room (self->hall);

  g_object_unref (finish (self));
  if (guest != NULL)
    hub_room_detach (room, guest);
}

static void
hub_session_dispose (GObject *object)
{
  HubSession *self = HUB_SESSION (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->guest);

  G_OBJECT_CLASS (hub_session_parent_class)->dispose (object);
}

static void
hub_session_finalize (GObject *object)
{
  HubSession *self = HUB_SESSION (object);

  g_free (self->key);
  g_free (self->device);
  g_free (self->code);

  G_OBJECT_CLASS (hub_session_parent_class)->finalize (object);
}

static void
hub_session_class_init (HubSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_session_dispose;
  object_class->finalize = hub_session_finalize;
}

static void
hub_session_init (HubSession *self)
{
}

HubSession *
hub_session_new (HubHall *hall, HubTransport *transport, const char *key, const char *device)
{
  HubSession *self;

  g_return_val_if_fail (hall != NULL, NULL);
  g_return_val_if_fail (HUB_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (device != NULL, NULL);

  self = g_object_new (HUB_TYPE_SESSION, NULL);
  self->hall = hall;
  self->transport = g_object_ref (transport);
  self->key = g_strdup (key);
  self->device = g_strdup (device);
  hub_bucket_init (&self->hellos, HUB_HELLO_BURST, get_now (self));
  g_signal_connect (transport, "received", G_CALLBACK (on_transport_received), self);
  g_signal_connect (transport, "closed", G_CALLBACK (on_transport_closed), self);

  return self;
}

void
hub_session_end (HubSession *self, HubEnd why, guint linger)
{
  g_autoptr (HubTransport) transport = NULL;

  g_return_if_fail (HUB_IS_SESSION (self));

  if (self->is_over)
    return;

  hub_session_tell (self, hub_session_get_format (self) == HUB_FORMAT_PLAIN ? hub_plain_ended (why)
                                                                            : hub_wire_ended (why));
  transport = finish (self);
  hub_transport_close (transport, hub_end_to_close_code (why), linger);
}

void
hub_session_expire (HubSession *self)
{
  g_return_if_fail (HUB_IS_SESSION (self));

  close_with (self, CLOSE_POLICY);
}

HubTransport *
hub_session_get_transport (HubSession *self)
{
  g_return_val_if_fail (HUB_IS_SESSION (self), NULL);

  return self->transport;
}

void
hub_session_cut (HubSession *self)
{
  g_autoptr (HubTransport) transport = NULL;

  g_return_if_fail (HUB_IS_SESSION (self));

  if (self->is_over)
    return;

  transport = finish (self);
  hub_transport_cut (transport);
}

HubTimeout *
hub_session_get_deadline (HubSession *self)
{
  g_return_val_if_fail (HUB_IS_SESSION (self), NULL);

  return &self->deadline;
}

HubHall *
hub_session_get_hall (HubSession *self)
{
  g_return_val_if_fail (HUB_IS_SESSION (self), NULL);

  return self->hall;
}

HubFormat
hub_session_get_format (HubSession *self)
{
  g_return_val_if_fail (HUB_IS_SESSION (self), HUB_FORMAT_PLAIN);

  return hub_transport_get_format (self->transport);
}

HubGuest *
hub_session_get_guest (HubSession *self)
{
  g_return_val_if_fail (HUB_IS_SESSION (self), NULL);

  return self->guest;
}

void
hub_session_introduce (HubSession *self, HubHello *hello)
{
  g_return_if_fail (HUB_IS_SESSION (self));
  g_return_if_fail (hello != NULL);

  hello->key = self->key;
  hello->device = self->device;
}

void
hub_session_set_code (HubSession *self, const char *code)
{
  g_return_if_fail (HUB_IS_SESSION (self));

  g_free (self->code);
  self->code = g_strdup (code);
}

const char *
hub_session_get_code (HubSession *self)
{
  g_return_val_if_fail (HUB_IS_SESSION (self), NULL);

  return self->code;
}

guint
hub_session_take_hello (HubSession *self)
{
  g_return_val_if_fail (HUB_IS_SESSION (self), 0);

  return hub_bucket_take (&self->hellos, HUB_HELLO_RATE, HUB_HELLO_BURST, get_now (self));
}

guint
hub_session_take_page (HubSession *self)
{
  g_return_val_if_fail (HUB_IS_SESSION (self), 0);

  return hub_allowance_take_page (hub_transport_get_allowance (self->transport), get_now (self));
}

void
hub_session_attend (HubSession *self)
{
  g_return_if_fail (HUB_IS_SESSION (self));
  g_return_if_fail (self->member == NULL);

  self->member = hub_fanout_add (hub_hall_get_fanout (self->hall), self->transport);
}

void
hub_session_withdraw (HubSession *self)
{
  g_return_if_fail (HUB_IS_SESSION (self));

  if (self->member != NULL)
    hub_fanout_remove (hub_hall_get_fanout (self->hall), g_steal_pointer (&self->member));
}

void
hub_session_join (HubSession *self, HubGuest *guest, gboolean was_here)
{
  g_return_if_fail (HUB_IS_SESSION (self));
  g_return_if_fail (HUB_IS_GUEST (guest));
  g_return_if_fail (self->guest == NULL);

  if (self->member == NULL)
    hub_session_attend (self);
  self->guest = g_object_ref (guest);
  self->is_unconfirmed = TRUE;
  if (was_here)
    hub_allowance_continue (hub_transport_get_allowance (self->transport),
                            hub_guest_get_allowance (guest), get_now (self));
  hub_hall_seat (self->hall, self, guest);
  hub_hall_stop_deadline (self->hall, self);
}

gboolean
hub_session_take_unconfirmed (HubSession *self)
{
  gboolean was_unconfirmed;

  g_return_val_if_fail (HUB_IS_SESSION (self), FALSE);

  was_unconfirmed = self->is_unconfirmed;
  self->is_unconfirmed = FALSE;

  return was_unconfirmed;
}

void
hub_session_tell (HubSession *self, GBytes *payload)
{
  g_autoptr (GBytes) frame = NULL;

  g_return_if_fail (HUB_IS_SESSION (self));

  frame = hub_format_frame (hub_session_get_format (self), payload);
  hub_session_tell_frame (self, frame);
}

void
hub_session_tell_frame (HubSession *self, GBytes *frame)
{
  HubSegment segment = { frame, 0, g_bytes_get_size (frame) };

  g_return_if_fail (HUB_IS_SESSION (self));

  if (self->member != NULL)
    hub_fanout_tell (hub_hall_get_fanout (self->hall), self->member, frame);
  else
    hub_transport_send (self->transport, &segment, 1);
}

void
hub_session_leave (HubSession *self)
{
  g_autoptr (HubTransport) transport = NULL;
  g_autoptr (HubGuest) guest = NULL;
  HubRoom *room;

  g_return_if_fail (HUB_IS_SESSION (self));

  guest = self->guest != NULL ? g_object_ref (self->guest) : NULL;
  room = hub_hall_get_room (self->hall);
  transport = finish (self);
  if (guest != NULL)
    hub_room_leave (room, guest);
  hub_transport_close (transport, CLOSE_NORMAL, HUB_LINGER_MS);
}
