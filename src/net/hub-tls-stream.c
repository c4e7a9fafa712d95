/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-stream.h"

#include "base/hub-limits.h"
#include "net/hub-tls-stream-private.h"

#include <sys/epoll.h>

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

/* The state comes first: whatever is called from here sees a stream that is over. */
void
hub_tls_stream_cut (HubTlsStream *self, HubStreamEnd why)
{
  g_autoptr (HubTlsStream) lingerer = NULL;

  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  hub_tls_stream_assert_thread (self);

  if (self->state == HUB_TLS_STREAM_ENDED)
    return;

  self->state = HUB_TLS_STREAM_ENDED;
  lingerer = hub_tls_linger_stop (&self->linger);
  if (self->poller_id != 0)
    hub_poller_remove (self->poller, self->poller_id, self->session.fd);
  self->poller_id = 0;
  hub_tls_session_close (&self->session);
  hub_tls_sender_clear (&self->sender);

  hub_tls_input_wake (self->input);
  hub_tls_output_wake (self->output);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, why);
}

/* After each change of what waits; most have nothing to tell. */
static void
tell_waiting (HubTlsStream *self)
{
  gsize queued = hub_tls_sender_get_queued (&self->sender);

  if (queued == self->told_waiting || self->poller_id == 0)
    return;

  self->told_waiting = queued;
  hub_poller_set_waiting (self->poller, self->poller_id, queued);
}

gboolean
hub_tls_stream_survives (HubTlsStream *self, HubTlsResult result)
{
  if (result == HUB_TLS_FAILED)
    hub_tls_stream_cut (self, self->session.failure);
  else if (result == HUB_TLS_EOF)
    hub_tls_stream_cut (self, HUB_STREAM_END_CLOSED);
  else
    tell_waiting (self);

  return self->state != HUB_TLS_STREAM_ENDED;
}

static void
flush (HubTlsStream *self)
{
  if (hub_tls_stream_survives (self, hub_tls_sender_flush (&self->sender)))
    hub_tls_output_wake (self->output);
}

/* Goes on with the polite end: what is queued, close_notify, the peer's own end. */
static void
go_on_closing (HubTlsStream *self)
{
  HubTlsResult result = hub_tls_sender_flush (&self->sender);

  if (result == HUB_TLS_DONE)
    result = hub_tls_session_linger (&self->session, &self->linger.input);
  hub_tls_stream_survives (self, result);
}

static void
defer (HubTlsStream *self)
{
  self->is_deferred = TRUE;
  hub_poller_defer (self->poller, self->poller_id);
}

static void
shake (HubTlsStream *self)
{
  HubTlsResult result;

  self->is_deferred = FALSE;
  self->session.is_drained = FALSE;
  result = hub_tls_session_shake (&self->session);
  if (!hub_tls_stream_survives (self, result))
    return;

  if (result == HUB_TLS_ONCE_MORE)
    {
      defer (self);
    }
  else if (result == HUB_TLS_DONE)
    {
      self->state = HUB_TLS_STREAM_OPEN;
      /* The peer's first request may have come with its last flight. */
      self->session.is_drained = FALSE;
      hub_tls_sender_open (&self->sender);
      hub_tls_input_wake (self->input);
      hub_tls_reader_book (&self->reader, self);
      g_signal_emit (self, signals[SIGNAL_SHAKEN], 0);
      if (self->state == HUB_TLS_STREAM_OPEN)
        flush (self);
    }
}

static void
on_events_open (HubTlsStream *self, guint32 events)
{
  if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP))
    {
      self->session.is_drained = FALSE;
      hub_tls_reader_run (&self->reader, self);
      hub_tls_input_wake (self->input);
    }

  if ((events & EPOLLOUT) && self->state == HUB_TLS_STREAM_OPEN)
    flush (self);
}

static void
on_events (guint32 events, gpointer user_data)
{
  g_autoptr (HubTlsStream) self = g_object_ref (user_data);

  if (events & HUB_POLLER_TOO_SLOW)
    hub_tls_stream_cut (self, HUB_STREAM_END_OUTBOX);

  switch (self->state)
    {
    case HUB_TLS_STREAM_SHAKING:
      /* Signing costs half a millisecond, so the steps of a handshake wait until the guests of
       * this turn were served. */
      if (events == 0)
        shake (self);
      else if (!self->is_deferred && hub_tls_session_is_awaited (&self->session, events))
        defer (self);
      break;

    case HUB_TLS_STREAM_OPEN:
      if (events & EPOLLERR)
        hub_tls_stream_cut (self, HUB_STREAM_END_RESET);
      else
        on_events_open (self, events);
      break;

    case HUB_TLS_STREAM_CLOSING:
      go_on_closing (self);
      break;

    case HUB_TLS_STREAM_ENDED:
    default:
      break;
    }
}

HubTlsStream *
hub_tls_stream_new (HubPoller *poller, HubCredentials *credentials, int fd, GError **error)
{
  g_autoptr (HubTlsStream) self = NULL;

  g_return_val_if_fail (poller != NULL, NULL);
  g_return_val_if_fail (fd >= 0, NULL);

  self = g_object_new (HUB_TYPE_TLS_STREAM, NULL);
  self->poller = hub_poller_ref (poller);
  hub_tls_stream_assert_thread (self);

  if (!hub_tls_session_open (&self->session, credentials, fd, error))
    return NULL;

  self->poller_id = hub_poller_add (poller, fd, on_events, self, error);
  if (self->poller_id == 0)
    return NULL;

  /* Who is at the door has sent its first byte already, and a plain stream waits for none. */
  defer (self);

  return g_steal_pointer (&self);
}

void
hub_tls_stream_take_over (HubTlsStream *self, HubTlsStreamReadFunc func, gpointer user_data)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  g_return_if_fail (func != NULL);
  g_return_if_fail (self->reader.func == NULL);
  hub_tls_stream_assert_thread (self);

  hub_tls_reader_init (&self->reader, func, user_data);
  hub_tls_receiver_renew (&self->receiver, G_MAXSIZE);
  if (self->state == HUB_TLS_STREAM_OPEN)
    hub_tls_reader_book (&self->reader, self);
}

void
hub_tls_stream_renew_input (HubTlsStream *self, gsize bytes)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  hub_tls_stream_assert_thread (self);

  hub_tls_receiver_renew (&self->receiver, bytes);
}

void
hub_tls_stream_extend_input (HubTlsStream *self, gsize bytes)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  hub_tls_stream_assert_thread (self);

  hub_tls_receiver_extend (&self->receiver, bytes);
}

gboolean
hub_tls_stream_take_heard (HubTlsStream *self)
{
  gboolean is_heard;

  g_return_val_if_fail (HUB_IS_TLS_STREAM (self), FALSE);
  hub_tls_stream_assert_thread (self);

  is_heard = self->session.is_heard;
  self->session.is_heard = FALSE;

  return is_heard;
}

gboolean
hub_tls_stream_take_acknowledged (HubTlsStream *self)
{
  g_return_val_if_fail (HUB_IS_TLS_STREAM (self), FALSE);
  hub_tls_stream_assert_thread (self);

  return hub_tls_session_take_acknowledged (&self->session);
}

void
hub_tls_stream_send (HubTlsStream *self, const HubSegment *segments, guint n_segments, gsize bound)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  g_return_if_fail (segments != NULL || n_segments == 0);
  hub_tls_stream_assert_thread (self);

  if (self->state != HUB_TLS_STREAM_OPEN && self->state != HUB_TLS_STREAM_SHAKING)
    return;

  if (hub_tls_stream_survives (self, hub_tls_sender_send (&self->sender, segments, n_segments))
      && hub_tls_sender_get_queued (&self->sender) > bound)
    hub_tls_stream_cut (self, HUB_STREAM_END_OUTBOX);
}

gsize
hub_tls_stream_get_queued (HubTlsStream *self)
{
  g_return_val_if_fail (HUB_IS_TLS_STREAM (self), 0);
  hub_tls_stream_assert_thread (self);

  return hub_tls_sender_get_queued (&self->sender);
}

void
hub_tls_stream_shut (HubTlsStream *self, guint linger)
{
  g_return_if_fail (HUB_IS_TLS_STREAM (self));
  hub_tls_stream_assert_thread (self);

  switch (self->state)
    {
    case HUB_TLS_STREAM_SHAKING:
      hub_tls_stream_cut (self, HUB_STREAM_END_CLOSED);
      break;

    case HUB_TLS_STREAM_OPEN:
      self->state = HUB_TLS_STREAM_CLOSING;
      hub_tls_linger_start (&self->linger, self, linger);
      hub_tls_input_wake (self->input);
      hub_tls_output_wake (self->output);
      go_on_closing (self);
      break;

    case HUB_TLS_STREAM_CLOSING:
      hub_tls_linger_shorten (&self->linger, linger);
      break;

    case HUB_TLS_STREAM_ENDED:
    default:
      break;
    }
}

gboolean
hub_tls_stream_is_ended (HubTlsStream *self)
{
  g_return_val_if_fail (HUB_IS_TLS_STREAM (self), TRUE);

  return self->state == HUB_TLS_STREAM_ENDED;
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

/* Whoever had the halves closes them; after hub_tls_stream_take_over() that is none of ours. */
static void
close_as_gio (HubTlsStream *self)
{
  if (self->reader.func == NULL)
    hub_tls_stream_shut (self, HUB_LINGER_MS);
}

static gboolean
hub_tls_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  close_as_gio (HUB_TLS_STREAM (stream));

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
  close_as_gio (HUB_TLS_STREAM (stream));
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
  hub_tls_sender_init (&self->sender, &self->session);
  hub_tls_receiver_renew (&self->receiver, HUB_REQUEST_HEADER_MAX_BYTES);
}
