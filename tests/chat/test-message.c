/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-message.h"

#include <string.h>

static void
test_fields (void)
{
  g_autoptr (HubMessage) message = hub_message_new (3, 7, "Ana", "hello", 1234);
  g_autoptr (HubMessage) same = hub_message_ref (message);

  g_assert_true (same == message);
  g_assert_cmpuint (hub_message_get_id (message), ==, 3);
  g_assert_cmpuint (hub_message_get_from_id (message), ==, 7);
  g_assert_cmpstr (hub_message_get_from_name (message), ==, "Ana");
  g_assert_cmpstr (hub_message_get_text (message), ==, "hello");
  g_assert_cmpint (hub_message_get_at (message), ==, 1234);
}

static void
test_boxed (void)
{
  g_autoptr (HubMessage) message = hub_message_new (1, 1, "Ana", "hello", 0);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, HUB_TYPE_MESSAGE);
  g_value_set_boxed (&value, message);
  g_assert_true (g_value_get_boxed (&value) == message);
}

static void
test_encodings (void)
{
  g_autoptr (HubMessage) message = hub_message_new (1, 1, "Ana", "hello", 0);
  g_autoptr (GBytes) plain = g_bytes_new_static ("Ana: hello", 10);
  g_autoptr (GBytes) other = g_bytes_new_static ("other", 5);

  g_assert_null (hub_message_get_encoding (message, 0));
  hub_message_set_encoding (message, 0, plain);
  hub_message_set_encoding (message, HUB_MESSAGE_ENCODINGS - 1, other);
  g_assert_true (hub_message_get_encoding (message, 0) == plain);
  g_assert_true (hub_message_get_encoding (message, HUB_MESSAGE_ENCODINGS - 1) == other);

  hub_message_set_encoding (message, 0, other);
  g_assert_true (hub_message_get_encoding (message, 0) == other);
  hub_message_set_encoding (message, 0, other);
  g_assert_true (hub_message_get_encoding (message, 0) == other);
}

/* Its size is known before it is encoded, so it has to cover whatever the escapes make of it. */
static void
test_size (void)
{
  static const struct
  {
    const char *unit;
    gsize escaped; /* bytes in the wire format that needs most */
  } cases[] = {
    { "a", 1 },    { "\"", 2 },       { "\\", 2 },
    { "\n", 2 },   { "\t", 2 },       { "\x01", 6 },
    { "\x7f", 6 }, { "\xc3\xa9", 2 }, { "\xf0\x9f\x98\x80", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (HubMessage) message = NULL;
      gsize least;

      for (guint n = 0; n < 4000; n++)
        g_string_append (text, cases[i].unit);
      message = hub_message_new (G_MAXUINT64, G_MAXUINT64, "A\"a", text->str, G_MAXINT64);

      least = text->len + HUB_MESSAGE_ENCODINGS * (4000 * cases[i].escaped + 200);
      g_assert_cmpuint (hub_message_get_size (message), >=, least);
      /* An estimate that is far too high would throw the backlog away. */
      g_assert_cmpuint (hub_message_get_size (message), <=, least + 2000);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/message/fields", test_fields);
  g_test_add_func ("/chat/message/boxed", test_boxed);
  g_test_add_func ("/chat/message/encodings", test_encodings);
  g_test_add_func ("/chat/message/size", test_size);

  return g_test_run ();
}
