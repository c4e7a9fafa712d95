/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-console.h"

#include "base/hub-text.h"
#include "terminal/hub-invitation.h"
#include "terminal/hub-people.h"
#include "terminal/hub-prose.h"
#include "terminal/hub-quote.h"
#include "terminal/hub-tally.h"
#include "terminal/hub-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* As wide as the time in front of an event's line: the further lines of a text. */
#define INDENT "          "

/* Columns of a terminal that tells none. */
#define USUAL_COLUMNS 80

/* A hint that helps once is not repeated sooner, in milliseconds. */
#define STUCK_INTERVAL_MS (5 * 60 * 1000)

struct _HubConsole
{
  GObject parent_instance;

  /* Owned */
  HubOutput *output;
  HubTally said;
  char *invitation; /* the one in the QR code drawn last */

  /* State */
  gboolean is_terminal;
  gboolean shows_names;
  gboolean has_commands;
  gint64 stuck_told_at; /* ms since the epoch */
};

static void hub_console_reporter_init (HubReporterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubConsole,
                               hub_console,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HUB_TYPE_REPORTER, hub_console_reporter_init))

/* As wide as INDENT. @at: milliseconds since the epoch. */
static char *
dup_clock (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

  return time != NULL ? g_date_time_format (time, "%H:%M:%S  ") : g_strdup ("--:--:--  ");
}

/* @text is safe to print. */
static void
print_line (HubConsole *self, gint64 at, const char *text)
{
  g_autofree char *clock = dup_clock (at);

  hub_prose_print (self->output, clock, text);
}

static void
print_said_count (guint count, gpointer user_data)
{
  HubConsole *self = HUB_CONSOLE (user_data);
  g_autofree char *text = g_strdup_printf (ngettext ("%u message", "%u messages", count), count);

  print_line (self, g_get_real_time () / 1000, text);
}

static void
print_said (HubConsole *self, const HubEvent *event)
{
  guint columns = hub_output_get_columns (self->output);
  g_autofree char *clock = dup_clock (event->at);
  g_autofree char *quote = NULL;

  columns = columns != 0 ? columns : USUAL_COLUMNS;
  columns = MAX (columns, strlen (INDENT) + HUB_QUOTE_MIN_COLUMNS) - strlen (INDENT);
  quote = hub_quote_dup (event->name, event->text, INDENT, columns);
  hub_output_printf (self->output, "%s%s", clock, quote);
}

/* @named has a place for the name, @unnamed is said where names are not. Both take how many are
 * here as their last argument. */
static void
print_presence (HubConsole *self, const HubEvent *event, const char *named, const char *unnamed)
{
  guint n = event->n_present;
  g_autofree char *here = g_strdup_printf (ngettext ("%u here", "%u here", n), n);
  g_autofree char *name = hub_text_escape_terminal (event->name, -1);
  g_autoptr (GString) line = g_string_new (self->shows_names ? named : unnamed);

  g_string_replace (line, "{here}", here, 1);
  /* The name last: it may hold braces. */
  g_string_replace (line, "{name}", name, 1);
  print_line (self, event->at, line->str);
}

static void
print_codes (HubConsole *self, HubSnapshot *snapshot)
{
  g_free (self->invitation);
  self->invitation = hub_invitation_dup_text (snapshot);
  hub_invitation_print_codes (self->output, snapshot);
}

static void
print_fingerprint (HubConsole *self, HubSnapshot *snapshot)
{
  g_autofree char *fingerprint
      = hub_text_escape_terminal (hub_snapshot_get_fingerprint (snapshot), -1);

  hub_prose_print (self->output, "", _ ("Fingerprint of the certificate (SHA-256):"));
  /* In one piece, to be compared and copied. */
  hub_output_printf (self->output, "  %s", fingerprint);
}

static void
hub_console_ready (HubReporter *reporter, HubSnapshot *snapshot)
{
  HubConsole *self = HUB_CONSOLE (reporter);
  g_autofree char *name = hub_text_escape_terminal (hub_snapshot_get_room_name (snapshot), -1);
  g_autofree char *opened = NULL;

  if (hub_snapshot_get_busy_port (snapshot) != 0)
    {
      g_autofree char *sentence = hub_words_dup_busy_port (snapshot);

      hub_prose_print (self->output, "", sentence);
    }

  /* Translators: %s is the room's name, "Chat on Attic". */
  opened = g_strdup_printf (_ ("%s is open. Others on this network join at:"), name);
  hub_prose_print (self->output, "", opened);
  hub_invitation_print_places (self->output, snapshot);
  hub_invitation_print_local (self->output, snapshot);
  print_codes (self, snapshot);
  hub_prose_print (
      self->output, "",
      _ ("Their browser warns once that it does not know this computer: that is expected.\n"
         "To be sure it is this one, compare the fingerprint that the browser can show."));
  print_fingerprint (self, snapshot);
  if (self->has_commands)
    hub_prose_print (self->output, "", _ ("Type help for what the host can do here."));
  if (self->is_terminal)
    {
      hub_prose_print (self->output, "", _ ("Ctrl+C ends the chat for everybody."));
      hub_output_print (self->output, "");
    }
}

static void
print_new_places (HubConsole *self, const HubEvent *event, HubSnapshot *snapshot)
{
  g_autofree char *invitation = hub_invitation_dup_text (snapshot);

  print_line (self, event->at, _ ("The addresses changed. Others now join at:"));
  hub_invitation_print_places (self->output, snapshot);
  /* The best address is mostly still the same. */
  if (g_strcmp0 (invitation, self->invitation) != 0)
    print_codes (self, snapshot);
}

static void
print_new_certificate (HubConsole *self, const HubEvent *event, HubSnapshot *snapshot)
{
  print_line (self, event->at, _ ("A new certificate is in use. Browsers will warn once more."));
  print_fingerprint (self, snapshot);
}

static void
print_sentence (HubConsole *self, const HubEvent *event)
{
  g_autofree char *text = hub_text_escape_terminal (event->text, -1);

  print_line (self, event->at, text);
}

static void
print_warning (HubConsole *self, const HubEvent *event)
{
  g_autofree char *text = hub_text_escape_terminal (event->text, -1);
  g_autofree char *line = g_strdup_printf (_ ("Warning: %s"), text);

  print_line (self, event->at, line);
}

/* Said with the removal, as others may be kept out who did nothing. */
static void
print_removed (HubConsole *self, const HubEvent *event, HubSnapshot *snapshot)
{
  print_presence (self, event, _ ("{name} was removed ({here})"),
                  _ ("A guest was removed ({here})"));
  hub_prose_print (self->output, INDENT, _ ("Others behind the same address are kept out too."));
  hub_prose_print (self->output, INDENT,
                   hub_snapshot_get_code (snapshot) != NULL
                       ? _ ("Type code new for another code, if this one is known too widely.")
                       : _ ("Type code to ask everybody who joins for a code."));
}

static void
print_asked_code (HubConsole *self, const HubEvent *event, HubSnapshot *snapshot)
{
  if (event->text == NULL)
    {
      print_line (self, event->at, _ ("No code is asked for."));
      return;
    }

  print_line (self, event->at,
              _ ("Whoever joins is asked for a code. People who are here can stay and come back."));
  print_codes (self, snapshot);
}

static void
print_stuck (HubConsole *self, const HubEvent *event)
{
  if (self->stuck_told_at != 0 && event->at - self->stuck_told_at < STUCK_INTERVAL_MS)
    return;

  self->stuck_told_at = event->at;
  print_line (self, event->at, _ ("A device stopped at its browser’s security page."));
  hub_prose_print (self->output, INDENT, _ ("iPhone: Show Details, then visit this website."));
  hub_prose_print (self->output, INDENT, _ ("Android: Advanced, then Proceed."));
}

static void
hub_console_event (HubReporter *reporter, const HubEvent *event, HubSnapshot *snapshot)
{
  HubConsole *self = HUB_CONSOLE (reporter);

  if (event->type == HUB_EVENT_SAID && !self->is_terminal)
    {
      hub_tally_add (&self->said);
      return;
    }

  hub_tally_flush (&self->said);
  switch (event->type)
    {
    case HUB_EVENT_JOINED:
      /* Translators: keep {name} and {here}. {here} becomes "3 here". */
      print_presence (self, event, _ ("{name} joined ({here})"), _ ("A guest joined ({here})"));
      break;
    case HUB_EVENT_LEFT:
      print_presence (self, event, _ ("{name} left ({here})"), _ ("A guest left ({here})"));
      break;
    case HUB_EVENT_REMOVED:
      print_removed (self, event, snapshot);
      break;
    case HUB_EVENT_AWAY:
      print_presence (self, event, _ ("{name} lost the connection"),
                      _ ("A guest lost the connection"));
      break;
    case HUB_EVENT_BACK:
      print_presence (self, event, _ ("{name} is back"), _ ("A guest is back"));
      break;
    case HUB_EVENT_SAID:
      print_said (self, event);
      break;
    case HUB_EVENT_PLACES:
      print_new_places (self, event, snapshot);
      break;
    case HUB_EVENT_CERTIFICATE:
      print_new_certificate (self, event, snapshot);
      break;
    case HUB_EVENT_LOCKED:
      print_line (self, event->at,
                  _ ("Locked. People who are here can stay and come back; nobody new can join."));
      break;
    case HUB_EVENT_UNLOCKED:
      print_line (self, event->at, _ ("Unlocked. Everybody can join."));
      break;
    case HUB_EVENT_CODE:
      print_asked_code (self, event, snapshot);
      break;
    case HUB_EVENT_STUCK:
      print_stuck (self, event);
      break;
    case HUB_EVENT_WARNING:
      print_warning (self, event);
      break;
    case HUB_EVENT_PORT_IN_USE:
      print_sentence (self, event);
      break;
    default:
      break;
    }
}

static void
print_people (HubConsole *self, GPtrArray *people)
{
  guint n = people->len;
  guint away = hub_people_count_away (people);
  g_autofree char *here = g_strdup_printf (ngettext ("%u here", "%u here", n), n);
  g_autofree char *table = NULL;

  if (self->shows_names && n > 0)
    {
      table = hub_people_dup_table (people, g_get_real_time () / 1000,
                                    hub_output_get_columns (self->output));
      hub_output_print (self->output, table);
    }
  else if (away > 0)
    {
      /* Translators: %s is "3 here". */
      hub_output_printf (self->output, _ ("%s, %u of them away"), here, away);
    }
  else
    {
      hub_output_print (self->output, here);
    }
}

/* Each command, and beside it what it does. */
static void
print_help (HubConsole *self)
{
  g_auto (GStrv) forms = hub_command_dup_forms ();

  for (guint i = 0; forms[i] != NULL; i++)
    {
      g_autofree char *start = g_strdup_printf ("  %-15s  ", forms[i]);

      hub_prose_print (self->output, start, hub_command_describe (i));
    }
}

static void
print_invitation (HubConsole *self, HubSnapshot *snapshot)
{
  hub_invitation_print_places (self->output, snapshot);
  print_codes (self, snapshot);
  if (hub_snapshot_is_locked (snapshot))
    hub_prose_print (self->output, "",
                     _ ("The room is locked: nobody new can join. Type unlock to let people in."));
}

static void
hub_console_answer (HubReporter *reporter, HubAnswer answer, HubSnapshot *snapshot)
{
  HubConsole *self = HUB_CONSOLE (reporter);

  hub_tally_flush (&self->said);
  switch (answer)
    {
    case HUB_ANSWER_HELP:
      print_help (self);
      break;
    case HUB_ANSWER_PEOPLE:
      print_people (self, hub_snapshot_get_people (snapshot));
      break;
    case HUB_ANSWER_QR:
      print_invitation (self, snapshot);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
hub_console_refuse (HubReporter *reporter, const char *sentence)
{
  HubConsole *self = HUB_CONSOLE (reporter);

  hub_tally_flush (&self->said);
  hub_prose_print (self->output, "", sentence);
}

static void
hub_console_stopping (HubReporter *reporter)
{
  HubConsole *self = HUB_CONSOLE (reporter);

  hub_tally_flush (&self->said);
  /* The terminal shows ^C for the key. */
  if (self->is_terminal)
    hub_output_print (self->output, "");
  print_line (self, g_get_real_time () / 1000, _ ("Ending the chat…"));
}

static void
hub_console_stopped (HubReporter *reporter)
{
  HubConsole *self = HUB_CONSOLE (reporter);

  hub_tally_flush (&self->said);
  print_line (self, g_get_real_time () / 1000, _ ("The chat has ended."));
}

static void
hub_console_reporter_init (HubReporterInterface *iface)
{
  iface->ready = hub_console_ready;
  iface->event = hub_console_event;
  iface->answer = hub_console_answer;
  iface->refuse = hub_console_refuse;
  iface->stopping = hub_console_stopping;
  iface->stopped = hub_console_stopped;
}

static void
hub_console_finalize (GObject *object)
{
  HubConsole *self = HUB_CONSOLE (object);

  hub_tally_clear (&self->said);
  g_clear_object (&self->output);
  g_clear_pointer (&self->invitation, g_free);

  G_OBJECT_CLASS (hub_console_parent_class)->finalize (object);
}

static void
hub_console_class_init (HubConsoleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_console_finalize;
}

static void
hub_console_init (HubConsole *self)
{
  hub_tally_init (&self->said, print_said_count, self);
}

HubReporter *
hub_console_new (HubOutput *output, gboolean log_names, gboolean has_commands)
{
  HubConsole *self = g_object_new (HUB_TYPE_CONSOLE, NULL);

  self->output = g_object_ref (output);
  self->is_terminal = hub_output_is_terminal (output);
  self->shows_names = self->is_terminal || log_names;
  self->has_commands = has_commands;

  return HUB_REPORTER (self);
}
