/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-outbox.h"

#include <string.h>

/* @length bytes that differ from those of any other @seed. */
static GBytes *
make_bytes (guint seed, gsize length)
{
  guint8 *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (seed * 31 + i * 7 + i / 251);

  return g_bytes_new_take (data, length);
}

/* Takes everything out in steps of at most @step bytes, as a socket would. */
static GByteArray *
drain (HubOutbox *outbox, gsize step)
{
  GByteArray *out = g_byte_array_new ();
  guint8 scratch[HUB_RECORD_BYTES];
  const guint8 *data = NULL;
  gsize n;

  while ((n = hub_outbox_peek (outbox, scratch, &data)) > 0)
    {
      g_assert_cmpuint (n, <=, HUB_RECORD_BYTES);
      n = MIN (n, step);
      g_byte_array_append (out, data, n);
      hub_outbox_take (outbox, n);
    }

  return out;
}

static void
test_empty (void)
{
  HubOutbox outbox = { 0 };
  guint8 scratch[HUB_RECORD_BYTES];
  const guint8 *data;

  g_assert_cmpuint (hub_outbox_get_queued (&outbox), ==, 0);
  g_assert_cmpuint (hub_outbox_peek (&outbox, scratch, &data), ==, 0);
  hub_outbox_append (&outbox, "", 0);
  g_assert_cmpuint (hub_outbox_get_queued (&outbox), ==, 0);
  hub_outbox_clear (&outbox);
  hub_outbox_clear (&outbox);
}

/* Any mixture of kinds and lengths comes out whole and in order, in whatever steps. */
static void
test_order (void)
{
  static const gsize steps[] = { 1, 3, 100, 5000, HUB_RECORD_BYTES };

  for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (7);
      g_autoptr (GByteArray) expected = g_byte_array_new ();
      g_autoptr (GByteArray) got = NULL;
      HubOutbox outbox = { 0 };

      for (guint i = 0; i < 200; i++)
        {
          gsize length = (gsize) 1 << g_rand_int_range (rand, 0, i % 20 == 0 ? 16 : 11);
          g_autoptr (GBytes) bytes = make_bytes (i, length);
          const guint8 *data = g_bytes_get_data (bytes, NULL);
          gsize offset = length / 3;

          if (g_rand_boolean (rand))
            hub_outbox_append (&outbox, data + offset, length - offset);
          else
            hub_outbox_push (&outbox, bytes, offset, length - offset);
          g_byte_array_append (expected, data + offset, length - offset);

          /* Now and then something leaves. */
          if (i % 7 == 0)
            {
              guint8 scratch[HUB_RECORD_BYTES];
              const guint8 *head;
              gsize n = hub_outbox_peek (&outbox, scratch, &head);

              g_assert_cmpmem (head, n, expected->data, n);
              hub_outbox_take (&outbox, n);
              g_byte_array_remove_range (expected, 0, n);
            }
          g_assert_cmpuint (hub_outbox_get_queued (&outbox), ==, expected->len);
        }

      got = drain (&outbox, steps[s]);
      g_assert_cmpmem (got->data, got->len, expected->data, expected->len);
      hub_outbox_clear (&outbox);
    }
}

/* A long range is sent from where it lies; neighbours share a record. */
static void
test_copies (void)
{
  g_autoptr (GBytes) bytes = make_bytes (1, 3 * HUB_RECORD_BYTES);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  HubOutbox outbox = { 0 };
  guint8 scratch[HUB_RECORD_BYTES];
  const guint8 *head;

  hub_outbox_push (&outbox, bytes, 10, 2 * HUB_RECORD_BYTES);
  g_assert_cmpuint (hub_outbox_peek (&outbox, scratch, &head), ==, HUB_RECORD_BYTES);
  g_assert_true (head == data + 10);
  hub_outbox_take (&outbox, HUB_RECORD_BYTES);
  hub_outbox_take (&outbox, 1000);

  /* Alone: no copy, though it does not fill a record. */
  g_assert_cmpuint (hub_outbox_peek (&outbox, scratch, &head), ==, HUB_RECORD_BYTES - 1000);
  g_assert_true (head == data + 10 + HUB_RECORD_BYTES + 1000);

  hub_outbox_append (&outbox, "pong", 4);
  g_assert_cmpuint (hub_outbox_peek (&outbox, scratch, &head), ==, HUB_RECORD_BYTES - 1000 + 4);
  g_assert_true (head == scratch);
  g_assert_cmpmem (scratch + HUB_RECORD_BYTES - 1000, 4, "pong", 4);

  hub_outbox_clear (&outbox);
}

/* Adjacent ranges of the same bytes are one segment: a batch that grows costs no list. */
static void
test_merge (void)
{
  g_autoptr (GBytes) bytes = make_bytes (1, 8192);
  HubOutbox outbox = { 0 };

  for (guint i = 0; i < 8; i++)
    hub_outbox_push (&outbox, bytes, i * 1024, 1024);
  g_assert_cmpuint (outbox.end - outbox.first, ==, 1);
  hub_outbox_clear (&outbox);
}

/* Thousands of tiny pieces, as a peer's pings make libsoup answer, cost about their bytes. */
static void
test_tiny (void)
{
  HubOutbox outbox = { 0 };
  g_autoptr (GByteArray) got = NULL;

  for (guint i = 0; i < 10000; i++)
    hub_outbox_append (&outbox, "abcdef", 6);
  g_assert_cmpuint (outbox.end - outbox.first, <=, 60000 / 4096 + 1);
  got = drain (&outbox, 100);
  g_assert_cmpuint (got->len, ==, 60000);
  for (guint i = 0; i < got->len; i++)
    g_assert_cmpint (got->data[i], ==, (guint8) "abcdef"[i % 6]);
}

static void
on_bytes_freed (gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* An empty outbox holds nothing: neither list, nor chunk, nor anybody's bytes. */
static void
test_memory (void)
{
  static const char data[1000] = "";
  guint freed = 0;
  HubOutbox outbox = { 0 };

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GBytes) bytes
          = g_bytes_new_with_free_func (data, sizeof data, on_bytes_freed, &freed);

      hub_outbox_push (&outbox, bytes, 0, 1000);
      hub_outbox_append (&outbox, "x", 1);
      g_clear_pointer (&bytes, g_bytes_unref);
      g_assert_cmpuint (freed, ==, round);
      if (round == 0)
        hub_outbox_take (&outbox, 1001);
      else
        hub_outbox_clear (&outbox);
      g_assert_cmpuint (freed, ==, round + 1);
      g_assert_null (outbox.segments);
      g_assert_null (outbox.chunk);
      g_assert_cmpuint (hub_outbox_get_queued (&outbox), ==, 0);
    }
}

static void
test_segments_peek (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abcdefghij", 10);
  const HubSegment segments[]
      = { { bytes, 0, 3 }, { bytes, 5, 0 }, { bytes, 3, 4 }, { bytes, 9, 1 } };
  guint8 scratch[HUB_RECORD_BYTES];
  const guint8 *data;
  gsize n;

  n = hub_segments_peek (segments, 4, 0, scratch, &data);
  g_assert_cmpmem (data, n, "abcdefgj", 8);
  n = hub_segments_peek (segments, 4, 2, scratch, &data);
  g_assert_cmpmem (data, n, "cdefgj", 6);
  n = hub_segments_peek (segments, 4, 3, scratch, &data);
  g_assert_cmpmem (data, n, "defgj", 5);
  n = hub_segments_peek (segments + 3, 1, 0, scratch, &data);
  g_assert_true (data == (const guint8 *) g_bytes_get_data (bytes, NULL) + 9);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (hub_segments_peek (segments + 1, 1, 0, scratch, &data), ==, 0);
  g_assert_cmpuint (hub_segments_peek (NULL, 0, 0, scratch, &data), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/outbox/empty", test_empty);
  g_test_add_func ("/outbox/order", test_order);
  g_test_add_func ("/outbox/copies", test_copies);
  g_test_add_func ("/outbox/merge", test_merge);
  g_test_add_func ("/outbox/tiny", test_tiny);
  g_test_add_func ("/outbox/memory", test_memory);
  g_test_add_func ("/outbox/segments-peek", test_segments_peek);

  return g_test_run ();
}
