/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-mailbox.h"

#define N_LETTERS 20000

typedef struct
{
  HubMailbox *mailbox;
  GMainLoop *loop;
  GThread *reader;
  guint next[2]; /* what each of the two threads posted last */
  guint n_destroyed;
} Desk;

typedef struct
{
  Desk *desk;
  guint sender;
  guint number;
} Letter;

static void
read_letter (gpointer data)
{
  Letter *letter = data;

  g_assert_true (g_thread_self () == letter->desk->reader);
  g_assert_cmpuint (letter->number, ==, letter->desk->next[letter->sender]++);
}

static void
destroy_letter (gpointer data)
{
  Letter *letter = data;
  Desk *desk = letter->desk;

  if (++desk->n_destroyed == 2 * N_LETTERS)
    g_main_loop_quit (desk->loop);
  g_free (letter);
}

static void
post (Desk *desk, guint sender, guint number)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->desk = desk;
  letter->sender = sender;
  letter->number = number;
  hub_mailbox_post (desk->mailbox, read_letter, letter, destroy_letter);
}

static gpointer
post_all (gpointer data)
{
  for (guint i = 0; i < N_LETTERS; i++)
    post (data, 1, i);

  return NULL;
}

/* From two threads at once: none is lost, each thread's come in order, on the reader's thread. */
static void
test_order (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (HubMailbox) mailbox = hub_mailbox_new (context, G_PRIORITY_DEFAULT);
  Desk desk = { .mailbox = mailbox, .loop = loop, .reader = g_thread_self () };
  GThread *thread = g_thread_new ("sender", post_all, &desk);

  for (guint i = 0; i < N_LETTERS; i++)
    post (&desk, 0, i);
  g_main_loop_run (loop);
  g_thread_join (thread);

  g_assert_cmpuint (desk.next[0], ==, N_LETTERS);
  g_assert_cmpuint (desk.next[1], ==, N_LETTERS);
}

static void
close_mailbox (gpointer data)
{
  hub_mailbox_close (data);
}

static void
count (gpointer data)
{
  (*(guint *) data)++;
}

/* Closed from within a letter: those behind it are not read, all are destroyed. */
static void
test_close (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (HubMailbox) mailbox = hub_mailbox_new (context, G_PRIORITY_DEFAULT);
  guint n_read = 0;
  guint n_destroyed = 0;

  hub_mailbox_post (mailbox, count, &n_read, NULL);
  hub_mailbox_post (mailbox, close_mailbox, mailbox, NULL);
  hub_mailbox_post (mailbox, count, &n_read, NULL);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_assert_cmpuint (n_read, ==, 1);

  hub_mailbox_post (mailbox, count, &n_destroyed, count);
  g_assert_false (g_main_context_pending (context));
  g_clear_pointer (&mailbox, hub_mailbox_unref);
  g_assert_cmpuint (n_destroyed, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/mailbox/order", test_order);
  g_test_add_func ("/host/mailbox/close", test_close);

  return g_test_run ();
}
