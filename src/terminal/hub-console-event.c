/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-console-private.h"

#include "base/hub-text.h"
#include "terminal/hub-invitation.h"
#include "terminal/hub-prose.h"
#include "terminal/hub-quote.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* As wide as the time in front of an event's line: the further lines of a text. */
#define INDENT "          "

/* Columns of a terminal that tells none. */
#define USUAL_COLUMNS 80

/* A hint that helps once is not repeated sooner, in milliseconds. */
#define STUCK_INTERVAL_MS (5 * 60 * 1000)

/* As wide as INDENT. @at: milliseconds since the epoch. */
static char *
dup_clock (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

  return time != NULL ? g_date_time_format (time, "%H:%M:%S  ") : g_strdup ("--:--:--  ");
}

void
hub_console_print_line (HubConsole *self, gint64 at, const char *text)
{
  g_autofree char *clock = dup_clock (at);

  hub_prose_print (self->output, clock, text);
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
  /* Translators: how many people are in the chat now. */
  g_autofree char *here = g_strdup_printf (ngettext ("%u here", "%u here", n), n);
  g_autofree char *name = hub_text_escape_terminal (event->name, -1);
  g_autoptr (GString) line = g_string_new (self->shows_names ? named : unnamed);

  g_string_replace (line, "{here}", here, 1);
  /* The name last: it may hold braces. */
  g_string_replace (line, "{name}", name, 1);
  hub_console_print_line (self, event->at, line->str);
}

static void
print_new_places (HubConsole *self, const HubEvent *event, HubSnapshot *snapshot)
{
  g_autofree char *invitation = hub_invitation_dup_text (snapshot);

  hub_console_print_line (self, event->at, _ ("The addresses changed. Others now join at:"));
  hub_invitation_print_places (self->output, snapshot);
  /* The best address is mostly still the same. */
  if (g_strcmp0 (invitation, self->invitation) != 0)
    hub_console_print_codes (self, snapshot);
}

static void
print_new_certificate (HubConsole *self, const HubEvent *event, HubSnapshot *snapshot)
{
  hub_console_print_line (self, event->at,
                          _ ("A new certificate is in use. Browsers will warn once more."));
  hub_console_print_fingerprint (self, snapshot);
}

static void
print_sentence (HubConsole *self, const HubEvent *event)
{
  g_autofree char *text = hub_text_escape_terminal (event->text, -1);

  hub_console_print_line (self, event->at, text);
}

static void
print_warning (HubConsole *self, const HubEvent *event)
{
  g_autofree char *text = hub_text_escape_terminal (event->text, -1);
  /* Translators: %s is a sentence. */
  g_autofree char *line = g_strdup_printf (_ ("Warning: %s"), text);

  hub_console_print_line (self, event->at, line);
}

/* Said with the removal, as others may be kept out who did nothing. */
static void
print_removed (HubConsole *self, const HubEvent *event, HubSnapshot *snapshot)
{
  /* Translators: keep {name} and {here}. {here} becomes “3 here”. */
  print_presence (self, event, _ ("{name} was removed ({here})"),
                  /* Translators: keep {here}, which becomes “3 here”. */
                  _ ("A guest was removed ({here})"));
  hub_prose_print (self->output, INDENT, _ ("Others behind the same address are kept out too."));
  hub_prose_print (self->output, INDENT,
                   hub_snapshot_get_code (snapshot) != NULL
                       /* Translators: code new is a command, which is typed as it is. */
                       ? _ ("Type code new for another code, if this one is known too widely.")
                       /* Translators: code is a command, which is typed as it is. */
                       : _ ("Type code to ask everybody who joins for a code."));
}

static void
print_asked_code (HubConsole *self, const HubEvent *event, HubSnapshot *snapshot)
{
  if (event->text == NULL)
    {
      hub_console_print_line (self, event->at, _ ("No code is asked for."));
      return;
    }

  hub_console_print_line (
      self, event->at,
      _ ("Whoever joins is asked for a code. People who are here can stay and come back."));
  hub_console_print_codes (self, snapshot);
}

static void
print_stuck (HubConsole *self, const HubEvent *event)
{
  if (self->stuck_told_at != 0 && event->at - self->stuck_told_at < STUCK_INTERVAL_MS)
    return;

  self->stuck_told_at = event->at;
  hub_console_print_line (self, event->at, _ ("A device stopped at its browser’s security page."));
  /* Translators: after the colon: the words of Safari’s warning on an iPhone, in your language. */
  hub_prose_print (self->output, INDENT, _ ("iPhone: Show Details, then visit this website."));
  /* Translators: after the colon: the words of Chrome’s warning on Android, in your language. */
  hub_prose_print (self->output, INDENT, _ ("Android: Advanced, then Proceed."));
}

void
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
      print_presence (self, event, _ ("{name} joined ({here})"),
                      /* Translators: keep {here}, which becomes “3 here”. */
                      _ ("A guest joined ({here})"));
      break;
    case HUB_EVENT_LEFT:
      /* Translators: keep {name} and {here}. {here} becomes “3 here”. */
      print_presence (self, event, _ ("{name} left ({here})"),
                      /* Translators: keep {here}, which becomes “3 here”. */
                      _ ("A guest left ({here})"));
      break;
    case HUB_EVENT_REMOVED:
      print_removed (self, event, snapshot);
      break;
    case HUB_EVENT_AWAY:
      /* Translators: keep {name}. */
      print_presence (self, event, _ ("{name} lost the connection"),
                      _ ("A guest lost the connection"));
      break;
    case HUB_EVENT_BACK:
      /* Translators: keep {name}. */
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
      hub_console_print_line (
          self, event->at,
          _ ("Locked. People who are here can stay and come back; nobody new can join."));
      break;
    case HUB_EVENT_UNLOCKED:
      hub_console_print_line (self, event->at, _ ("Unlocked. Everybody can join."));
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
