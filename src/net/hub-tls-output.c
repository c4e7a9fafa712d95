/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-output.h"

#include "base/hub-limits.h"
#include "net/hub-tls-source.h"
#include "net/hub-tls-stream-private.h"

struct _HubTlsOutput
{
  GOutputStream parent_instance;

  HubTlsStream *stream; /* borrowed; NULL once it is gone */
  GSList *waiting;      /* borrowed GSources: each takes itself out when it is finalized */
};

static void hub_tls_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubTlsOutput,
                               hub_tls_output,
                               G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      hub_tls_output_pollable_init))

static gboolean
is_writable (HubTlsStream *stream)
{
  hub_tls_stream_assert_thread (stream);

  switch (stream->state)
    {
    case HUB_TLS_STREAM_SHAKING:
      return FALSE;

    case HUB_TLS_STREAM_OPEN:
      return hub_tls_sender_get_queued (&stream->sender) < HUB_RESPONSE_QUEUE_BYTES;

    case HUB_TLS_STREAM_CLOSING:
    case HUB_TLS_STREAM_ENDED:
    default:
      return TRUE; /* to fail at once */
    }
}

static gssize
fail (GError **error, GIOErrorEnum code)
{
  g_set_error_literal (error, G_IO_ERROR, code,
                       code == G_IO_ERROR_CLOSED ? "The connection is closed" : "Too much waits");

  return -1;
}

static gssize
hub_tls_output_write (GOutputStream *output,
                      const void *data,
                      gsize count,
                      GCancellable *cancellable,
                      GError **error)
{
  HubTlsOutput *self = HUB_TLS_OUTPUT (output);
  g_autoptr (HubTlsStream) stream = NULL;
  gsize taken;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (self->stream == NULL)
    return fail (error, G_IO_ERROR_CLOSED);

  /* Writing may end the stream, and whoever hears of that may drop it. */
  stream = g_object_ref (self->stream);
  if (!is_writable (stream))
    return fail (error, G_IO_ERROR_WOULD_BLOCK);
  if (stream->state != HUB_TLS_STREAM_OPEN || stream->reader.func != NULL)
    return fail (error, G_IO_ERROR_CLOSED);

  if (!hub_tls_stream_survives (stream, hub_tls_sender_write (&stream->sender, data, count,
                                                              HUB_RESPONSE_QUEUE_BYTES, &taken)))
    return fail (error, G_IO_ERROR_CLOSED);

  return (gssize) taken;
}

static gssize
hub_tls_output_write_nonblocking (GPollableOutputStream *pollable,
                                  const void *data,
                                  gsize count,
                                  GError **error)
{
  return hub_tls_output_write (G_OUTPUT_STREAM (pollable), data, count, NULL, error);
}

/* What was written is on its way already: there is nothing to wait for, least of all in the worker
 * thread of the default. */
static void
hub_tls_output_flush_async (GOutputStream *stream,
                            int io_priority,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, hub_tls_output_flush_async);
  g_task_set_priority (task, io_priority);
  g_task_return_boolean (task, TRUE);
}

static gboolean
hub_tls_output_finish (GOutputStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Without this GIO would run the close in a worker thread, while the stream is in use here. */
static void
hub_tls_output_close_async (GOutputStream *stream,
                            int io_priority,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, hub_tls_output_close_async);
  g_task_set_priority (task, io_priority);
  g_task_return_boolean (task, TRUE);
}

static gboolean
hub_tls_output_is_writable (GPollableOutputStream *pollable)
{
  HubTlsOutput *self = HUB_TLS_OUTPUT (pollable);

  return self->stream == NULL || is_writable (self->stream);
}

static gboolean
is_ready (GObject *half)
{
  return hub_tls_output_is_writable (G_POLLABLE_OUTPUT_STREAM (half));
}

static GSource *
hub_tls_output_create_source (GPollableOutputStream *pollable, GCancellable *cancellable)
{
  HubTlsOutput *self = HUB_TLS_OUTPUT (pollable);

  return hub_tls_source_new (G_OBJECT (self), &self->waiting, is_ready, cancellable);
}

static void
hub_tls_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = hub_tls_output_is_writable;
  iface->create_source = hub_tls_output_create_source;
  iface->write_nonblocking = hub_tls_output_write_nonblocking;
}

static void
hub_tls_output_class_init (HubTlsOutputClass *klass)
{
  GOutputStreamClass *output_class = G_OUTPUT_STREAM_CLASS (klass);

  output_class->write_fn = hub_tls_output_write;
  output_class->flush_async = hub_tls_output_flush_async;
  output_class->flush_finish = hub_tls_output_finish;
  output_class->close_async = hub_tls_output_close_async;
  output_class->close_finish = hub_tls_output_finish;
}

static void
hub_tls_output_init (HubTlsOutput *self)
{
}

HubTlsOutput *
hub_tls_output_new (HubTlsStream *stream)
{
  HubTlsOutput *self = g_object_new (HUB_TYPE_TLS_OUTPUT, NULL);

  self->stream = stream;

  return self;
}

void
hub_tls_output_detach (HubTlsOutput *self)
{
  g_return_if_fail (HUB_IS_TLS_OUTPUT (self));

  self->stream = NULL;
  hub_tls_output_wake (self);
}

void
hub_tls_output_wake (HubTlsOutput *self)
{
  g_return_if_fail (HUB_IS_TLS_OUTPUT (self));

  hub_tls_source_wake (self->waiting);
}
