/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-frame-meter.h"

#define TEXT 0x81
#define TEXT_BEGIN 0x01
#define MORE 0x00
#define MORE_END 0x80
#define PING 0x89

static void
append_frame (GByteArray *bytes, guint8 first, gboolean is_masked, guint64 length)
{
  guint8 header[14] = { first, is_masked ? 0x80 : 0 };
  guint n = 2;

  if (length > G_MAXUINT16)
    {
      header[1] |= 127;
      for (guint i = 0; i < 8; i++)
        header[n++] = (guint8) (length >> (56 - 8 * i));
    }
  else if (length > 125)
    {
      header[1] |= 126;
      header[n++] = (guint8) (length >> 8);
      header[n++] = (guint8) length;
    }
  else
    {
      header[1] |= (guint8) length;
    }
  n += is_masked ? 4 : 0;
  g_byte_array_append (bytes, header, n);

  /* Payload that looks like frames, for who would lose his place. */
  for (guint64 i = 0; i < MIN (length, 200000); i++)
    g_byte_array_append (bytes, &first, 1);
}

typedef struct
{
  const char *name;
  struct
  {
    guint8 first;
    guint64 length;
  } frames[6];
  guint n_frames;
  guint64 largest;
} Case;

static const Case cases[] = {
  { "nothing", { { 0 } }, 0, 0 },
  { "empty", { { TEXT, 0 } }, 1, 0 },
  { "one", { { TEXT, 5 } }, 1, 5 },
  { "lengths", { { TEXT, 125 }, { TEXT, 126 }, { TEXT, 65535 }, { TEXT, 65536 } }, 4, 65536 },
  { "fragments", { { TEXT_BEGIN, 10 }, { MORE, 20 }, { MORE_END, 30 } }, 3, 60 },
  { "pings-between",
    { { TEXT_BEGIN, 10 }, { PING, 125 }, { MORE_END, 200 }, { PING, 0 } },
    4,
    210 },
  { "two-messages", { { TEXT_BEGIN, 10 }, { MORE_END, 10 }, { TEXT, 15 } }, 3, 20 },
  { "large-control", { { PING, 70000 }, { TEXT, 1 } }, 2, 70000 },
};

static void
test_case (gconstpointer user_data)
{
  const Case *c = user_data;

  for (guint masked = 0; masked < 2; masked++)
    for (gsize step = 1; step <= 70000; step = step * 7 + 1)
      {
        g_autoptr (GByteArray) bytes = g_byte_array_new ();
        HubFrameMeter meter = { 0 };
        guint frames = 0;
        guint64 largest = 0;

        for (guint i = 0; i < c->n_frames; i++)
          append_frame (bytes, c->frames[i].first, masked, c->frames[i].length);
        for (gsize at = 0; at < bytes->len; at += step)
          {
            HubFrameTally tally
                = hub_frame_meter_feed (&meter, bytes->data + at, MIN (step, bytes->len - at));

            frames += tally.frames;
            largest = MAX (largest, tally.largest);
          }
        g_assert_cmpuint (frames, ==, c->n_frames);
        g_assert_cmpuint (largest, ==, c->largest);
        g_assert_cmpuint (meter.left, ==, 0);
        g_assert_cmpuint (meter.n_header, ==, 0);
        g_assert_cmpuint (meter.message, ==, 0);
      }
}

/* A message is told of while it has no end, and before its payload came. */
static void
test_endless (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  HubFrameMeter meter = { 0 };

  append_frame (bytes, TEXT_BEGIN, TRUE, 100);
  for (guint i = 1; i <= 5; i++)
    {
      HubFrameTally tally = hub_frame_meter_feed (&meter, bytes->data, bytes->len);

      g_assert_cmpuint (tally.frames, ==, 1);
      g_assert_cmpuint (tally.largest, ==, 100 * i);
      g_byte_array_set_size (bytes, 0);
      append_frame (bytes, MORE, TRUE, 100);
    }
}

/* Lengths that only a sum of 64 bits could hold. */
static void
test_huge (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  HubFrameMeter meter = { .message = G_MAXUINT64 - 5 };
  HubFrameTally tally;

  append_frame (bytes, MORE, TRUE, G_MAXUINT64);
  tally = hub_frame_meter_feed (&meter, bytes->data, bytes->len);
  g_assert_cmpuint (tally.frames, ==, 1);
  g_assert_cmpuint (tally.largest, ==, G_MAXUINT64);
  tally = hub_frame_meter_feed (&meter, bytes->data, bytes->len);
  g_assert_cmpuint (tally.frames, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/frame-meter/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/frame-meter/endless", test_endless);
  g_test_add_func ("/frame-meter/huge", test_huge);
  return g_test_run ();
}
