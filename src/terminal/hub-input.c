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
  int own_fd;       /* to the same file, or -1 */
  GByteArray *line; /* what there is of the next one */
  guint source_id;  /* waits for input, or for the foreground */

  /* State */
  char piece[PIECE_BYTES];
  gsize length; /* of what was read last */
  gsize taken;  /* of it */
  gboolean is_open;
  gboolean is_paused;
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
wait_for_foreground (HubInput *self)
{
  self->source_id = g_timeout_add (BACKGROUND_MS, on_background_over, self);
}

/* Returns: whether more may be told */
static gboolean
tell_line (HubInput *self)
{
  g_autoptr (GByteArray) line = g_steal_pointer (&self->line);

  self->line = g_byte_array_new ();
  if (!self->func ((const char *) line->data, line->len, self->user_data))
    self->is_paused = TRUE;

  return self->is_open && !self->is_paused;
}

/* What is beyond the longest line is not kept. */
static void
keep (HubInput *self, gsize length)
{
  gsize room = self->max_bytes - self->line->len;

  g_byte_array_append (self->line, (const guint8 *) self->piece + self->taken,
                       (guint) MIN (length, room));
  self->taken += length;
}

/* Tells the lines of what was read. Returns: whether more is to be read */
static gboolean
take_piece (HubInput *self)
{
  while (self->taken < self->length)
    {
      gsize left = self->length - self->taken;
      const char *line_break = memchr (self->piece + self->taken, '\n', left);

      if (line_break == NULL)
        {
          keep (self, left);
          break;
        }
      keep (self, (gsize) (line_break - (self->piece + self->taken)));
      self->taken++;
      if (!tell_line (self))
        return FALSE;
    }

  return TRUE;
}

/* What came before the end counts as a line, as with other programs. */
static void
take_end (HubInput *self)
{
  self->is_open = FALSE;
  if (self->line->len > 0)
    tell_line (self);
}

/* Returns: whether more is to be read at once */
static gboolean
read_piece (HubInput *self)
{
  ssize_t length;

  if (self->is_terminal && !has_controlling_terminal (self))
    {
      take_end (self);
      return FALSE;
    }
  if (is_in_background (self))
    {
      wait_for_foreground (self);
      return FALSE;
    }

  length = read (hub_input_get_fd (self), self->piece, sizeof self->piece);
  if (length > 0)
    {
      self->length = (gsize) length;
      self->taken = 0;
      return take_piece (self);
    }

  /* Ctrl+D ends nothing: a terminal goes on after it. */
  if ((length == 0 && self->is_terminal) || (length < 0 && (errno == EINTR || errno == EAGAIN)))
    return TRUE;
  /* We went to the background after all, and are perhaps back already. */
  if (length < 0 && errno == EIO && self->is_terminal)
    wait_for_foreground (self);
  else
    take_end (self);

  return FALSE;
}

static gboolean
on_input_readable (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (HubInput) self = g_object_ref (HUB_INPUT (user_data));

  self->source_id = 0;
  if (read_piece (self))
    wait_for_input (self);

  return G_SOURCE_REMOVE;
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
  self->is_open = TRUE;
  wait_for_input (self);
}

void
hub_input_resume (HubInput *self)
{
  g_return_if_fail (HUB_IS_INPUT (self));

  if (!self->is_open || !self->is_paused)
    return;

  self->is_paused = FALSE;
  if (take_piece (self))
    wait_for_input (self);
}

void
hub_input_stop (HubInput *self)
{
  g_return_if_fail (HUB_IS_INPUT (self));

  self->is_open = FALSE;
  g_clear_handle_id (&self->source_id, g_source_remove);
}

gboolean
hub_input_is_terminal (HubInput *self)
{
  g_return_val_if_fail (HUB_IS_INPUT (self), FALSE);

  return self->is_terminal && has_controlling_terminal (self);
}
