/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-stream.h"

#include "base/hub-limits.h"
#include "net/hub-tls-input.h"
#include "net/hub-tls-output.h"
#include "net/hub-tls-session.h"
#include "net/hub-tls-stream-private.h"

#include <sys/epoll.h>

/* How often one read goes on over records that hold no data, before others get their turn. */
#define MAX_EMPTY_RECORDS 8

typedef enum
{
  STATE_SHAKING,
  STATE_OPEN,
  STATE_FLUSHING,  /* shut, but not everything is sent */
  STATE_LINGERING, /* all is sent; the peer's last words are awaited */
  STATE_ENDED,
} State;

struct _HubTlsStream
{
  GIOStream parent_instance;

  /* Owned */
  HubPoller *poller;
  HubTlsSession session;
  HubTlsInput *input;
  HubTlsOutput *output;
  HubOutbox outbox;
  GSource *deadline;      /* of the handshake, then of the linger */
  HubTlsStream *lingerer; /* itself, from hub_tls_stream_shut() to the end */

  /* State */
  HubPollerId poller_id;
  State state;
  gboolean is_upgraded;
  gboolean is_mourned;  /* libsoup got the line feed that makes it notice the end */
  gboolean is_blocked;  /* the socket took all it could; EPOLLOUT will tell */
  gboolean is_deferred; /* the next step of the handshake is booked */
  gint64 deadline_at;   /* monotonic us */
  guint64 turn;         /* the turn that turn_input is about */
  gsize turn_input;
  gsize taken; /* decrypted bytes since the latest hub_tls_stream_renew_input() */
  gsize input_budget;
  gsize linger_budget;
};

enum
{
  SIGNAL_SHAKEN,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (HubStreamEnd,
                    hub_stream_end,
                    G_DEFINE_ENUM_VALUE (HUB_STREAM_END_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (HUB_STREAM_END_RESET, "reset"),
                    G_DEFINE_ENUM_VALUE (HUB_STREAM_END_PROTOCOL, "protocol"),
                    G_DEFINE_ENUM_VALUE (HUB_STREAM_END_ALERT, "alert"),
                    G_DEFINE_ENUM_VALUE (HUB_STREAM_END_DEADLINE, "deadline"),
                    G_DEFINE_ENUM_VALUE (HUB_STREAM_END_OUTBOX, "outbox"),
                    G_DEFINE_ENUM_VALUE (HUB_STREAM_END_INPUT, "input"),
                    G_DEFINE_ENUM_VALUE (HUB_STREAM_END_CUT, "cut"))

G_DEFINE_FINAL_TYPE (HubTlsStream, hub_tls_stream, G_TYPE_IO_STREAM)

/* A stream in use on two threads is memory corruption that a peer can time: better no program. */
#define assert_thread(self) g_assert (hub_poller_is_mine ((self)->poller))

static void
clear_deadline (HubTlsStream *self)
{
  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
}

static gboolean
on_deadline (gpointer user_data)
{
  hub_tls_stream_cut (user_data, HUB_STREAM_END_DEADLINE);

  return G_SOURCE_REMOVE;
}

static void
set_deadline (HubTlsStream *self, guint ms)
{
  clear_deadline (self);
  self->deadline_at = g_get_monotonic_time () + (gint64) ms * 1000;
  self->deadline = g_timeout_source_new (ms);
  g_source_set_static_name (self->deadline, "HubTlsStream deadline");
  g_source_set_callback (self->deadline, on_deadline, self, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
}

/* The state comes first: whatever is called from here sees a stream that is over. */
void
hub_tls_stream_cut (HubTlsStream *self, HubStreamEnd why)
{
  g_autoptr (HubTlsStream) lingerer = NULL;

  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  assert_thread (self);

  if (self->state == STATE_ENDED)
    return;

  self->state = STATE_ENDED;
  lingerer = g_steal_pointer (&self->lingerer);
  clear_deadline (self);
  if (self->poller_id != 0)
    hub_poller_remove (self->poller, self->poller_id, self->session.fd);
  self->poller_id = 0;
  hub_tls_session_close (&self->session);
  hub_outbox_clear (&self->outbox);

  hub_tls_input_wake (self->input);
  hub_tls_output_wake (self->output);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, why);
}

/* The input side of a closing connection: see "Close is a state" in src/net/README.md. */
static void
drain (HubTlsStream *self)
{
  switch (hub_tls_session_discard (&self->session, &self->linger_budget))
    {
    case HUB_TLS_EOF:
      hub_tls_stream_cut (self, HUB_STREAM_END_CLOSED);
      break;

    case HUB_TLS_FAILED:
      hub_tls_stream_cut (self, self->session.failure);
      break;

    case HUB_TLS_DONE:
    case HUB_TLS_AGAIN:
    case HUB_TLS_ONCE_MORE:
    default:
      break;
    }
}

static void
finish (HubTlsStream *self)
{
  switch (hub_tls_session_finish (&self->session))
    {
    case HUB_TLS_DONE:
      self->state = STATE_LINGERING;
      drain (self);
      break;

    case HUB_TLS_FAILED:
      hub_tls_stream_cut (self, self->session.failure);
      break;

    case HUB_TLS_AGAIN:
      self->is_blocked = TRUE;
      break;

    case HUB_TLS_ONCE_MORE:
    case HUB_TLS_EOF:
    default:
      g_assert_not_reached ();
    }
}

/* Sends one record, or pushes on the one in flight. Returns: bytes done with; 0 when the socket is
 * full or the stream was cut. */
static gsize
put_record (HubTlsStream *self, const guint8 *data, gsize length)
{
  gsize sent;

  switch (hub_tls_session_send (&self->session, data, length, &sent))
    {
    case HUB_TLS_DONE:
      break;

    case HUB_TLS_AGAIN:
      self->is_blocked = TRUE;
      break;

    case HUB_TLS_FAILED:
      hub_tls_stream_cut (self, self->session.failure);
      break;

    case HUB_TLS_ONCE_MORE:
    case HUB_TLS_EOF:
    default:
      g_assert_not_reached ();
    }

  return sent;
}

/* Whether bytes may go to the socket now. Before the handshake is done they wait in the outbox. */
static gboolean
can_send (HubTlsStream *self)
{
  return !self->is_blocked && (self->state == STATE_OPEN || self->state == STATE_FLUSHING);
}

/* What is in flight is still the outbox's first bytes: it leaves the outbox when GnuTLS says how
 * long it was. */
static void
flush (HubTlsStream *self)
{
  guint8 scratch[HUB_RECORD_BYTES];

  while (can_send (self) && hub_outbox_get_queued (&self->outbox) > 0)
    {
      const guint8 *data = NULL;
      gsize length = 0;

      if (!self->session.in_flight)
        length = hub_outbox_peek (&self->outbox, scratch, &data);
      length = put_record (self, data, length);
      if (self->state != STATE_ENDED)
        hub_outbox_take (&self->outbox, length);
    }

  if (self->state == STATE_OPEN && hub_tls_stream_is_writable (self))
    hub_tls_output_wake (self->output);
  else if (self->state == STATE_FLUSHING && can_send (self))
    finish (self);
}

static void
shake (HubTlsStream *self)
{
  switch (hub_tls_session_shake (&self->session))
    {
    case HUB_TLS_DONE:
      self->state = STATE_OPEN;
      /* The peer's first request may have come with its last flight. */
      self->session.drained = FALSE;
      clear_deadline (self);
      g_signal_emit (self, signals[SIGNAL_SHAKEN], 0);
      flush (self);
      break;

    case HUB_TLS_ONCE_MORE:
      self->is_deferred = TRUE;
      hub_poller_defer (self->poller, self->poller_id);
      break;

    case HUB_TLS_EOF:
      hub_tls_stream_cut (self, HUB_STREAM_END_CLOSED);
      break;

    case HUB_TLS_FAILED:
      hub_tls_stream_cut (self, self->session.failure);
      break;

    case HUB_TLS_AGAIN:
    default:
      break;
    }
}

/* Signing costs half a millisecond, so the steps of a handshake wait until the guests of this turn
 * were served. */
static void
on_events_shaking (HubTlsStream *self, guint32 events)
{
  if (events == 0)
    {
      self->is_deferred = FALSE;
      self->session.drained = FALSE;
      shake (self);
    }
  else if (!self->is_deferred && hub_tls_session_is_awaited (&self->session, events))
    {
      self->is_deferred = TRUE;
      hub_poller_defer (self->poller, self->poller_id);
    }
}

static void
on_events_open (HubTlsStream *self, guint32 events)
{
  if (events & EPOLLERR)
    {
      hub_tls_stream_cut (self, HUB_STREAM_END_RESET);
      return;
    }

  if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP))
    {
      self->session.drained = FALSE;
      hub_tls_input_wake (self->input);
    }

  if (events & EPOLLOUT && self->is_blocked)
    {
      self->is_blocked = FALSE;
      flush (self);
    }
}

static void
on_events (guint32 events, gpointer user_data)
{
  g_autoptr (HubTlsStream) self = g_object_ref (user_data);

  switch (self->state)
    {
    case STATE_SHAKING:
      on_events_shaking (self, events);
      break;

    case STATE_OPEN:
      on_events_open (self, events);
      break;

    case STATE_FLUSHING:
      if (events & EPOLLERR)
        hub_tls_stream_cut (self, HUB_STREAM_END_RESET);
      else if (events & EPOLLOUT)
        {
          self->is_blocked = FALSE;
          flush (self);
        }
      break;

    case STATE_LINGERING:
      drain (self);
      break;

    case STATE_ENDED:
    default:
      break;
    }
}

HubTlsStream *
hub_tls_stream_new (HubPoller *poller, HubCredentials *credentials, int fd, GError **error)
{
  g_autoptr (HubTlsStream) self = NULL;

  g_return_val_if_fail (poller != NULL, NULL);
  g_return_val_if_fail (credentials != NULL, NULL);
  g_return_val_if_fail (fd >= 0, NULL);

  self = g_object_new (HUB_TYPE_TLS_STREAM, NULL);
  self->poller = hub_poller_ref (poller);
  assert_thread (self);

  if (!hub_tls_session_open (&self->session, credentials, fd, error))
    return NULL;

  self->poller_id = hub_poller_add (poller, fd, on_events, self, error);
  if (self->poller_id == 0)
    return NULL;

  set_deadline (self, HUB_HANDSHAKE_DEADLINE_MS);

  return g_steal_pointer (&self);
}

void
hub_tls_stream_set_handshake_deadline (HubTlsStream *self, guint ms)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  assert_thread (self);

  if (self->state == STATE_SHAKING)
    set_deadline (self, ms);
}

void
hub_tls_stream_set_upgraded (HubTlsStream *self)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  assert_thread (self);

  self->is_upgraded = TRUE;
  hub_tls_output_wake (self->output);
}

void
hub_tls_stream_renew_input (HubTlsStream *self, gsize bytes)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  assert_thread (self);

  self->taken = 0;
  self->input_budget = bytes;
}

gsize
hub_tls_stream_get_input (HubTlsStream *self)
{
  g_return_val_if_fail (HUB_IS_TLS_STREAM (self), 0);
  assert_thread (self);

  return self->taken;
}

gint64
hub_tls_stream_get_heard_at (HubTlsStream *self)
{
  g_return_val_if_fail (HUB_IS_TLS_STREAM (self), 0);
  assert_thread (self);

  return self->session.heard_at;
}

static gssize
set_error (GError **error, GIOErrorEnum code)
{
  g_set_error_literal (error, G_IO_ERROR, code,
                       code == G_IO_ERROR_WOULD_BLOCK ? "Not ready" : "The connection is closed");

  return -1;
}

/* What is left of this turn's share: a peer that sends at line rate must not keep libsoup reading
 * while a thousand others wait. */
static gsize
get_turn_share (HubTlsStream *self)
{
  guint64 turn = hub_poller_get_turn (self->poller);

  if (self->turn != turn)
    {
      self->turn = turn;
      self->turn_input = 0;
    }

  return HUB_READ_TURN_BYTES - self->turn_input;
}

static gssize
take_input (HubTlsStream *self, gsize received, GError **error)
{
  self->turn_input += received;
  self->taken += received;
  if (self->taken > self->input_budget)
    {
      hub_tls_stream_cut (self, HUB_STREAM_END_INPUT);
      return set_error (error, G_IO_ERROR_CLOSED);
    }

  return (gssize) received;
}

/*
 * The end, for who reads. libsoup before 3.3 forgets a connection that ends between two requests
 * without letting go of it, for as long as the server runs; when there was a byte it closes. So one
 * is made up, an empty line, which is not part of a request (RFC 9112, 2.2); never within one.
 */
static gssize
end_input (HubTlsStream *self, guint8 *buffer, gssize result, GError **error)
{
  if (!self->is_upgraded && self->taken == 0)
    {
      if (!self->is_mourned)
        {
          self->is_mourned = TRUE;
          buffer[0] = '\n';
          return 1;
        }
      result = -1;
    }

  return result == 0 ? 0 : set_error (error, G_IO_ERROR_CLOSED);
}

gssize
hub_tls_stream_read (HubTlsStream *self, void *buffer, gsize length, GError **error)
{
  gsize received;

  assert_thread (self);

  if (length == 0)
    return 0;
  if (self->state == STATE_SHAKING)
    return set_error (error, G_IO_ERROR_WOULD_BLOCK);
  if (self->state != STATE_OPEN)
    return end_input (self, buffer, -1, error);

  length = MIN (length, get_turn_share (self));
  if (length == 0)
    return set_error (error, G_IO_ERROR_WOULD_BLOCK);

  for (guint i = 0; i < MAX_EMPTY_RECORDS; i++)
    switch (hub_tls_session_receive (&self->session, buffer, length, &received))
      {
      case HUB_TLS_DONE:
        return take_input (self, received, error);

      case HUB_TLS_ONCE_MORE:
        break;

      case HUB_TLS_EOF:
        return end_input (self, buffer, 0, error);

      case HUB_TLS_FAILED:
        hub_tls_stream_cut (self, self->session.failure);
        return end_input (self, buffer, -1, error);

      case HUB_TLS_AGAIN:
      default:
        return set_error (error, G_IO_ERROR_WOULD_BLOCK);
      }

  return set_error (error, G_IO_ERROR_WOULD_BLOCK);
}

gboolean
hub_tls_stream_is_readable (HubTlsStream *self)
{
  assert_thread (self);

  if (self->state == STATE_OPEN)
    return hub_tls_session_is_readable (&self->session);

  return self->state != STATE_SHAKING;
}

gssize
hub_tls_stream_write (HubTlsStream *self, const void *data, gsize length, GError **error)
{
  const guint8 *bytes = data;
  gsize at = 0;
  gsize kept;

  assert_thread (self);

  if (self->state != STATE_OPEN)
    return set_error (error,
                      self->state == STATE_SHAKING ? G_IO_ERROR_WOULD_BLOCK : G_IO_ERROR_CLOSED);
  if (!hub_tls_stream_is_writable (self))
    return set_error (error, G_IO_ERROR_WOULD_BLOCK);

  while (at < length && can_send (self) && hub_outbox_get_queued (&self->outbox) == 0)
    at += put_record (self, bytes + at, MIN (length - at, HUB_RECORD_BYTES));
  if (self->state == STATE_ENDED)
    return set_error (error, G_IO_ERROR_CLOSED);

  kept = length - at;
  if (!self->is_upgraded)
    kept = MIN (kept, HUB_RESPONSE_QUEUE_BYTES - hub_outbox_get_queued (&self->outbox));
  hub_outbox_append (&self->outbox, bytes + at, kept);
  if (hub_outbox_get_queued (&self->outbox) > HUB_OUTBOX_BYTES)
    {
      hub_tls_stream_cut (self, HUB_STREAM_END_OUTBOX);
      return set_error (error, G_IO_ERROR_CLOSED);
    }

  return (gssize) (at + kept);
}

/* libsoup keeps what we do not take in a queue without a bound, so after the upgrade everything is
 * taken and the outbox has the bound. */
gboolean
hub_tls_stream_is_writable (HubTlsStream *self)
{
  assert_thread (self);

  switch (self->state)
    {
    case STATE_SHAKING:
      return FALSE;

    case STATE_OPEN:
      return self->is_upgraded || hub_outbox_get_queued (&self->outbox) < HUB_RESPONSE_QUEUE_BYTES;

    case STATE_FLUSHING:
    case STATE_LINGERING:
    case STATE_ENDED:
    default:
      return TRUE; /* to fail at once */
    }
}

/* A guest that keeps up is sent from the shared bytes: no copy, no reference, nothing queued. */
static void
send_directly (HubTlsStream *self, const HubSegment *segments, guint n_segments)
{
  guint8 scratch[HUB_RECORD_BYTES];
  guint i = 0;
  gsize skip = 0;

  while (can_send (self))
    {
      const guint8 *data;
      gsize length = hub_segments_peek (segments + i, n_segments - i, skip, scratch, &data);

      if (length == 0)
        return;

      skip += put_record (self, data, length);
      while (i < n_segments && skip >= segments[i].length)
        skip -= segments[i++].length;
    }

  for (; i < n_segments && self->state != STATE_ENDED; i++, skip = 0)
    hub_outbox_push (&self->outbox, segments[i].bytes, segments[i].offset + skip,
                     segments[i].length - skip);
}

void
hub_tls_stream_send (HubTlsStream *self, const HubSegment *segments, guint n_segments, gsize bound)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  g_return_if_fail (segments != NULL || n_segments == 0);
  assert_thread (self);

  if (self->state != STATE_OPEN && self->state != STATE_SHAKING)
    return;

  if (hub_outbox_get_queued (&self->outbox) == 0)
    {
      send_directly (self, segments, n_segments);
    }
  else
    {
      for (guint i = 0; i < n_segments; i++)
        hub_outbox_push (&self->outbox, segments[i].bytes, segments[i].offset, segments[i].length);
      flush (self);
    }

  if (hub_outbox_get_queued (&self->outbox) > bound)
    hub_tls_stream_cut (self, HUB_STREAM_END_OUTBOX);
}

gsize
hub_tls_stream_get_queued (HubTlsStream *self)
{
  g_return_val_if_fail (HUB_IS_TLS_STREAM (self), 0);
  assert_thread (self);

  return hub_outbox_get_queued (&self->outbox);
}

void
hub_tls_stream_shut (HubTlsStream *self, guint linger)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  assert_thread (self);

  switch (self->state)
    {
    case STATE_SHAKING:
      hub_tls_stream_cut (self, HUB_STREAM_END_CLOSED);
      break;

    case STATE_OPEN:
      self->state = STATE_FLUSHING;
      self->lingerer = g_object_ref (self);
      self->linger_budget = HUB_LINGER_INPUT_BYTES;
      set_deadline (self, linger);
      hub_tls_input_wake (self->input);
      hub_tls_output_wake (self->output);
      flush (self);
      break;

    case STATE_FLUSHING:
    case STATE_LINGERING:
      if (g_get_monotonic_time () + (gint64) linger * 1000 < self->deadline_at)
        set_deadline (self, linger);
      break;

    case STATE_ENDED:
    default:
      break;
    }
}

gboolean
hub_tls_stream_is_ended (HubTlsStream *self)
{
  g_return_val_if_fail (HUB_IS_TLS_STREAM (self), TRUE);

  return self->state == STATE_ENDED;
}

static GInputStream *
hub_tls_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (HUB_TLS_STREAM (stream)->input);
}

static GOutputStream *
hub_tls_stream_get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (HUB_TLS_STREAM (stream)->output);
}

static gboolean
hub_tls_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  hub_tls_stream_shut (HUB_TLS_STREAM (stream), HUB_LINGER_MS);

  return TRUE;
}

/* Without this GIO would run the close in a worker thread, while the stream is in use here. */
static void
hub_tls_stream_close_async (GIOStream *stream,
                            int io_priority,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, hub_tls_stream_close_async);
  g_task_set_priority (task, io_priority);
  hub_tls_stream_shut (HUB_TLS_STREAM (stream), HUB_LINGER_MS);
  g_task_return_boolean (task, TRUE);
}

static gboolean
hub_tls_stream_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
hub_tls_stream_dispose (GObject *object)
{
  HubTlsStream *self = HUB_TLS_STREAM (object);

  hub_tls_stream_cut (self, HUB_STREAM_END_CUT);
  hub_tls_input_detach (self->input);
  hub_tls_output_detach (self->output);

  G_OBJECT_CLASS (hub_tls_stream_parent_class)->dispose (object);
}

static void
hub_tls_stream_finalize (GObject *object)
{
  HubTlsStream *self = HUB_TLS_STREAM (object);

  g_object_unref (self->input);
  g_object_unref (self->output);
  g_clear_pointer (&self->poller, hub_poller_unref);

  G_OBJECT_CLASS (hub_tls_stream_parent_class)->finalize (object);
}

static void
hub_tls_stream_class_init (HubTlsStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  object_class->dispose = hub_tls_stream_dispose;
  object_class->finalize = hub_tls_stream_finalize;
  stream_class->get_input_stream = hub_tls_stream_get_input_stream;
  stream_class->get_output_stream = hub_tls_stream_get_output_stream;
  stream_class->close_fn = hub_tls_stream_close;
  stream_class->close_async = hub_tls_stream_close_async;
  stream_class->close_finish = hub_tls_stream_close_finish;

  signals[SIGNAL_SHAKEN] = g_signal_new ("shaken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, HUB_TYPE_STREAM_END);
}

static void
hub_tls_stream_init (HubTlsStream *self)
{
  self->session.fd = -1;
  self->input = hub_tls_input_new (self);
  self->output = hub_tls_output_new (self);
  self->input_budget = HUB_REQUEST_HEADER_MAX_BYTES;
}
