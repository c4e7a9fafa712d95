/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What test-schema.py holds against the schemas.
 *
 *   wire-objects write   prints every kind of object that the host writes, one a line
 *   wire-objects read    reads one object a line from stdin; prints "good" or the refusal's code */

#include "hub-wire-fixture.h"
#include "wire/hub-wire.h"

#include <stdio.h>
#include <string.h>

/* Takes @object. */
static void
print_object (GBytes *object)
{
  fwrite (g_bytes_get_data (object, NULL), 1, g_bytes_get_size (object), stdout);
  putchar ('\n');
  g_bytes_unref (object);
}

static void
write_refusals (void)
{
  for (guint code = HUB_REFUSAL_NAME_BAD; code <= HUB_REFUSAL_BAD_OBJECT; code++)
    {
      HubRefusal refusal = { code, NULL, 0 };

      for (guint what = HUB_REQUEST_UNKNOWN; what <= HUB_REQUEST_BYE; what++)
        print_object (hub_wire_refused (what, -1, &refusal));

      refusal.suggestion = (char *) "Ana 2";
      refusal.retry_after = 250;
      print_object (hub_wire_refused (HUB_REQUEST_SAY, 1, &refusal));
    }
}

static void
write_room (HubWireFixture *fixture)
{
  const char *const urls[] = { "https://192.168.1.5:8443/", "https://[fd00::5]:8443/", NULL };
  HubWelcome welcome = { .token = &fixture->token, .urls = urls, .now = 1767225600000 };
  HubPresenceChange change = { .count = 1 };
  GPtrArray *present;

  welcome.entry = hub_wire_fixture_enter (fixture, "Ana");
  print_object (hub_wire_welcome (fixture->room, &welcome));
  present = hub_room_get_present (fixture->room);
  welcome.guests = present;
  welcome.count = present->len;
  welcome.message_rate = 5;
  print_object (hub_wire_welcome (fixture->room, &welcome));
  welcome.entry = hub_wire_fixture_resume (fixture, "Ana", 0);
  print_object (hub_wire_welcome (fixture->room, &welcome));

  print_object (hub_wire_presence (&change));
  change.joined = change.left = change.away = change.back = present;
  print_object (hub_wire_presence (&change));
  print_object (hub_wire_guests (present, 0));
  print_object (hub_wire_guests (present, 7));
  print_object (hub_wire_room ("Chat", TRUE, urls));
  print_object (hub_wire_room ("Chat", FALSE, NULL));
}

static void
write_objects (void)
{
  g_auto (HubWireFixture) fixture = { 0 };
  g_autoptr (HubMessage) message = hub_message_new (42, 3, "Ana", "\"hi\"\n\U0001f600", 1);

  hub_wire_fixture_init (&fixture);
  write_room (&fixture);
  write_refusals ();
  print_object (hub_wire_said (message));
  print_object (hub_wire_accepted (1, 42));
  print_object (hub_wire_gap (1));
  for (guint why = HUB_END_STOPPED; why <= HUB_END_REMOVED; why++)
    print_object (hub_wire_ended (why));
  print_object (hub_wire_pong ());
}

static void
read_objects (void)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  while ((length = getline (&line, &size, stdin)) >= 0)
    {
      g_auto (HubRequest) request = HUB_REQUEST_INIT;
      g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

      if (hub_wire_read_request (line, (gsize) length, &request, &refusal))
        puts ("good");
      else
        puts (hub_refusal_code_to_string (refusal.code));
    }

  free (line);
}

int
main (int argc, char *argv[])
{
  if (argc == 2 && g_str_equal (argv[1], "write"))
    write_objects ();
  else if (argc == 2 && g_str_equal (argv[1], "read"))
    read_objects ();
  else
    return 2;

  return 0;
}
