/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "host/hub-news.h"
#include "support/hub-fake-clock.h"

typedef struct
{
  HubNews *news;
  GPtrArray *events; /* of the latest batch */
  gboolean is_stale;
  guint n_batches;
} Reader;

static void
on_news (GPtrArray *events, gboolean is_stale, gpointer user_data)
{
  Reader *reader = user_data;

  g_clear_pointer (&reader->events, g_ptr_array_unref);
  reader->events = events;
  reader->is_stale = is_stale;
  reader->n_batches++;
}

static void
reader_init (Reader *reader)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();

  *reader = (Reader){ 0 };
  reader->news = hub_news_new (HUB_CLOCK (clock), on_news, reader);
}

static void
reader_clear (Reader *reader)
{
  hub_news_free (reader->news);
  g_clear_pointer (&reader->events, g_ptr_array_unref);
}

static void
wait_for_batch (Reader *reader, guint number)
{
  while (reader->n_batches < number)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (reader->n_batches, ==, number);
}

static void
test_batch (void)
{
  Reader reader;
  const HubEvent *event;

  reader_init (&reader);
  hub_news_add (reader.news, HUB_EVENT_JOINED, 7, "Ana", NULL);
  hub_news_add (reader.news, HUB_EVENT_SAID, 7, "Ana", "hello");
  wait_for_batch (&reader, 1);
  g_assert_true (reader.is_stale);
  g_assert_cmpuint (reader.events->len, ==, 2);
  event = g_ptr_array_index (reader.events, 1);
  g_assert_cmpint (event->type, ==, HUB_EVENT_SAID);
  g_assert_cmpuint (event->guest_id, ==, 7);
  g_assert_cmpint (event->at, ==, G_GINT64_CONSTANT (1767225600000));
  g_assert_cmpstr (event->name, ==, "Ana");
  g_assert_cmpstr (event->text, ==, "hello");
  reader_clear (&reader);
}

/* What is said changes no snapshot; nothing comes before the last batch was taken. */
static void
test_acknowledge (void)
{
  Reader reader;

  reader_init (&reader);
  hub_news_add (reader.news, HUB_EVENT_JOINED, 1, "Ana", NULL);
  wait_for_batch (&reader, 1);
  for (guint i = 0; i < 100; i++)
    hub_news_add (reader.news, HUB_EVENT_SAID, 1, "Ana", "hello");
  g_assert_false (g_main_context_pending (NULL));

  hub_news_acknowledge (reader.news);
  wait_for_batch (&reader, 2);
  g_assert_false (reader.is_stale);
  g_assert_cmpuint (reader.events->len, ==, 100);

  hub_news_acknowledge (reader.news);
  g_assert_false (g_main_context_pending (NULL));
  reader_clear (&reader);
}

/* At most once in an interval, however much happens. */
static void
test_interval (void)
{
  Reader reader;
  gint64 start;

  reader_init (&reader);
  hub_news_set_interval (reader.news, 50);
  start = g_get_monotonic_time ();
  hub_news_add (reader.news, HUB_EVENT_SAID, 1, "Ana", "hello");
  wait_for_batch (&reader, 1);
  hub_news_acknowledge (reader.news);
  hub_news_add (reader.news, HUB_EVENT_SAID, 1, "Ana", "hello");
  wait_for_batch (&reader, 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 50 * G_TIME_SPAN_MILLISECOND);
  reader_clear (&reader);
}

/* At once, although a batch is on its way; then nothing is left to come. */
static void
test_flush (void)
{
  Reader reader;

  reader_init (&reader);
  hub_news_set_interval (reader.news, 3600 * 1000);
  hub_news_flush (reader.news);
  g_assert_cmpuint (reader.n_batches, ==, 0);

  hub_news_add (reader.news, HUB_EVENT_SAID, 1, "Ana", "first");
  wait_for_batch (&reader, 1);
  hub_news_add_presence (reader.news, HUB_EVENT_LEFT, 1, "Ana", 4);
  hub_news_flush (reader.news);
  g_assert_cmpuint (reader.n_batches, ==, 2);
  g_assert_cmpuint (reader.events->len, ==, 1);
  g_assert_cmpuint (((const HubEvent *) g_ptr_array_index (reader.events, 0))->n_present, ==, 4);
  g_assert_true (reader.is_stale);

  hub_news_acknowledge (reader.news);
  hub_news_acknowledge (reader.news);
  hub_news_flush (reader.news);
  g_assert_false (g_main_context_pending (NULL));
  g_assert_cmpuint (reader.n_batches, ==, 2);
  reader_clear (&reader);
}

/* A program that takes nothing: the oldest events go, memory does not grow. */
static void
test_bounded (void)
{
  g_autofree char *text = g_strnfill (16000, 'x');
  const HubEvent *last;
  Reader reader;

  reader_init (&reader);
  hub_news_add (reader.news, HUB_EVENT_JOINED, 1, "Ana", NULL);
  wait_for_batch (&reader, 1);
  for (guint i = 0; i < 10000; i++)
    hub_news_add (reader.news, HUB_EVENT_SAID, i, "Ana", text);
  hub_news_acknowledge (reader.news);
  wait_for_batch (&reader, 2);
  g_assert_cmpuint (reader.events->len, <=, HUB_NEWS_MAX_BYTES / 16000);
  g_assert_cmpuint (reader.events->len, >, HUB_NEWS_MAX_BYTES / 16000 - 4);
  last = g_ptr_array_index (reader.events, reader.events->len - 1);
  g_assert_cmpuint (last->guest_id, ==, 9999);
  reader_clear (&reader);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/news/batch", test_batch);
  g_test_add_func ("/host/news/acknowledge", test_acknowledge);
  g_test_add_func ("/host/news/interval", test_interval);
  g_test_add_func ("/host/news/flush", test_flush);
  g_test_add_func ("/host/news/bounded", test_bounded);

  return g_test_run ();
}
