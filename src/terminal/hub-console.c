/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-console.h"

#include "base/hub-text.h"
#include "terminal/hub-qr-text.h"
#include "terminal/hub-tally.h"
#include "terminal/hub-words.h"
#include "terminal/hub-wrap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* As wide as the time in front of an event's line: the further lines of a text. */
#define INDENT "          "

/* Columns of a terminal that tells none, and those that a text needs at least. */
#define USUAL_COLUMNS 80
#define TEXT_MIN_COLUMNS 16

struct _HubConsole
{
  GObject parent_instance;

  /* Owned */
  HubOutput *output;
  HubTally said;
  char *best_url; /* the one in the QR code */

  /* State */
  gboolean is_terminal;
  gboolean shows_names;
};

static void hub_console_reporter_init (HubReporterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubConsole,
                               hub_console,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HUB_TYPE_REPORTER, hub_console_reporter_init))

/* @at: milliseconds since the epoch. */
static void
print_line (HubConsole *self, gint64 at, const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);
  g_autofree char *clock = time != NULL ? g_date_time_format (time, "%H:%M:%S") : NULL;

  hub_output_printf (self->output, "%s  %s", clock != NULL ? clock : "--:--:--", text);
}

static void
print_said_count (guint count, gpointer user_data)
{
  HubConsole *self = HUB_CONSOLE (user_data);
  g_autofree char *text = g_strdup_printf (ngettext ("%u message", "%u messages", count), count);

  print_line (self, g_get_real_time () / 1000, text);
}

/* Columns for what is said, beside the indent. */
static guint
get_text_columns (HubConsole *self)
{
  guint columns = hub_output_get_columns (self->output);

  if (columns == 0)
    columns = USUAL_COLUMNS;

  return MAX (columns, strlen (INDENT) + TEXT_MIN_COLUMNS) - strlen (INDENT);
}

/* Appends what fits one line of a message's, each piece escaped for itself. */
static void
append_line (GString *text, char *line, guint first, guint columns)
{
  g_auto (GStrv) pieces = NULL;

  g_strdelimit (line, "\t", ' ');
  pieces = hub_wrap_line (line, first, columns);
  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_autofree char *piece = hub_text_escape_terminal (pieces[i], -1);

      g_string_append_printf (text, "%s%s", i == 0 ? "" : "\n" INDENT, piece);
    }
}

/* All lines of a message but the first are indented, and none is so long that the terminal breaks
 * it, so that no guest can forge an event. */
static void
print_said (HubConsole *self, const HubEvent *event)
{
  g_autofree char *name = hub_text_escape_terminal (event->name, -1);
  g_auto (GStrv) lines = g_strsplit (event->text, "\n", -1);
  g_autoptr (GString) text = g_string_new (name);
  guint columns = get_text_columns (self);
  guint name_columns = hub_wrap_get_columns (event->name) + strlen (": ");
  gboolean fits = name_columns + TEXT_MIN_COLUMNS <= columns;

  g_string_append (text, ": ");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (text, "\n" INDENT);
      append_line (text, lines[i], i > 0 ? columns : fits ? columns - name_columns : 0, columns);
    }

  print_line (self, event->at, text->str);
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

/* Addresses in a column, and beside each where it leads. */
static void
print_places (HubConsole *self, HubSnapshot *snapshot)
{
  GPtrArray *places = hub_snapshot_get_places (snapshot);
  glong widest = 0;

  if (places->len == 0)
    {
      hub_output_printf (self->output, "  %s",
                         _ ("No network: nobody else can reach this computer yet."));
      return;
    }

  for (guint i = 0; i < places->len; i++)
    {
      HubPlace *place = g_ptr_array_index (places, i);

      widest = MAX (widest, g_utf8_strlen (place->url, -1));
    }

  for (guint i = 0; i < places->len; i++)
    {
      HubPlace *place = g_ptr_array_index (places, i);
      g_autofree char *url = hub_text_escape_terminal (place->url, -1);
      g_autofree char *label = hub_text_escape_terminal (place->label, -1);

      hub_output_printf (self->output, "  %s%*s  %s", url,
                         (int) (widest - g_utf8_strlen (place->url, -1)), "", label);
    }
}

/* The code for the best address, if it is another than before. */
static void
print_code (HubConsole *self, HubSnapshot *snapshot)
{
  const char *url = hub_snapshot_get_urls (snapshot)[0];
  guint columns = hub_output_get_columns (self->output);
  g_autoptr (HubQr) qr = NULL;
  g_autofree char *code = NULL;

  if (g_strcmp0 (url, self->best_url) == 0)
    return;
  g_free (self->best_url);
  self->best_url = g_strdup (url);
  qr = url != NULL ? hub_qr_new (url) : NULL;
  if (qr == NULL)
    return;

  if (columns > 0 && columns < hub_qr_text_get_columns (qr))
    {
      hub_output_print (self->output, _ ("(This window is too narrow for the code to scan.)"));
      return;
    }

  code = hub_qr_text_render (qr, hub_output_has_colours (self->output) ? HUB_QR_TEXT_COLOURS
                                                                       : HUB_QR_TEXT_PLAIN);
  hub_output_printf (self->output, "\n%s\n", code);
}

static void
print_fingerprint (HubConsole *self, HubSnapshot *snapshot)
{
  g_autofree char *fingerprint
      = hub_text_escape_terminal (hub_snapshot_get_fingerprint (snapshot), -1);

  hub_output_printf (self->output, "%s\n  %s", _ ("Fingerprint of the certificate (SHA-256):"),
                     fingerprint);
}

static void
hub_console_ready (HubReporter *reporter, HubSnapshot *snapshot)
{
  HubConsole *self = HUB_CONSOLE (reporter);
  g_autofree char *name = hub_text_escape_terminal (hub_snapshot_get_room_name (snapshot), -1);

  if (hub_snapshot_get_busy_port (snapshot) != 0)
    {
      g_autofree char *sentence = hub_words_dup_busy_port (snapshot);

      hub_output_print (self->output, sentence);
    }

  /* Translators: %s is the room's name, "Chat on Attic". */
  hub_output_printf (self->output, _ ("%s is open. Others on this network join at:"), name);
  print_places (self, snapshot);
  print_code (self, snapshot);
  hub_output_print (
      self->output,
      _ ("Their browser warns once that it does not know this computer: that is expected.\n"
         "To be sure it is this one, compare the fingerprint that the browser can show."));
  print_fingerprint (self, snapshot);
  if (self->is_terminal)
    hub_output_printf (self->output, "%s\n", _ ("Ctrl+C ends the chat for everybody."));
}

static void
print_new_places (HubConsole *self, const HubEvent *event, HubSnapshot *snapshot)
{
  print_line (self, event->at, _ ("The addresses changed. Others now join at:"));
  print_places (self, snapshot);
  print_code (self, snapshot);
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
    case HUB_EVENT_WARNING:
      print_warning (self, event);
      break;
    case HUB_EVENT_PORT_IN_USE:
      print_sentence (self, event);
      break;
    case HUB_EVENT_REMOVED:
    case HUB_EVENT_LOCKED:
    case HUB_EVENT_UNLOCKED:
    case HUB_EVENT_CODE:
    case HUB_EVENT_STUCK:
    default:
      break;
    }
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
  iface->stopping = hub_console_stopping;
  iface->stopped = hub_console_stopped;
}

static void
hub_console_finalize (GObject *object)
{
  HubConsole *self = HUB_CONSOLE (object);

  hub_tally_clear (&self->said);
  g_clear_object (&self->output);
  g_clear_pointer (&self->best_url, g_free);

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
hub_console_new (HubOutput *output, gboolean log_names)
{
  HubConsole *self = g_object_new (HUB_TYPE_CONSOLE, NULL);

  self->output = g_object_ref (output);
  self->is_terminal = hub_output_is_terminal (output);
  self->shows_names = self->is_terminal || log_names;

  return HUB_REPORTER (self);
}
