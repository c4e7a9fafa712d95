/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-backlog.h"

static void
push (HubBacklog *backlog, guint64 id, const char *text)
{
  g_autoptr (HubMessage) message = hub_message_new (id, 1, "Ana", text, 0);

  hub_backlog_push (backlog, message);
}

static gsize
size_of (const char *text)
{
  g_autoptr (HubMessage) message = hub_message_new (1, 1, "Ana", text, 0);

  return hub_message_get_size (message);
}

static void
test_empty (void)
{
  g_autoptr (HubBacklog) backlog = hub_backlog_new (4, G_MAXSIZE);

  g_assert_cmpuint (hub_backlog_get_length (backlog), ==, 0);
  g_assert_cmpuint (hub_backlog_get_bytes (backlog), ==, 0);
  g_assert_cmpuint (hub_backlog_get_first_id (backlog), ==, 1);
  g_assert_null (hub_backlog_get (backlog, 0));
  g_assert_null (hub_backlog_get (backlog, 1));
  g_assert_null (hub_backlog_get (backlog, G_MAXUINT64));
}

static void
test_messages (void)
{
  g_autoptr (HubBacklog) backlog = hub_backlog_new (4, G_MAXSIZE);

  for (guint64 id = 1; id <= 1000; id++)
    {
      push (backlog, id, "hello");
      g_assert_cmpuint (hub_backlog_get_length (backlog), ==, MIN (id, 4));
      g_assert_cmpuint (hub_backlog_get_bytes (backlog), ==, MIN (id, 4) * size_of ("hello"));
      g_assert_cmpuint (hub_backlog_get_first_id (backlog), ==, id <= 4 ? 1 : id - 3);
    }

  g_assert_null (hub_backlog_get (backlog, 996));
  for (guint64 id = 997; id <= 1000; id++)
    g_assert_cmpuint (hub_message_get_id (hub_backlog_get (backlog, id)), ==, id);
  g_assert_null (hub_backlog_get (backlog, 1001));
}

static void
test_bytes (void)
{
  g_autoptr (HubBacklog) backlog = hub_backlog_new (100, 3 * size_of ("1234567890"));

  for (guint64 id = 1; id <= 3; id++)
    push (backlog, id, "1234567890");
  g_assert_cmpuint (hub_backlog_get_length (backlog), ==, 3);

  /* One byte more than the oldest leaves free. */
  push (backlog, 4, "1234567890a");
  g_assert_cmpuint (hub_backlog_get_length (backlog), ==, 2);
  g_assert_cmpuint (hub_backlog_get_first_id (backlog), ==, 3);
  g_assert_cmpuint (hub_backlog_get_bytes (backlog), ==,
                    size_of ("1234567890") + size_of ("1234567890a"));
}

static void
test_too_large (void)
{
  g_autoptr (HubBacklog) backlog = hub_backlog_new (100, size_of ("1234567890"));

  push (backlog, 1, "1234567890");
  push (backlog, 2, "1234567890a");
  g_assert_cmpuint (hub_backlog_get_length (backlog), ==, 0);
  g_assert_cmpuint (hub_backlog_get_bytes (backlog), ==, 0);
  g_assert_cmpuint (hub_backlog_get_first_id (backlog), ==, 3);

  push (backlog, 3, "short");
  g_assert_cmpstr (hub_message_get_text (hub_backlog_get (backlog, 3)), ==, "short");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/backlog/empty", test_empty);
  g_test_add_func ("/chat/backlog/messages", test_messages);
  g_test_add_func ("/chat/backlog/bytes", test_bytes);
  g_test_add_func ("/chat/backlog/too-large", test_too_large);

  return g_test_run ();
}
