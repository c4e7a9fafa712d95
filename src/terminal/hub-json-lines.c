/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-json-lines.h"

#include "terminal/hub-command.h"
#include "terminal/hub-invitation.h"
#include "terminal/hub-json-line.h"
#include "terminal/hub-tally.h"
#include "terminal/hub-words.h"

struct _HubJsonLines
{
  GObject parent_instance;

  /* Owned */
  HubOutput *output;
  HubTally said;
  GPtrArray *early; /* of char: warnings from before `ready`, which is the first line; NULL after */
};

static void hub_json_lines_reporter_init (HubReporterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubJsonLines,
                               hub_json_lines,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HUB_TYPE_REPORTER,
                                                      hub_json_lines_reporter_init))

/* @builder: (transfer full) */
static void
print (HubJsonLines *self, JsonBuilder *builder)
{
  g_autofree char *line = hub_json_line_end (builder);

  hub_output_print (self->output, line);
}

/* @builder: (transfer full). What was dropped since the line before it is told first: whoever keeps
 * count must ask again. */
static void
end_line (HubJsonLines *self, JsonBuilder *builder)
{
  guint n_missed = hub_output_take_missed (self->output);

  if (n_missed > 0)
    {
      JsonBuilder *missed = hub_json_line_begin ("missed");

      hub_json_line_add_number (missed, "count", n_missed);
      print (self, missed);
    }
  print (self, builder);
}

/* @text may be NULL. */
static void
print_text (HubJsonLines *self, const char *type, const char *member, const char *text)
{
  JsonBuilder *builder = hub_json_line_begin (type);

  hub_json_line_add_text (builder, member, text);
  end_line (self, builder);
}

/* A line of nothing but what happened. */
static void
print_bare (HubJsonLines *self, const char *type)
{
  end_line (self, hub_json_line_begin (type));
}

static void
print_guest (HubJsonLines *self, const char *type, const HubEvent *event)
{
  JsonBuilder *builder = hub_json_line_begin (type);

  hub_json_line_add_number (builder, "id", (gint64) event->guest_id);
  hub_json_line_add_text (builder, "name", event->name);
  end_line (self, builder);
}

static void
print_said (guint count, gpointer user_data)
{
  JsonBuilder *builder = hub_json_line_begin ("said");

  hub_json_line_add_number (builder, "count", count);
  end_line (HUB_JSON_LINES (user_data), builder);
}

static void
hub_json_lines_ready (HubReporter *reporter, HubSnapshot *snapshot)
{
  HubJsonLines *self = HUB_JSON_LINES (reporter);
  JsonBuilder *builder = hub_json_line_begin ("ready");

  hub_json_line_add_texts (builder, "urls", hub_snapshot_get_urls (snapshot));
  hub_json_line_add_number (builder, "port", hub_snapshot_get_port (snapshot));
  hub_json_line_add_text (builder, "fingerprint", hub_snapshot_get_fingerprint (snapshot));
  hub_json_line_add_text (builder, "local_url", hub_snapshot_get_local_url (snapshot));
  hub_json_line_add_boolean (builder, "locked", hub_snapshot_is_locked (snapshot));
  hub_json_line_add_text (builder, "code", hub_snapshot_get_code (snapshot));
  end_line (self, builder);

  for (guint i = 0; self->early != NULL && i < self->early->len; i++)
    print_text (self, "warning", "text", g_ptr_array_index (self->early, i));
  g_clear_pointer (&self->early, g_ptr_array_unref);
  if (hub_snapshot_get_busy_port (snapshot) != 0)
    {
      g_autofree char *sentence = hub_words_dup_busy_port (snapshot);

      print_text (self, "warning", "text", sentence);
    }
}

static void
print_places (HubJsonLines *self, HubSnapshot *snapshot)
{
  JsonBuilder *builder = hub_json_line_begin ("places");

  hub_json_line_add_texts (builder, "urls", hub_snapshot_get_urls (snapshot));
  end_line (self, builder);
}

static void
print_warning (HubJsonLines *self, const char *text)
{
  if (self->early != NULL)
    g_ptr_array_add (self->early, g_strdup (text));
  else
    print_text (self, "warning", "text", text);
}

static void
hub_json_lines_event (HubReporter *reporter, const HubEvent *event, HubSnapshot *snapshot)
{
  HubJsonLines *self = HUB_JSON_LINES (reporter);

  if (event->type == HUB_EVENT_SAID)
    {
      hub_tally_add (&self->said);
      return;
    }

  hub_tally_flush (&self->said);
  switch (event->type)
    {
    case HUB_EVENT_JOINED:
      print_guest (self, "joined", event);
      break;
    case HUB_EVENT_LEFT:
      print_guest (self, "left", event);
      break;
    case HUB_EVENT_REMOVED:
      print_guest (self, "removed", event);
      break;
    case HUB_EVENT_LOCKED:
      print_bare (self, "locked");
      break;
    case HUB_EVENT_UNLOCKED:
      print_bare (self, "unlocked");
      break;
    case HUB_EVENT_CODE:
      print_text (self, "code", "code", event->text);
      break;
    case HUB_EVENT_STUCK:
      print_bare (self, "stuck");
      break;
    case HUB_EVENT_PLACES:
      print_places (self, snapshot);
      break;
    case HUB_EVENT_CERTIFICATE:
      print_text (self, "certificate", "fingerprint", hub_snapshot_get_fingerprint (snapshot));
      break;
    case HUB_EVENT_WARNING:
      print_warning (self, event->text);
      break;
    case HUB_EVENT_PORT_IN_USE: /* what comes of it is told with `ready` */
    case HUB_EVENT_SAID:
    case HUB_EVENT_AWAY:
    case HUB_EVENT_BACK:
    default:
      break;
    }
}

static void
print_people (HubJsonLines *self, GPtrArray *people)
{
  JsonBuilder *builder = hub_json_line_begin ("people");

  hub_json_line_add_number (builder, "count", people->len);
  json_builder_set_member_name (builder, "people");
  json_builder_begin_array (builder);
  for (guint i = 0; i < people->len; i++)
    {
      const HubPerson *person = g_ptr_array_index (people, i);

      json_builder_begin_object (builder);
      hub_json_line_add_number (builder, "id", (gint64) person->id);
      hub_json_line_add_text (builder, "name", person->name);
      hub_json_line_add_text (builder, "device", person->device);
      hub_json_line_add_number (builder, "joined_at", person->joined_at);
      hub_json_line_add_boolean (builder, "away", person->is_away);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  end_line (self, builder);
}

static void
print_help (HubJsonLines *self)
{
  JsonBuilder *builder = hub_json_line_begin ("help");
  g_auto (GStrv) forms = hub_command_dup_forms ();

  hub_json_line_add_texts (builder, "commands", (const char *const *) forms);
  end_line (self, builder);
}

static void
hub_json_lines_answer (HubReporter *reporter, HubAnswer answer, HubSnapshot *snapshot)
{
  HubJsonLines *self = HUB_JSON_LINES (reporter);
  g_autofree char *invitation = NULL;

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
      invitation = hub_invitation_dup_text (snapshot);
      print_text (self, "qr", "text", invitation);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
hub_json_lines_refuse (HubReporter *reporter, const char *sentence)
{
  HubJsonLines *self = HUB_JSON_LINES (reporter);

  hub_tally_flush (&self->said);
  print_text (self, "error", "text", sentence);
}

static void
hub_json_lines_stopping (HubReporter *reporter)
{
}

static void
hub_json_lines_stopped (HubReporter *reporter)
{
  HubJsonLines *self = HUB_JSON_LINES (reporter);

  hub_tally_flush (&self->said);
  print_bare (self, "stopped");
}

static void
hub_json_lines_reporter_init (HubReporterInterface *iface)
{
  iface->ready = hub_json_lines_ready;
  iface->event = hub_json_lines_event;
  iface->answer = hub_json_lines_answer;
  iface->refuse = hub_json_lines_refuse;
  iface->stopping = hub_json_lines_stopping;
  iface->stopped = hub_json_lines_stopped;
}

static void
hub_json_lines_finalize (GObject *object)
{
  HubJsonLines *self = HUB_JSON_LINES (object);

  hub_tally_clear (&self->said);
  g_clear_pointer (&self->early, g_ptr_array_unref);
  g_clear_object (&self->output);

  G_OBJECT_CLASS (hub_json_lines_parent_class)->finalize (object);
}

static void
hub_json_lines_class_init (HubJsonLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_json_lines_finalize;
}

static void
hub_json_lines_init (HubJsonLines *self)
{
  hub_tally_init (&self->said, print_said, self);
  self->early = g_ptr_array_new_with_free_func (g_free);
}

HubReporter *
hub_json_lines_new (HubOutput *output)
{
  HubJsonLines *self = g_object_new (HUB_TYPE_JSON_LINES, NULL);

  self->output = g_object_ref (output);

  return HUB_REPORTER (self);
}
