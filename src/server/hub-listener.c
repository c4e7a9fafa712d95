/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-listener.h"

#include "base/hub-limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long to wait for descriptors to become free. */
#define PAUSE_MS 200

struct _HubListener
{
  GArray *fds;
  HubListenerFunc func;
  gpointer user_data;

  GPtrArray *sources; /* empty while it pauses */
  GSource *resume;
  gboolean is_held;
  int reserve; /* a descriptor to give up, or -1 */
};

static void
open_reserve (HubListener *self)
{
  if (self->reserve < 0)
    self->reserve = open ("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void watch (HubListener *self);

static gboolean
on_resume (gpointer user_data)
{
  HubListener *self = user_data;

  g_clear_pointer (&self->resume, g_source_unref);
  open_reserve (self);
  if (!self->is_held)
    watch (self);

  return G_SOURCE_REMOVE;
}

static void
pause_accepting (HubListener *self)
{
  g_ptr_array_set_size (self->sources, 0);
  if (self->resume != NULL)
    return;

  self->resume = g_timeout_source_new (PAUSE_MS);
  g_source_set_static_name (self->resume, "HubListener");
  g_source_set_callback (self->resume, on_resume, self, NULL);
  g_source_attach (self->resume, g_main_context_get_thread_default ());
}

/* Out of descriptors: the peer at the head of the queue is told by a close. */
static void
turn_one_away (HubListener *self, int listening)
{
  int fd;

  if (self->reserve < 0)
    return;

  close (g_steal_fd (&self->reserve));
  fd = accept4 (listening, NULL, NULL, SOCK_CLOEXEC);
  if (fd >= 0)
    close (fd);
  open_reserve (self);
}

static gboolean
is_of_one_peer (int error)
{
  switch (error)
    {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case EPERM: /* a firewall rule */
    case ENETDOWN:
    case ENOPROTOOPT:
    case EHOSTDOWN:
    case ENONET:
    case EHOSTUNREACH:
    case EOPNOTSUPP:
    case ENETUNREACH:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
on_readable (int listening, GIOCondition condition, gpointer user_data)
{
  HubListener *self = user_data;

  for (guint i = 0; i < HUB_ACCEPTS_PER_TURN; i++)
    {
      int fd = accept4 (listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
      int one = 1;

      if (fd >= 0)
        {
          setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          self->func (fd, self->user_data);
          if (self->is_held)
            return G_SOURCE_REMOVE;
        }
      else if (errno == EAGAIN)
        return G_SOURCE_CONTINUE;
      else if (!is_of_one_peer (errno))
        {
          g_debug ("Cannot accept: %s", g_strerror (errno));
          turn_one_away (self, listening);
          pause_accepting (self);
          return G_SOURCE_REMOVE;
        }
    }

  return G_SOURCE_CONTINUE;
}

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static void
watch (HubListener *self)
{
  for (guint i = 0; i < self->fds->len; i++)
    {
      GSource *source = g_unix_fd_source_new (g_array_index (self->fds, int, i), G_IO_IN);

      g_source_set_static_name (source, "HubListener");
      g_source_set_callback (source, G_SOURCE_FUNC (on_readable), self, NULL);
      g_source_attach (source, g_main_context_get_thread_default ());
      g_ptr_array_add (self->sources, source);
    }
}

HubListener *
hub_listener_new (GArray *fds, HubListenerFunc func, gpointer user_data)
{
  HubListener *self;

  g_return_val_if_fail (fds != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (HubListener, 1);
  self->fds = fds;
  self->func = func;
  self->user_data = user_data;
  self->sources = g_ptr_array_new_with_free_func (destroy_source);
  self->reserve = -1;
  open_reserve (self);
  watch (self);

  return self;
}

void
hub_listener_set_held (HubListener *self, gboolean is_held)
{
  g_return_if_fail (self != NULL);

  if (self->is_held == is_held)
    return;

  self->is_held = is_held;
  if (is_held)
    g_ptr_array_set_size (self->sources, 0);
  else if (self->resume == NULL)
    watch (self);
}

void
hub_listener_free (HubListener *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->sources);
  g_clear_pointer (&self->resume, destroy_source);
  g_array_unref (self->fds);
  if (self->reserve >= 0)
    close (self->reserve);
  g_free (self);
}
