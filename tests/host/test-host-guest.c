/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-host-fixture.h"
#include "support/hub-crowd-socket.h"

#include <string.h>

/* Serves @socket once something has come, or a moment later. */
static void
pump (HubCrowdSocket *socket)
{
  GPollFD fd = { .fd = hub_crowd_socket_get_fd (socket), .events = G_IO_IN };

  g_poll (&fd, 1, 20);
  hub_crowd_socket_pump (socket);
}

static char *
take (HubCrowdSocket *socket)
{
  gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;
  char *text;

  while ((text = hub_crowd_socket_take (socket)) == NULL && !hub_crowd_socket_is_closed (socket))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      pump (socket);
    }

  return text;
}

static void
wait_for_type (HubCrowdSocket *socket, const char *type)
{
  g_autofree char *wanted = g_strdup_printf ("\"%s\"", type);
  g_autofree char *text = NULL;

  do
    {
      g_free (text);
      text = take (socket);
      g_assert_nonnull (text);
    }
  while (strstr (text, wanted) == NULL);
}

static HubCrowdSocket *
join (guint16 port)
{
  HubCrowdSocket *socket = hub_crowd_socket_new (port, "hubbub.v1");
  gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;

  while (!hub_crowd_socket_is_open (socket))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_assert_false (hub_crowd_socket_is_closed (socket));
      pump (socket);
    }
  hub_crowd_socket_send (socket, "{\"type\":\"hello\",\"name\":\"Ana\","
                                 "\"join\":\"00112233445566778899aabbccddeeff\"}");
  wait_for_type (socket, "welcome");

  return socket;
}

static void
test_guest (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) socket = NULL;
  const HubPerson *person;
  g_autofree char *text = NULL;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  socket = join (hub_host_fixture_get_port (&f));
  hub_host_fixture_wait_for_told (&f, "+Ana ");
  person = g_ptr_array_index (hub_snapshot_get_people (hub_host_get_snapshot (f.host)), 0);
  g_assert_cmpstr (person->name, ==, "Ana");
  g_assert_false (person->is_away);

  hub_crowd_socket_send (socket, "{\"type\":\"say\",\"ref\":1,\"text\":\"hello\"}");
  wait_for_type (socket, "said");
  hub_host_fixture_wait_for_told (&f, ":Anahello ");

  /* The end is told before the connection closes. */
  hub_host_stop (f.host);
  wait_for_type (socket, "ended");
  while ((text = take (socket)) != NULL)
    g_clear_pointer (&text, g_free);
  hub_host_fixture_wait_for_state (&f, HUB_HOST_STOPPED);
  hub_host_fixture_clear (&f);
}

/* What happens in the moment before the stop is told before its end. */
static void
test_last_words (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) socket = NULL;
  g_autofree char *text = NULL;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  socket = join (hub_host_fixture_get_port (&f));
  hub_crowd_socket_send (socket, "{\"type\":\"say\",\"ref\":1,\"text\":\"hello\"}");
  wait_for_type (socket, "said");
  hub_crowd_socket_send (socket, "{\"type\":\"bye\"}");
  while ((text = take (socket)) != NULL)
    g_clear_pointer (&text, g_free);

  g_clear_pointer (&socket, hub_crowd_socket_free);
  /* The loop has not run since he came, so that most is still to be told; and the stop has nobody to
   * wait for. */
  hub_host_stop (f.host);
  hub_host_fixture_wait_for_state (&f, HUB_HOST_STOPPED);
  g_assert_cmpstr (f.told->str, ==, "+Ana :Anahello -Ana ");
  hub_host_fixture_clear (&f);
}

/* A guest who does not answer any more does not hold the stop. */
static void
test_silent_guest (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) socket = NULL;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  socket = join (hub_host_fixture_get_port (&f));
  hub_host_fixture_stop (&f);
  hub_host_fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/host-guest/guest", test_guest);
  g_test_add_func ("/host/host-guest/last-words", test_last_words);
  g_test_add_func ("/host/host-guest/silent-guest", test_silent_guest);

  return g_test_run ();
}
