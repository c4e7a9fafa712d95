/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-first-bytes.h"

#include <string.h>

static const struct
{
  const char *bytes;
  gsize length;
  HubFirstBytes is;
} cases[] = {
  { "", 0, HUB_FIRST_BYTES_MORE },
  { "\x16", 1, HUB_FIRST_BYTES_TLS },
  { "\x16\x03\x01\x02\x00\x01\x00\x01", 8, HUB_FIRST_BYTES_TLS },
  { "\x15\x03\x01", 3, HUB_FIRST_BYTES_OTHER }, /* an alert */
  { "\x80\x2e\x01", 3, HUB_FIRST_BYTES_OTHER }, /* SSL 2 */
  { "\0\0\0\0", 4, HUB_FIRST_BYTES_OTHER },
  { "G", 1, HUB_FIRST_BYTES_MORE },
  { "GET", 3, HUB_FIRST_BYTES_MORE },
  { "GET ", 4, HUB_FIRST_BYTES_HTTP },
  { "GET / HT", 8, HUB_FIRST_BYTES_HTTP },
  { "GET/ HTT", 8, HUB_FIRST_BYTES_OTHER },
  { "GETS / H", 8, HUB_FIRST_BYTES_OTHER },
  { "get / HT", 8, HUB_FIRST_BYTES_OTHER },
  { "HEAD / H", 8, HUB_FIRST_BYTES_HTTP },
  { "P", 1, HUB_FIRST_BYTES_MORE },
  { "POST /sa", 8, HUB_FIRST_BYTES_HTTP },
  { "PUT / HT", 8, HUB_FIRST_BYTES_HTTP },
  { "PATCH / ", 8, HUB_FIRST_BYTES_HTTP },
  { "DELETE /", 8, HUB_FIRST_BYTES_HTTP },
  { "OPTIONS", 7, HUB_FIRST_BYTES_MORE },
  { "OPTIONS ", 8, HUB_FIRST_BYTES_HTTP },
  { "PRI * HT", 8, HUB_FIRST_BYTES_OTHER },
  { "CONNECT ", 8, HUB_FIRST_BYTES_OTHER },
  { "SSH-2.0-", 8, HUB_FIRST_BYTES_OTHER },
  { "\r\nGET / ", 8, HUB_FIRST_BYTES_OTHER },
  { " GET / H", 8, HUB_FIRST_BYTES_OTHER },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (cases[i].length, <=, HUB_FIRST_BYTES_LENGTH);
      g_assert_cmpint (hub_first_bytes_judge (cases[i].bytes, cases[i].length), ==, cases[i].is);
    }
}

/* So that nobody who says nothing understandable is waited for. */
static void
test_always_told (void)
{
  guint8 bytes[HUB_FIRST_BYTES_LENGTH];

  for (guint first = 0; first <= G_MAXUINT8; first++)
    {
      memset (bytes, (int) first, sizeof bytes);
      g_assert_cmpint (hub_first_bytes_judge (bytes, sizeof bytes), !=, HUB_FIRST_BYTES_MORE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/first-bytes/cases", test_cases);
  g_test_add_func ("/first-bytes/always-told", test_always_told);
  return g_test_run ();
}
