/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-input.h"

#include "net/hub-tls-source.h"
#include "net/hub-tls-stream-private.h"

struct _HubTlsInput
{
  GInputStream parent_instance;

  HubTlsStream *stream; /* borrowed; NULL once it is gone */
  gboolean is_mourned;  /* who reads got the line feed that makes libsoup notice the end */
  GSList *waiting;      /* borrowed GSources: each takes itself out when it is finalized */
};

static void hub_tls_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubTlsInput,
                               hub_tls_input,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      hub_tls_input_pollable_init))

/*
 * The end, @result: 0 or -1. libsoup before 3.3 forgets a connection that ends between two requests
 * without letting go of it, for as long as the server runs; when there was a byte it closes. So one
 * is made up, an empty line, which is no part of a request (RFC 9112, 2.2); never within one.
 */
static gssize
end_input (HubTlsInput *self, HubTlsStream *stream, guint8 *buffer, gssize result, GError **error)
{
  if (stream != NULL && stream->receiver.taken == 0)
    {
      if (!self->is_mourned)
        {
          self->is_mourned = TRUE;
          buffer[0] = '\n';
          return 1;
        }
      result = -1;
    }

  if (result < 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection is closed");

  return result;
}

static gssize
receive (HubTlsInput *self, HubTlsStream *stream, void *buffer, gsize count, GError **error)
{
  HubTlsResult result = HUB_TLS_AGAIN;
  gsize received;

  hub_tls_stream_assert_thread (stream);

  if (stream->state == HUB_TLS_STREAM_OPEN && stream->reader.func == NULL)
    result
        = hub_tls_receiver_receive (&stream->receiver, &stream->session,
                                    hub_poller_get_turn (stream->poller), buffer, count, &received);
  else if (stream->state == HUB_TLS_STREAM_CLOSING || stream->state == HUB_TLS_STREAM_ENDED)
    return end_input (self, stream, buffer, -1, error);

  if (result == HUB_TLS_DONE)
    return (gssize) received;
  if (result == HUB_TLS_EOF)
    return end_input (self, stream, buffer, 0, error);
  if (!hub_tls_stream_survives (stream, result))
    return end_input (self, stream, buffer, -1, error);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Nothing to read");

  return -1;
}

static gssize
hub_tls_input_read (GInputStream *stream,
                    void *buffer,
                    gsize count,
                    GCancellable *cancellable,
                    GError **error)
{
  HubTlsInput *self = HUB_TLS_INPUT (stream);
  g_autoptr (HubTlsStream) owner = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (count == 0)
    return 0;
  if (self->stream == NULL)
    return end_input (self, NULL, buffer, -1, error);

  /* Reading may end the stream, and whoever hears of that may drop it. */
  owner = g_object_ref (self->stream);

  return receive (self, owner, buffer, count, error);
}

static gssize
hub_tls_input_read_nonblocking (GPollableInputStream *pollable,
                                void *buffer,
                                gsize count,
                                GError **error)
{
  return hub_tls_input_read (G_INPUT_STREAM (pollable), buffer, count, NULL, error);
}

/* Without this GIO would run the close in a worker thread, while the stream is in use here. */
static void
hub_tls_input_close_async (GInputStream *stream,
                           int io_priority,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, hub_tls_input_close_async);
  g_task_set_priority (task, io_priority);
  g_task_return_boolean (task, TRUE);
}

static gboolean
hub_tls_input_close_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
hub_tls_input_is_readable (GPollableInputStream *pollable)
{
  HubTlsInput *self = HUB_TLS_INPUT (pollable);

  if (self->stream == NULL)
    return TRUE; /* to fail at once */

  hub_tls_stream_assert_thread (self->stream);

  if (self->stream->state == HUB_TLS_STREAM_OPEN)
    return self->stream->reader.func == NULL
           && hub_tls_session_is_readable (&self->stream->session);

  return self->stream->state != HUB_TLS_STREAM_SHAKING;
}

static gboolean
is_ready (GObject *half)
{
  return hub_tls_input_is_readable (G_POLLABLE_INPUT_STREAM (half));
}

static GSource *
hub_tls_input_create_source (GPollableInputStream *pollable, GCancellable *cancellable)
{
  HubTlsInput *self = HUB_TLS_INPUT (pollable);

  return hub_tls_source_new (G_OBJECT (self), &self->waiting, is_ready, cancellable);
}

static void
hub_tls_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = hub_tls_input_is_readable;
  iface->create_source = hub_tls_input_create_source;
  iface->read_nonblocking = hub_tls_input_read_nonblocking;
}

static void
hub_tls_input_class_init (HubTlsInputClass *klass)
{
  GInputStreamClass *input_class = G_INPUT_STREAM_CLASS (klass);

  input_class->read_fn = hub_tls_input_read;
  input_class->close_async = hub_tls_input_close_async;
  input_class->close_finish = hub_tls_input_close_finish;
}

static void
hub_tls_input_init (HubTlsInput *self)
{
}

HubTlsInput *
hub_tls_input_new (HubTlsStream *stream)
{
  HubTlsInput *self = g_object_new (HUB_TYPE_TLS_INPUT, NULL);

  self->stream = stream;

  return self;
}

void
hub_tls_input_detach (HubTlsInput *self)
{
  g_return_if_fail (HUB_IS_TLS_INPUT (self));

  self->stream = NULL;
  hub_tls_input_wake (self);
}

void
hub_tls_input_wake (HubTlsInput *self)
{
  g_return_if_fail (HUB_IS_TLS_INPUT (self));

  hub_tls_source_wake (self->waiting);
}
