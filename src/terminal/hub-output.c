/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct _HubOutput
{
  GObject parent_instance;

  /* Borrowed */
  int given_fd;

  /* Owned */
  int own_fd; /* to the same terminal, or -1 */
  GByteArray *waiting;
  guint source_id; /* while the reader has no room */

  /* State */
  guint n_written; /* bytes at the beginning of @waiting that do not wait any more */
  guint n_missed;
  gboolean is_gone;
};

G_DEFINE_FINAL_TYPE (HubOutput, hub_output, G_TYPE_OBJECT)

static gboolean on_output_writable (int fd, GIOCondition condition, gpointer user_data);

static guint
hub_output_get_n_waiting (HubOutput *self)
{
  return self->waiting->len - self->n_written;
}

static int
hub_output_get_fd (HubOutput *self)
{
  return self->own_fd >= 0 ? self->own_fd : self->given_fd;
}

/* A terminal that has room for a few bytes only blocks a longer write, whatever poll() said, until
 * somebody reads: for as long as an SSH connection hangs. Opened anew it can be non-blocking
 * without becoming so for those who share the descriptor. -1 where that is not allowed: the
 * terminal is another account's. */
static int
open_terminal (int fd)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  return isatty (fd) ? open (path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
}

/* Whether a write of PIPE_BUF bytes would not block, waiting at most @timeout ms for that. A reader
 * that is gone counts: the write tells. */
static gboolean
can_write (HubOutput *self, int timeout)
{
  struct pollfd pollfd = { .fd = hub_output_get_fd (self), .events = POLLOUT };

  return poll (&pollfd, 1, timeout) > 0;
}

static void
forget_written (HubOutput *self)
{
  g_byte_array_remove_range (self->waiting, 0, self->n_written);
  self->n_written = 0;
}

/* Writes a piece that fits. Returns: FALSE once nothing more can be done now */
static gboolean
write_piece (HubOutput *self)
{
  ssize_t written = write (hub_output_get_fd (self), self->waiting->data + self->n_written,
                           MIN (hub_output_get_n_waiting (self), PIPE_BUF));

  if (written >= 0)
    {
      self->n_written += (guint) written;
      /* Rarely: what is behind it moves. */
      if (self->n_written >= self->waiting->len / 2)
        forget_written (self);
      return TRUE;
    }

  if (errno == EINTR)
    return TRUE;
  if (errno != EAGAIN)
    {
      g_debug ("nobody reads the output: %s", g_strerror (errno));
      self->is_gone = TRUE;
      g_byte_array_set_size (self->waiting, 0);
      self->n_written = 0;
    }

  return FALSE;
}

static void
pump (HubOutput *self)
{
  while (hub_output_get_n_waiting (self) > 0 && can_write (self, 0) && write_piece (self))
    ;

  if (hub_output_get_n_waiting (self) > 0 && self->source_id == 0)
    self->source_id = g_unix_fd_add (hub_output_get_fd (self), G_IO_OUT, on_output_writable, self);
}

static gboolean
on_output_writable (int fd, GIOCondition condition, gpointer user_data)
{
  HubOutput *self = HUB_OUTPUT (user_data);

  self->source_id = 0;
  pump (self);

  return G_SOURCE_REMOVE;
}

static void
hub_output_finalize (GObject *object)
{
  HubOutput *self = HUB_OUTPUT (object);

  g_clear_handle_id (&self->source_id, g_source_remove);
  g_clear_pointer (&self->waiting, g_byte_array_unref);
  if (self->own_fd >= 0)
    close (self->own_fd);

  G_OBJECT_CLASS (hub_output_parent_class)->finalize (object);
}

static void
hub_output_class_init (HubOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_output_finalize;
}

static void
hub_output_init (HubOutput *self)
{
  self->own_fd = -1;
  self->waiting = g_byte_array_new ();
}

HubOutput *
hub_output_new (int fd)
{
  HubOutput *self = g_object_new (HUB_TYPE_OUTPUT, NULL);

  self->given_fd = fd;
  self->own_fd = open_terminal (fd);

  return self;
}

static gboolean
is_full (HubOutput *self)
{
  return hub_output_get_n_waiting (self) >= HUB_OUTPUT_MAX_BYTES;
}

void
hub_output_print (HubOutput *self, const char *text)
{
  g_return_if_fail (HUB_IS_OUTPUT (self));
  g_return_if_fail (text != NULL);

  if (self->is_gone)
    return;
  if (is_full (self))
    {
      self->n_missed++;
      return;
    }

  g_byte_array_append (self->waiting, (const guint8 *) text, (guint) strlen (text));
  g_byte_array_append (self->waiting, (const guint8 *) "\n", 1);
  if (self->source_id == 0)
    pump (self);
}

void
hub_output_printf (HubOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  hub_output_print (self, text);
}

guint
hub_output_take_missed (HubOutput *self)
{
  guint n;

  g_return_val_if_fail (HUB_IS_OUTPUT (self), 0);

  if (is_full (self))
    return 0;

  n = self->n_missed;
  self->n_missed = 0;

  return n;
}

void
hub_output_flush (HubOutput *self, guint timeout)
{
  gint64 deadline = g_get_monotonic_time () + timeout * G_TIME_SPAN_MILLISECOND;

  g_return_if_fail (HUB_IS_OUTPUT (self));

  while (hub_output_get_n_waiting (self) > 0)
    {
      gint64 left = (deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;

      if (!can_write (self, (int) MAX (left, 0)) || !write_piece (self))
        break;
    }
}

gboolean
hub_output_is_terminal (HubOutput *self)
{
  g_return_val_if_fail (HUB_IS_OUTPUT (self), FALSE);

  return isatty (self->given_fd) && g_getenv ("JOURNAL_STREAM") == NULL;
}

gboolean
hub_output_has_colours (HubOutput *self)
{
  const char *type = g_getenv ("TERM");

  return hub_output_is_terminal (self) && type != NULL && *type != '\0'
         && !g_str_equal (type, "dumb");
}

guint
hub_output_get_columns (HubOutput *self)
{
  struct winsize size = { 0 };

  g_return_val_if_fail (HUB_IS_OUTPUT (self), 0);

  return ioctl (self->given_fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
