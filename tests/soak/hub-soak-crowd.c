/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A crowd that talks, comes, goes, loses its connections and falls asleep, until standard input
 * says what next; soak.py tells it. Every guest checks what he is sent. Commands, one a line:
 *
 *   cycle N   N times somebody leaves and joins; answered by `cycled`
 *   rest      everybody comes back and has all he said accepted; answered by `rested`
 *   until ID  everybody has had every message up to this one; answered by `settled`
 *   leave     everybody says bye, and the program ends
 */

#include "support/hub-crowd.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS 20
#define FIGURES_US (1000 * 1000)
#define LATE_US (500 * 1000)

typedef enum
{
  DOING_NOTHING,
  DOING_LOST,
  DOING_LEFT,
  DOING_ASLEEP,
} Doing;

typedef struct
{
  Doing doing;
  gint64 until; /* monotonic us */
  guint n_said;
} Part;

typedef struct
{
  /* Options */
  int port;
  int n_guests;
  int first;
  int n_authors;
  double says;   /* a second, all together */
  double churns; /* a second, all together */
  int seed;
  gboolean is_returning;

  HubCrowd *crowd;
  GRand *random;
  Part *parts;
  gint64 next_say;
  gint64 next_churn;
  gint64 next_figures;
  guint talker;
  GString *commands;

  guint n_joined;
  guint n_left;
  guint n_lost;
  guint n_slept;
} Soak;

static void
print_figures (Soak *self, const char *type)
{
  guint n_in = 0;

  for (guint i = 0; i < (guint) self->n_guests; i++)
    n_in += hub_crowd_is_in (self->crowd, i) ? 1 : 0;
  printf ("{\"type\":\"%s\",\"in\":%u,\"said\":%" G_GUINT64_FORMAT
          ",\"delivered\":%" G_GUINT64_FORMAT ",\"newest\":%" G_GUINT64_FORMAT
          ",\"joined\":%u,\"left\":%u,\"lost\":%u,\"slept\":%u,\"returned\":%u,\"numbers\":[",
          type, n_in, hub_crowd_get_n_said (self->crowd), hub_crowd_get_n_delivered (self->crowd),
          hub_crowd_get_newest (self->crowd), self->n_joined, self->n_left, self->n_lost,
          self->n_slept, hub_crowd_get_n_returned (self->crowd));
  for (guint i = 0; i < (guint) self->n_guests; i++)
    printf ("%s%u", i > 0 ? "," : "", self->parts[i].n_said);
  printf ("]}\n");
  fflush (stdout);
}

static void
talk (Soak *self, gint64 now)
{
  while (self->says > 0 && now >= self->next_say)
    {
      guint i = self->talker++ % (guint) self->n_guests;

      /* What one who left has to say would wait for as long as the room is locked. */
      if (self->parts[i].doing != DOING_LEFT && hub_crowd_is_in (self->crowd, i))
        {
          hub_crowd_say (self->crowd, i);
          self->parts[i].n_said++;
        }
      self->next_say += (gint64) (G_USEC_PER_SEC / self->says);
    }
}

static void
churn (Soak *self, gint64 now)
{
  guint i = (guint) g_rand_int_range (self->random, 0, self->n_guests);
  Part *part = &self->parts[i];
  int what = g_rand_int_range (self->random, 0, 8);

  if (part->doing != DOING_NOTHING || !hub_crowd_is_in (self->crowd, i))
    return;

  if (what < 4)
    {
      hub_crowd_lose (self->crowd, i, (HubLoss) g_rand_int_range (self->random, 0, 3));
      part->doing = DOING_LOST;
      self->n_lost++;
    }
  else if (what < 6)
    {
      hub_crowd_set_asleep (self->crowd, i, TRUE);
      part->doing = DOING_ASLEEP;
      self->n_slept++;
    }
  else if (hub_crowd_is_quiet (self->crowd, i))
    {
      hub_crowd_leave (self->crowd, i);
      part->doing = DOING_LEFT;
      self->n_left++;
    }
  part->until = now + g_rand_int_range (self->random, 0, 8 * G_USEC_PER_SEC);
}

/* Ends what guest @index does. Returns: FALSE where that has to wait */
static gboolean
come_back (Soak *self, guint index)
{
  Part *part = &self->parts[index];

  if (part->doing == DOING_LEFT && !hub_crowd_is_offline (self->crowd, index))
    return FALSE;
  if (part->doing == DOING_ASLEEP)
    hub_crowd_set_asleep (self->crowd, index, FALSE);
  else if (part->doing != DOING_NOTHING)
    hub_crowd_resume (self->crowd, index, TRUE);
  if (part->doing == DOING_LEFT)
    self->n_joined++;
  part->doing = DOING_NOTHING;

  return TRUE;
}

static void
tick (Soak *self)
{
  gint64 now = g_get_monotonic_time ();

  /* Whoever stood still does not make up for it: more at once than the room lets one say. */
  if (now - self->next_say > LATE_US)
    self->next_say = now;
  if (now - self->next_churn > LATE_US)
    self->next_churn = now;
  talk (self, now);
  while (self->churns > 0 && now >= self->next_churn)
    {
      churn (self, now);
      self->next_churn += (gint64) (G_USEC_PER_SEC / self->churns);
    }
  for (guint i = 0; i < (guint) self->n_guests; i++)
    if (now >= self->parts[i].until)
      come_back (self, i);
  if (now >= self->next_figures)
    {
      print_figures (self, "figures");
      self->next_figures = now + FIGURES_US;
    }
  hub_crowd_run (self->crowd, TICK_MS);
}

/* Everybody at once, as often as it takes until @n have left and joined. */
static void
cycle (Soak *self, guint n)
{
  for (guint done = 0; done < n; done += (guint) self->n_guests)
    {
      for (guint i = 0; i < (guint) self->n_guests; i++)
        {
          hub_crowd_leave (self->crowd, i);
          self->parts[i].doing = DOING_LEFT;
        }
      for (guint i = 0; i < (guint) self->n_guests; i++)
        while (!come_back (self, i))
          hub_crowd_run (self->crowd, 1);
      hub_crowd_settle (self->crowd);
      self->n_left += (guint) self->n_guests;
    }
  print_figures (self, "cycled");
}

static void
rest (Soak *self)
{
  self->says = 0;
  self->churns = 0;
  for (guint i = 0; i < (guint) self->n_guests; i++)
    while (!come_back (self, i))
      hub_crowd_run (self->crowd, TICK_MS);
  hub_crowd_settle (self->crowd);
  print_figures (self, "rested");
}

static void
leave (Soak *self)
{
  for (guint i = 0; i < (guint) self->n_guests; i++)
    hub_crowd_leave (self->crowd, i);
  for (guint i = 0; i < (guint) self->n_guests; i++)
    while (!hub_crowd_is_offline (self->crowd, i))
      hub_crowd_run (self->crowd, TICK_MS);
}

/* Returns: FALSE at the end */
static gboolean
obey (Soak *self, const char *command)
{
  if (g_str_has_prefix (command, "cycle "))
    cycle (self, (guint) atoi (command + strlen ("cycle ")));
  else if (g_str_equal (command, "rest"))
    rest (self);
  else if (g_str_has_prefix (command, "until "))
    {
      hub_crowd_settle_at (self->crowd, g_ascii_strtoull (command + strlen ("until "), NULL, 10));
      print_figures (self, "settled");
    }
  else if (g_str_equal (command, "leave"))
    {
      leave (self);
      return FALSE;
    }
  else
    g_error ("there is no command \"%s\"", command);

  return TRUE;
}

/* Returns: FALSE at the end */
static gboolean
read_commands (Soak *self)
{
  char buffer[256];
  ssize_t n = read (STDIN_FILENO, buffer, sizeof buffer);
  char *end = NULL;

  if (n == 0)
    g_error ("whoever told this crowd what to do is gone");
  if (n > 0)
    g_string_append_len (self->commands, buffer, n);
  while ((end = strchr (self->commands->str, '\n')) != NULL)
    {
      g_autofree char *command
          = g_strndup (self->commands->str, (gsize) (end - self->commands->str));

      g_string_erase (self->commands, 0, end + 1 - self->commands->str);
      if (!obey (self, command))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_options (Soak *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Of the host on 127.0.0.1", "PORT" },
    { "guests", 0, 0, G_OPTION_ARG_INT, &self->n_guests, "In this crowd", "N" },
    { "first", 0, 0, G_OPTION_ARG_INT, &self->first, "Number of its first guest", "N" },
    { "authors", 0, 0, G_OPTION_ARG_INT, &self->n_authors, "In all crowds", "N" },
    { "says", 0, 0, G_OPTION_ARG_DOUBLE, &self->says, "Messages a second", "N" },
    { "churns", 0, 0, G_OPTION_ARG_DOUBLE, &self->churns, "Losses, leaves, sleeps a second", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &self->seed, "Of what happens by chance", "N" },
    { "returning", 0, 0, G_OPTION_ARG_NONE, &self->is_returning,
      "Come back where the host closes a connection", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a crowd for a soak test");

  g_option_context_add_main_entries (context, entries, NULL);

  return g_option_context_parse (context, argc, argv, error);
}

int
main (int argc, char *argv[])
{
  Soak self = { .n_guests = 1 };
  g_autoptr (GError) error = NULL;

  if (!parse_options (&self, &argc, &argv, &error))
    g_error ("%s", error->message);

  fcntl (STDIN_FILENO, F_SETFL, O_NONBLOCK);
  self.crowd = hub_crowd_new_part ((guint16) self.port, (guint) self.n_guests, (guint) self.first,
                                   (guint) MAX (self.n_authors, self.first + self.n_guests));
  self.random = g_rand_new_with_seed ((guint32) self.seed);
  self.parts = g_new0 (Part, (gsize) self.n_guests);
  self.commands = g_string_new (NULL);
  hub_crowd_set_returning (self.crowd, self.is_returning);
  hub_crowd_join (self.crowd);
  self.n_joined = (guint) self.n_guests;
  self.next_say = self.next_churn = g_get_monotonic_time ();
  print_figures (&self, "joined");

  while (read_commands (&self))
    tick (&self);

  hub_crowd_free (self.crowd);
  g_rand_free (self.random);
  g_free (self.parts);
  g_string_free (self.commands, TRUE);

  return EXIT_SUCCESS;
}
