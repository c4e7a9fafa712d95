/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-frame-reader.h"

#include <string.h>

#define MAX_MESSAGE 70000

#define TEXT 0x81
#define TEXT_BEGIN 0x01
#define BINARY 0x82
#define BINARY_BEGIN 0x02
#define MORE 0x00
#define MORE_END 0x80
#define CLOSE 0x88
#define PING 0x89
#define PONG 0x8a

static void
append_frame (GByteArray *bytes, guint8 first, const void *payload, gsize length)
{
  static const guint8 mask[4] = { 0x12, 0x34, 0x56, 0x78 };
  guint8 header[14] = { first, 0x80 };
  guint n = 2;
  guint at;

  if (length > G_MAXUINT16)
    {
      header[1] |= 127;
      for (guint i = 0; i < 8; i++)
        header[n++] = (guint8) ((guint64) length >> (56 - 8 * i));
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
  memcpy (header + n, mask, sizeof mask);
  g_byte_array_append (bytes, header, n + sizeof mask);
  at = bytes->len;
  if (length > 0)
    g_byte_array_append (bytes, payload, (guint) length);
  for (gsize i = 0; i < length; i++)
    bytes->data[at + i] ^= mask[i % sizeof mask];
}

/* What came out: "T:hello|P:|C1000", with a long payload as its length. */
static char *
read_all (const guint8 *bytes, gsize length, gsize step, guint *frames)
{
  g_autoptr (GString) said = g_string_new (NULL);
  HubFrameReader reader;
  HubFrameKind kind = HUB_FRAME_MORE;

  hub_frame_reader_init (&reader, MAX_MESSAGE);
  for (gsize at = 0; at < length && kind != HUB_FRAME_BROKEN; at += step)
    {
      /* A copy of its own, so that reading behind it is found. */
      gsize left = MIN (step, length - at);
      g_autofree guint8 *part = g_memdup2 (bytes + at, left);
      const guint8 *data = part;

      do
        {
          static const char letters[] = { 0, 'T', 'B', 'P', 'O', 'C', 'X' };
          g_autoptr (GBytes) payload = NULL;
          gsize size = 0;

          kind = hub_frame_reader_read (&reader, &data, &left, &payload);
          if (kind == HUB_FRAME_MORE)
            break;

          g_string_append_printf (said, "%s%c", said->len > 0 ? "|" : "", letters[kind]);
          if (kind == HUB_FRAME_CLOSE || kind == HUB_FRAME_BROKEN)
            g_string_append_printf (said, "%u", reader.code);
          g_assert_true ((payload == NULL) == (kind == HUB_FRAME_BROKEN));
          if (payload != NULL)
            {
              const char *text = g_bytes_get_data (payload, &size);

              g_assert_cmpint (text[size], ==, '\0');
              if (size > 16)
                g_string_append_printf (said, ":%" G_GSIZE_FORMAT, size);
              else if (kind != HUB_FRAME_CLOSE)
                g_string_append_printf (said, ":%s", text);
            }
        }
      while (kind != HUB_FRAME_BROKEN);
    }
  *frames = reader.frames;
  hub_frame_reader_clear (&reader);

  return g_string_free (g_steal_pointer (&said), FALSE);
}

typedef struct
{
  guint8 first;
  const char *payload; /* NULL: as many 'x' as length says */
  gsize length;
} Frame;

typedef struct
{
  const char *name;
  Frame frames[6];
  guint n_frames;
  const char *said;
} Case;

#define S(text) text, sizeof text - 1
#define X(length) NULL, length

static const Case cases[] = {
  { "empty", { { TEXT, S ("") } }, 1, "T:" },
  { "text", { { TEXT, S ("hello") }, { BINARY, S ("\xff") } }, 2, "T:hello|B:\xff" },
  { "nul", { { TEXT, S ("a\0\xc3\xa4") } }, 1, "T:a" },
  { "lengths",
    { { TEXT, X (125) }, { TEXT, X (126) }, { TEXT, X (65535) }, { TEXT, X (65536) } },
    4,
    "T:125|T:126|T:65535|T:65536" },
  { "most", { { TEXT, X (MAX_MESSAGE) } }, 1, "T:70000" },
  { "fragments",
    { { TEXT_BEGIN, S ("he") }, { MORE, S ("ll") }, { MORE_END, S ("o") } },
    3,
    "T:hello" },
  { "cut-character", { { TEXT_BEGIN, S ("\xc3") }, { MORE_END, S ("\xa4") } }, 2, "T:\xc3\xa4" },
  { "control-between",
    { { TEXT_BEGIN, S ("he") }, { PING, S ("hi") }, { PONG, S ("") }, { MORE_END, S ("llo") } },
    4,
    "P:hi|O:|T:hello" },
  { "binary-fragments",
    { { BINARY_BEGIN, S ("\xff") }, { MORE_END, S ("a") } },
    2,
    "B:\xff"
    "a" },
  { "ping-125", { { PING, X (125) } }, 1, "P:125" },
  { "close", { { CLOSE, S ("\x03\xe8") } }, 1, "C1000" },
  { "close-empty", { { CLOSE, S ("") } }, 1, "C1000" },
  { "close-reason", { { CLOSE, S ("\x0f\xa0why") } }, 1, "C4000" },
  { "close-short", { { CLOSE, S ("\x03") } }, 1, "C1002" },
  { "close-reserved", { { CLOSE, S ("\x03\xed") } }, 1, "C1002" },
  { "close-code", { { CLOSE, S ("\x13\x88") } }, 1, "C1002" },
  { "close-bad-reason", { { CLOSE, S ("\x03\xe8\xff") } }, 1, "C1007" },
  { "bad-utf8", { { TEXT, S ("a\xc3(") }, { TEXT, S ("b") } }, 2, "X1007" },
  { "surrogate", { { TEXT, S ("\xed\xa0\x80") } }, 1, "X1007" },
  { "half-character", { { TEXT, S ("\xc3") } }, 1, "X1007" },
  { "too-big", { { TEXT, S ("a") }, { TEXT, X (MAX_MESSAGE + 1) } }, 2, "T:a|X1009" },
  { "too-many-fragments", { { TEXT_BEGIN, X (MAX_MESSAGE) }, { MORE, X (1) } }, 2, "X1009" },
  { "no-beginning", { { MORE_END, S ("a") } }, 1, "X1002" },
  { "two-beginnings", { { TEXT_BEGIN, S ("a") }, { TEXT, S ("a") } }, 2, "X1002" },
  { "long-control", { { PING, X (126) } }, 1, "X1002" },
  { "fragmented-control", { { 0x09, S ("") } }, 1, "X1002" },
  { "reserved-bit", { { TEXT | 0x40, S ("a") } }, 1, "X1002" },
  { "reserved-data", { { 0x83, S ("a") } }, 1, "X1002" },
  { "reserved-control", { { 0x8b, S ("") } }, 1, "X1002" },
};

static void
test_case (gconstpointer user_data)
{
  const Case *c = user_data;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *filler = g_strnfill (MAX_MESSAGE + 1, 'x');

  for (guint i = 0; i < c->n_frames; i++)
    append_frame (bytes, c->frames[i].first,
                  c->frames[i].payload != NULL ? c->frames[i].payload : filler,
                  c->frames[i].length);

  for (gsize step = 1; step <= 4 * bytes->len; step = step * 7 + 1)
    {
      guint frames;
      g_autofree char *said = read_all (bytes->data, bytes->len, step, &frames);

      g_assert_cmpstr (said, ==, c->said);
      g_assert_cmpuint (frames, <=, c->n_frames);
      if (strchr (c->said, 'X') == NULL)
        g_assert_cmpuint (frames, ==, c->n_frames);
    }
}

/* What is wrong with a header is found before the rest of it comes. */
static void
test_headers (void)
{
  static const struct
  {
    guint8 bytes[10];
    gsize length;
    const char *said;
  } headers[] = {
    { { TEXT, 0x05 }, 2, "X1002" },                                /* not masked */
    { { TEXT, 0xfe, 0, 125 }, 4, "X1002" },                        /* 2 bytes where none would do */
    { { TEXT, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 10, "X1002" }, /* 8 where 2 would do */
    { { TEXT, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0 }, 10, "X1002" },
    { { TEXT, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, 10, "X1009" },
    { { TEXT, 0xff, 0, 0, 0, 0, 0, 1, 0x11, 0x71 }, 10, "X1009" },
    { { TEXT, 0xff, 0, 0, 0, 0, 0, 1, 0x11, 0x70 }, 10, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    for (gsize step = 1; step <= 10; step++)
      {
        guint frames;
        g_autofree char *said = read_all (headers[i].bytes, headers[i].length, step, &frames);

        g_assert_cmpstr (said, ==, headers[i].said);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/frame-reader/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/frame-reader/headers", test_headers);
  return g_test_run ();
}
