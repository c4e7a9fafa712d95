/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What becomes of connections to an address that this computer loses: in a network namespace, with
 * a door and a clock of the test's own. */
#include "server/hub-test-server.h"

#include "base/hub-limits.h"
#include "server/hub-door.h"
#include "server/hub-listeners.h"
#include "support/hub-fake-clock.h"
#include "support/hub-tls-client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ADDRESS "10.77.0.1"

static gboolean
ip (const char *arguments)
{
  g_autofree char *command = g_strdup_printf ("ip %s", arguments);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  int status = -1;

  return g_spawn_command_line_sync (command, &output, &errors, &status, NULL) && status == 0;
}

static gboolean
leave_network (void)
{
  return unshare (CLONE_NEWNET) == 0 || unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0;
}

/* Tried by somebody else: there is no way back. */
static gboolean
can_leave_network (void)
{
  pid_t pid = fork ();
  int status = -1;

  if (pid == 0)
    _exit (leave_network () ? 0 : 1);

  return pid > 0 && waitpid (pid, &status, 0) == pid && status == 0;
}

static void
make_network (void)
{
  g_assert_true (leave_network ());
  g_assert_true (ip ("link set lo up"));
  g_assert_true (ip ("link add cable type veth peer name wall"));
  g_assert_true (ip ("addr add " ADDRESS "/24 dev cable"));
  g_assert_true (ip ("link set wall up"));
  g_assert_true (ip ("link set cable up"));
}

static HubTlsClient *
connect_to (const char *address, guint16 port)
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  HubTlsClient *client;

  g_assert_cmpint (inet_pton (AF_INET, address, &to.sin_addr), ==, 1);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &to, sizeof to), ==, 0);
  client = hub_tls_client_new (fd, NULL, NULL);
  g_assert_cmpint (hub_tls_client_shake (client), ==, 0);

  return client;
}

/* Like a WebSocket: nothing but the door's own care ends it. */
static void
on_opened (HubConnection *connection, gpointer user_data)
{
  hub_door_set_stage (connection->door, connection, HUB_STAGE_UPGRADED);
}

static void
on_changed (HubLan *lan, gboolean *has_changed)
{
  *has_changed = TRUE;
}

static void
wait_change (HubLan *lan, const char *arguments)
{
  gboolean has_changed = FALSE;
  gulong handler = g_signal_connect_after (lan, "changed", G_CALLBACK (on_changed), &has_changed);

  g_assert_true (ip (arguments));
  hub_test_wait_for (&has_changed);
  g_signal_handler_disconnect (lan, handler);
}

static void
advance (HubFakeClock *clock, HubDoor *door, gint64 ms)
{
  hub_fake_clock_advance (clock, ms);
  hub_door_run (door);
}

static HubDoor *
open_door (HubTestServer *self, HubFakeClock *clock, HubPoller *poller, guint16 *port)
{
  static const HubDoorFuncs funcs = { on_opened, NULL };
  g_autoptr (GError) error = NULL;
  const HubDoorConfig config = {
    .clock = HUB_CLOCK (clock),
    .poller = poller,
    .lan = self->lan,
    .credentials = hub_identity_get_credentials (self->identity),
    .listeners = hub_listeners_open (NULL, 0, port, &error),
  };

  g_assert_no_error (error);

  return hub_door_new (&config, &funcs, NULL);
}

static void
lose_the_address (HubTestServer *self)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HubPoller) poller = hub_poller_new (&error);
  guint16 port = 0;
  g_autoptr (HubDoor) door = open_door (self, clock, poller, &port);
  HubTlsClient *moved = connect_to (ADDRESS, port);
  HubTlsClient *stays = connect_to ("127.0.0.1", port);

  /* A cable runs some time after it is up; an address that goes before that was never there. */
  while (hub_lan_get_addresses (self->lan)->len == 0)
    hub_tls_client_pump ();
  while (hub_door_get_n_connections (door) < 2 || hub_door_get_n_pending (door) > 0)
    hub_tls_client_pump ();

  /* Away and back again: nothing happens. */
  wait_change (self->lan, "addr del " ADDRESS "/24 dev cable");
  advance (clock, door, HUB_STRANDED_MS - 1);
  wait_change (self->lan, "addr add " ADDRESS "/24 dev cable");
  advance (clock, door, HUB_STRANDED_MS);
  g_assert_cmpuint (hub_door_get_n_connections (door), ==, 2);

  /* Away for good; other news do not begin the time anew. */
  wait_change (self->lan, "addr del " ADDRESS "/24 dev cable");
  advance (clock, door, HUB_STRANDED_MS - 1);
  wait_change (self->lan, "addr add 10.78.0.1/24 dev cable");
  g_assert_cmpuint (hub_door_get_n_connections (door), ==, 2);
  advance (clock, door, 1);
  g_assert_cmpuint (hub_door_get_n_connections (door), ==, 1);
  advance (clock, door, 10 * HUB_STRANDED_MS);
  g_assert_cmpuint (hub_door_get_n_connections (door), ==, 1);

  hub_door_cut (door);
  hub_tls_client_free (moved);
  hub_tls_client_free (stays);
  hub_poller_detach (poller);
}

static void
test_moves (void)
{
  g_autofree char *program = NULL;

  if (g_test_subprocess ())
    {
      HubTestServer self = { 0 };

      make_network ();
      hub_test_server_set_up (&self, NULL);
      lose_the_address (&self);
      hub_test_server_tear_down (&self, NULL);
      return;
    }

  program = g_find_program_in_path ("ip");
  if (program == NULL || !can_leave_network ())
    {
      g_test_skip ("Networks of our own cannot be made here.");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/door-moves/moves", test_moves);
  return g_test_run ();
}
