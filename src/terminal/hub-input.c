/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Read in one turn of the loop. */
#define PIECE_BYTES 4096

/* How often a program in the background looks whether it is in the foreground again, while what is
 * typed waits for somebody else; in milliseconds. */
#define BACKGROUND_MS 500

struct _HubInput
{
  GObject parent_instance;

  /* Borrowed */
  int given_fd;
  HubInputFunc func;
  gpointer user_data;

  /* Owned */
  int own_fd; /* to the same file, or -1 */
  GByteArray *line;
  guint source_id; /* waits for input, or for the foreground; 0 when there is nothing to come */

  /* State */
  gsize max_bytes;
  gboolean is_terminal;
};

G_DEFINE_FINAL_TYPE (HubInput, hub_input, G_TYPE_OBJECT)

static gboolean on_input_readable (int fd, GIOCondition condition, gpointer user_data);

/* Opened anew a terminal or pipe can be non-blocking without becoming so for those who share the
 * descriptor. Where that is not allowed (another account's) or not possible (a socket) poll() has to
 * be enough; it is, but for a race with another reader. A file never blocks, and opened anew it would
 * begin again. */
static int
open_anew (int fd)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  struct stat status;

  if (fstat (fd, &status) < 0 || !(isatty (fd) || S_ISFIFO (status.st_mode)))
    return -1;

  return open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static int
hub_input_get_fd (HubInput *self)
{
  return self->own_fd >= 0 ? self->own_fd : self->given_fd;
}

/* Whether the terminal is the one that this program was started from, and still there. */
static gboolean
has_controlling_terminal (HubInput *self)
{
  return tcgetpgrp (hub_input_get_fd (self)) >= 0;
}

/* Whether the terminal now belongs to another job of the shell's. */
static gboolean
is_in_background (HubInput *self)
{
  return self->is_terminal && tcgetpgrp (hub_input_get_fd (self)) != getpgrp ();
}

static void
wait_for_input (HubInput *self)
{
  self->source_id = g_unix_fd_add (hub_input_get_fd (self), G_IO_IN, on_input_readable, self);
}

static gboolean
on_background_over (gpointer user_data)
{
  HubInput *self = HUB_INPUT (user_data);

  if (is_in_background (self))
    return G_SOURCE_CONTINUE;

  wait_for_input (self);
  return G_SOURCE_REMOVE;
}

static void
tell_line (HubInput *self)
{
  g_autoptr (GByteArray) line = g_steal_pointer (&self->line);

  self->line = g_byte_array_new ();
  self->func ((const char *) line->data, line->len, self->user_data);
}

/* What is beyond the longest line is not kept. */
static void
keep (HubInput *self, const char *data, gsize length)
{
  gsize room = self->max_bytes - self->line->len;

  g_byte_array_append (self->line, (const guint8 *) data, (guint) MIN (length, room));
}

static void
take_piece (HubInput *self, const char *data, gsize length)
{
  const char *end = data + length;

  while (data < end && self->source_id != 0)
    {
      const char *line_break = memchr (data, '\n', (gsize) (end - data));

      keep (self, data, (gsize) ((line_break != NULL ? line_break : end) - data));
      if (line_break == NULL)
        return;
      tell_line (self);
      data = line_break + 1;
    }
}

/* What came before the end counts as a line, as with other programs. */
static gboolean
take_end (HubInput *self)
{
  if (self->line->len > 0)
    tell_line (self);
  self->source_id = 0;

  return G_SOURCE_REMOVE;
}

static gboolean
on_input_readable (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (HubInput) self = g_object_ref (HUB_INPUT (user_data));
  char piece[PIECE_BYTES];
  ssize_t length;

  if (self->is_terminal && !has_controlling_terminal (self))
    return take_end (self);
  if (is_in_background (self))
    {
      self->source_id = g_timeout_add (BACKGROUND_MS, on_background_over, self);
      return G_SOURCE_REMOVE;
    }

  length = read (fd, piece, sizeof piece);
  if (length > 0)
    {
      take_piece (self, piece, (gsize) length);
      return self->source_id != 0;
    }

  /* Ctrl+D ends nothing: a terminal goes on after it. */
  if (length == 0 && self->is_terminal)
    return G_SOURCE_CONTINUE;
  /* EIO: we went to the background after all, or the terminal is gone; the next call finds out. */
  if (length < 0 && (errno == EINTR || errno == EAGAIN || is_in_background (self)))
    return G_SOURCE_CONTINUE;

  return take_end (self);
}

static void
hub_input_finalize (GObject *object)
{
  HubInput *self = HUB_INPUT (object);

  g_clear_handle_id (&self->source_id, g_source_remove);
  g_clear_pointer (&self->line, g_byte_array_unref);
  if (self->own_fd >= 0)
    close (self->own_fd);

  G_OBJECT_CLASS (hub_input_parent_class)->finalize (object);
}

static void
hub_input_class_init (HubInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_input_finalize;
}

static void
hub_input_init (HubInput *self)
{
  self->own_fd = -1;
  self->line = g_byte_array_new ();
}

HubInput *
hub_input_new (int fd, gsize max_bytes)
{
  HubInput *self;

  g_return_val_if_fail (max_bytes > 0, NULL);

  self = g_object_new (HUB_TYPE_INPUT, NULL);
  self->given_fd = fd;
  self->own_fd = open_anew (fd);
  self->is_terminal = isatty (fd);
  self->max_bytes = max_bytes;

  return self;
}

void
hub_input_start (HubInput *self, HubInputFunc func, gpointer user_data)
{
  g_return_if_fail (HUB_IS_INPUT (self));
  g_return_if_fail (func != NULL && self->func == NULL);

  self->func = func;
  self->user_data = user_data;
  wait_for_input (self);
}

void
hub_input_stop (HubInput *self)
{
  g_return_if_fail (HUB_IS_INPUT (self));

  g_clear_handle_id (&self->source_id, g_source_remove);
}

gboolean
hub_input_is_terminal (HubInput *self)
{
  g_return_val_if_fail (HUB_IS_INPUT (self), FALSE);

  return self->is_terminal && has_controlling_terminal (self);
}
