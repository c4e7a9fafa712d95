/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-console-private.h"

#include "base/hub-text.h"
#include "terminal/hub-invitation.h"
#include "terminal/hub-people.h"
#include "terminal/hub-prose.h"
#include "terminal/hub-words.h"

#include <glib/gi18n-lib.h>

static void hub_console_reporter_init (HubReporterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubConsole,
                               hub_console,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HUB_TYPE_REPORTER, hub_console_reporter_init))

static void
print_said_count (guint count, gpointer user_data)
{
  HubConsole *self = HUB_CONSOLE (user_data);
  /* Translators: how many messages guests sent since the line before. */
  g_autofree char *text = g_strdup_printf (ngettext ("%u message", "%u messages", count), count);

  hub_console_print_line (self, g_get_real_time () / 1000, text);
}

void
hub_console_print_codes (HubConsole *self, HubSnapshot *snapshot)
{
  g_free (self->invitation);
  self->invitation = hub_invitation_dup_text (snapshot);
  hub_invitation_print_codes (self->output, snapshot);
}

void
hub_console_print_fingerprint (HubConsole *self, HubSnapshot *snapshot)
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
  hub_console_print_codes (self, snapshot);
  hub_prose_print (
      self->output, "",
      _ ("Their browser warns once that it does not know this computer: that is expected.\n"
         "To be sure it is this one, compare the fingerprint that the browser can show."));
  hub_console_print_fingerprint (self, snapshot);
  if (self->has_commands)
    hub_prose_print (self->output, "", _ ("Type help for what the host can do here."));
  if (self->is_terminal)
    {
      hub_prose_print (self->output, "", _ ("Ctrl+C ends the chat for everybody."));
      hub_output_print (self->output, "");
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
      hub_output_printf (
          self->output,
          /* Translators: %s is "3 here", %u how many of them have lost the connection. */
          ngettext ("%s, %u of them away", "%s, %u of them away", away), here, away);
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
  hub_console_print_codes (self, snapshot);
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
  hub_console_print_line (self, g_get_real_time () / 1000, _ ("Ending the chat…"));
}

static void
hub_console_stopped (HubReporter *reporter)
{
  HubConsole *self = HUB_CONSOLE (reporter);

  hub_tally_flush (&self->said);
  hub_console_print_line (self, g_get_real_time () / 1000, _ ("The chat has ended."));
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
