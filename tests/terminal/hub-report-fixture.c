/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-report-fixture.h"

#include "host/hub-snapshot-private.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define DEADLINE_US (20 * G_TIME_SPAN_SECOND)
#define NOON (G_GINT64_CONSTANT (1767225600000) + 12 * 3600 * 1000)

static void
open_terminal (int fds[2])
{
  fds[0] = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_no_errno (fds[0]);
  g_assert_no_errno (grantpt (fds[0]));
  g_assert_no_errno (unlockpt (fds[0]));
  fds[1] = open (ptsname (fds[0]), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_no_errno (fds[1]);
}

void
hub_report_fixture_init (HubReportFixture *self, gboolean on_terminal)
{
  if (on_terminal)
    {
      open_terminal (self->fds);
      hub_report_fixture_set_columns (self, 80);
    }
  else
    g_assert_true (g_unix_open_pipe (self->fds, FD_CLOEXEC, NULL));

  g_assert_true (g_unix_set_fd_nonblocking (self->fds[0], TRUE, NULL));
  self->output = hub_output_new (self->fds[1]);
  self->read = g_string_new (NULL);
}

void
hub_report_fixture_clear (HubReportFixture *self)
{
  g_assert_finalize_object (self->output);
  g_string_free (self->read, TRUE);
  close (self->fds[0]);
  close (self->fds[1]);
}

void
hub_report_fixture_set_columns (HubReportFixture *self, guint columns)
{
  struct winsize size = { .ws_col = (unsigned short) columns, .ws_row = 24 };

  g_assert_no_errno (ioctl (self->fds[1], TIOCSWINSZ, &size));
}

static void
read_some (HubReportFixture *self)
{
  char buffer[4096];
  ssize_t length;

  while ((length = read (self->fds[0], buffer, sizeof buffer)) > 0)
    {
      g_string_append_len (self->read, buffer, length);
      g_main_context_iteration (NULL, FALSE);
    }
  g_string_replace (self->read, "\r\n", "\n", 0);
}

const char *
hub_report_fixture_read (HubReportFixture *self)
{
  g_string_truncate (self->read, 0);
  read_some (self);

  return self->read->str;
}

const char *
hub_report_fixture_wait (HubReportFixture *self, const char *text)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  g_string_truncate (self->read, 0);
  while (strstr (self->read->str, text) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
      read_some (self);
    }

  return self->read->str;
}

static HubSnapshotParts
make_parts (gboolean with_network)
{
  HubSnapshotParts parts = {
    .room_name = "Chat on \033[1mAttic",
    .port = 8443,
    .places = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_place_free),
    .fingerprint = "AB:CD:EF",
    .max_guests = 10,
    .people = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_person_free),
  };

  if (with_network)
    {
      g_ptr_array_add (parts.places,
                       hub_place_new ("https://192.168.1.5:8443/", "Wi-Fi (wlan0)", FALSE));
      g_ptr_array_add (parts.places, hub_place_new ("https://attic.local:8443/", "Name", FALSE));
    }

  return parts;
}

HubSnapshot *
hub_report_fixture_snapshot (guint n_people, gboolean with_network, guint16 busy_port)
{
  HubSnapshotParts parts = make_parts (with_network);

  parts.busy_port = busy_port;
  for (guint i = 0; i < n_people; i++)
    g_ptr_array_add (parts.people, hub_person_new (i + 1, "Somebody", "", NOON, FALSE));

  return hub_snapshot_new (&parts);
}

HubSnapshot *
hub_report_fixture_snapshot_locked (const char *code)
{
  HubSnapshotParts parts = make_parts (TRUE);

  parts.is_locked = TRUE;
  parts.code = code;
  parts.local_port = 40123;
  g_ptr_array_add (parts.people, hub_person_new (1, "Ana", "iPhone", NOON, FALSE));
  g_ptr_array_add (parts.people, hub_person_new (12, "\033[2JBo", "", NOON, TRUE));

  return hub_snapshot_new (&parts);
}

HubEvent *
hub_report_fixture_event (HubEventType type, const char *name, const char *text)
{
  HubEvent *event = hub_event_new (type, NOON, 1, name, text);

  event->n_present = 3;

  return event;
}
