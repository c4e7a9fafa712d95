/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-frame.h"

#include <string.h>

/* Headers as RFC 6455 section 5.2 and the examples of 5.7 have them. */
static void
test_frame_text_lengths (void)
{
  static const struct
  {
    gsize payload;
    gsize header_length;
    guint8 header[HUB_FRAME_HEADER_MAX];
  } cases[] = {
    { 0, 2, { 0x81, 0 } },
    { 1, 2, { 0x81, 1 } },
    { 125, 2, { 0x81, 125 } },
    { 126, 4, { 0x81, 126, 0x00, 0x7e } },
    { 127, 4, { 0x81, 126, 0x00, 0x7f } },
    { 256, 4, { 0x81, 126, 0x01, 0x00 } },
    { 65535, 4, { 0x81, 126, 0xff, 0xff } },
    { 65536, 10, { 0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0 } },
    { 0x123456, 10, { 0x81, 127, 0, 0, 0, 0, 0, 0x12, 0x34, 0x56 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strnfill (cases[i].payload, 'x');
      g_autoptr (GBytes) payload = g_bytes_new (text, cases[i].payload);
      g_autoptr (GBytes) frame = hub_frame_text (payload);
      gsize length;
      const guint8 *data = g_bytes_get_data (frame, &length);

      g_assert_cmpuint (length, ==, cases[i].header_length + cases[i].payload);
      g_assert_cmpmem (data, cases[i].header_length, cases[i].header, cases[i].header_length);
      g_assert_cmpmem (data + cases[i].header_length, cases[i].payload, text, cases[i].payload);
    }
}

static void
test_frame_ping (void)
{
  static const guint8 expected[] = { 0x89, 0x00 };
  g_autoptr (GBytes) frame = hub_frame_ping ();

  g_assert_cmpmem (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), expected,
                   sizeof expected);
}

static void
test_frame_close (void)
{
  static const guint8 going_away[] = { 0x88, 0x02, 0x03, 0xe9 };
  static const guint8 elsewhere[] = { 0x88, 0x02, 0x0f, 0xa1 };
  g_autoptr (GBytes) of_rfc = hub_frame_close (1001);
  g_autoptr (GBytes) of_ours = hub_frame_close (4001);

  g_assert_cmpmem (g_bytes_get_data (of_rfc, NULL), g_bytes_get_size (of_rfc), going_away,
                   sizeof going_away);
  g_assert_cmpmem (g_bytes_get_data (of_ours, NULL), g_bytes_get_size (of_ours), elsewhere,
                   sizeof elsewhere);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/frame/text-lengths", test_frame_text_lengths);
  g_test_add_func ("/frame/ping", test_frame_ping);
  g_test_add_func ("/frame/close", test_frame_close);

  return g_test_run ();
}
