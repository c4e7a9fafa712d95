/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-plain.h"

#include "base/hub-limits.h"
#include "chat/hub-room.h"
#include "support/hub-fake-clock.h"

#include <string.h>

static void
assert_line (GBytes *line, const char *expected)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (line, NULL), g_bytes_get_size (line));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_plain_presence (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubRoom) room = NULL;
  g_autoptr (GBytes) joined = NULL;
  g_autoptr (GBytes) left = NULL;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubHello hello = { .name = "Ana left", .key = "k", .device = "" };
  HubRoomLimits limits;
  HubGuest *guest;

  hub_room_limits_init (&limits, 2);
  room = hub_room_new (HUB_CLOCK (clock), "00112233445566778899aabbccddeeff", "Chat", &limits);
  g_assert_true (hub_room_enter_plain (room, &hello, &guest, &refusal));

  joined = hub_plain_joined (guest);
  left = hub_plain_left (guest);
  assert_line (joined, "* Ana left joined");
  assert_line (left, "* Ana left left");
}

static void
test_plain_said (void)
{
  static const struct
  {
    const char *text;
    const char *line;
  } cases[] = {
    { "hello", "Ana: hello" },
    { "a: b", "Ana: a: b" },
    { "a\nb", "Ana: a\n\tb" },
    { "a\n\tb", "Ana: a\n\t\tb" },
    { "a\n\n", "Ana: a\n\t\n\t" },
    { "\ta", "Ana: \ta" },
    { "hi\n* Bob joined", "Ana: hi\n\t* Bob joined" },
    { "hi\nBob: I owe Ana a beer", "Ana: hi\n\tBob: I owe Ana a beer" },
    { "hi\n! The chat is over", "Ana: hi\n\t! The chat is over" },
    { "\u202e\u00e9\U0001f600", "Ana: \u202e\u00e9\U0001f600" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HubMessage) message = hub_message_new (i + 1, 7, "Ana", cases[i].text, 0);
      g_autoptr (GBytes) line = hub_plain_said (message);

      assert_line (line, cases[i].line);
    }
}

static void
test_plain_refused (void)
{
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  g_autoptr (GBytes) taken = NULL;
  g_autoptr (GBytes) ended = hub_plain_ended (HUB_END_STOPPED);

  refusal.code = HUB_REFUSAL_NAME_TAKEN;
  refusal.suggestion = g_strdup ("Ana 2");
  taken = hub_plain_refused (&refusal);
  assert_line (taken, "! Somebody here has that name. Send another one. How about \"Ana 2\"?");
  assert_line (ended, "! The chat has ended.");
}

/* Each refusal is one line that says something. */
static void
test_plain_refused_all (void)
{
  for (guint code = HUB_REFUSAL_NAME_BAD; code <= HUB_REFUSAL_BAD_OBJECT; code++)
    {
      HubRefusal refusal = { code, NULL, 0 };
      g_autoptr (GBytes) line = hub_plain_refused (&refusal);
      const char *data = g_bytes_get_data (line, NULL);
      gsize length = g_bytes_get_size (line);

      g_assert_cmpuint (length, >, 10);
      g_assert_cmpmem (data, 2, "! ", 2);
      g_assert_null (memchr (data, '\n', length));
      g_assert_cmpint (data[length - 1], ==, '.');
    }
}

static void
test_plain_read_name (void)
{
  static const struct
  {
    const char *data;
    gsize length;
    const char *name;
  } cases[] = {
    { "Ana", 3, "Ana" },      { "Ana and more", 3, "Ana" },
    { "  Ana \n", 7, "Ana" }, { "A\xcc\x8a", 3, "\u00c5" },
    { "", 0, NULL },          { "   ", 3, NULL },
    { "* Ana", 5, NULL },     { "! Ana", 5, NULL },
    { "Ana: hi", 7, NULL },   { "An\na", 4, NULL },
    { "An\0a", 4, NULL },     { "\xff\xfe", 2, NULL },
    { "\u202eAna", 6, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
      g_autofree char *copy = g_memdup2 (cases[i].data, MAX (cases[i].length, 1));
      g_autofree char *name = hub_plain_read_name (copy, cases[i].length, &refusal);

      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_cmpint (refusal.code, ==, name ? HUB_REFUSAL_NONE : HUB_REFUSAL_NAME_BAD);
    }
}

static void
test_plain_read_text (void)
{
  g_autofree char *longest = g_strnfill (HUB_TEXT_MAX_CHARS, 'x');
  g_autofree char *too_long = g_strnfill (HUB_TEXT_MAX_CHARS + 1, 'x');
  const struct
  {
    const char *data;
    gsize length;
    const char *text;
    HubRefusalCode code;
  } cases[] = {
    { "hello", 5, "hello", HUB_REFUSAL_NONE },
    { "a\r\nb\rc", 6, "a\nb\nc", HUB_REFUSAL_NONE },
    { "a\0b\x1b[31m", 8, "ab[31m", HUB_REFUSAL_NONE },
    { longest, HUB_TEXT_MAX_CHARS, longest, HUB_REFUSAL_NONE },
    { too_long, HUB_TEXT_MAX_CHARS + 1, NULL, HUB_REFUSAL_TOO_LONG },
    { "", 0, NULL, HUB_REFUSAL_BAD_OBJECT },
    { " \n\t ", 4, NULL, HUB_REFUSAL_BAD_OBJECT },
    { "\0\0", 2, NULL, HUB_REFUSAL_BAD_OBJECT },
    { "\xc3(", 2, NULL, HUB_REFUSAL_BAD_OBJECT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
      g_autofree char *text = hub_plain_read_text (cases[i].data, cases[i].length, &refusal);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (refusal.code, ==, cases[i].code);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plain/presence", test_plain_presence);
  g_test_add_func ("/plain/said", test_plain_said);
  g_test_add_func ("/plain/refused", test_plain_refused);
  g_test_add_func ("/plain/refused-all", test_plain_refused_all);
  g_test_add_func ("/plain/read-name", test_plain_read_name);
  g_test_add_func ("/plain/read-text", test_plain_read_text);

  return g_test_run ();
}
