/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-json-lines.h"

#include "terminal/hub-tally.h"
#include "terminal/hub-words.h"

#include <json-glib/json-glib.h>

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

static JsonBuilder *
begin_line (const char *type)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);

  return builder;
}

/* Everything beyond ASCII as JSON's escapes: exact for programs, and safe where a line of it ends
 * on a terminal. Such characters are in strings only. */
static char *
dup_ascii (const char *json)
{
  g_autoptr (GString) ascii = g_string_new (NULL);

  for (const char *at = json; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c < 0x80)
        g_string_append_c (ascii, (char) c);
      else if (c < 0x10000)
        g_string_append_printf (ascii, "\\u%04x", c);
      else
        g_string_append_printf (ascii, "\\u%04x\\u%04x", 0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
    }

  return g_string_free (g_steal_pointer (&ascii), FALSE);
}

/* Takes @builder. */
static void
end_line (HubJsonLines *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);
  line = dup_ascii (json);
  hub_output_print (self->output, line);
  g_object_unref (builder);
}

/* What is not UTF-8 (a file's name in a warning) must not break the line. */
static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, valid);
}

static void
add_urls (JsonBuilder *builder, HubSnapshot *snapshot)
{
  const char *const *urls = hub_snapshot_get_urls (snapshot);

  json_builder_set_member_name (builder, "urls");
  json_builder_begin_array (builder);
  for (guint i = 0; urls[i] != NULL; i++)
    json_builder_add_string_value (builder, urls[i]);
  json_builder_end_array (builder);
}

static void
print_text (HubJsonLines *self, const char *type, const char *member, const char *text)
{
  JsonBuilder *builder = begin_line (type);

  add_text (builder, member, text);
  end_line (self, builder);
}

static void
print_said (guint count, gpointer user_data)
{
  JsonBuilder *builder = begin_line ("said");

  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, count);
  end_line (HUB_JSON_LINES (user_data), builder);
}

static void
hub_json_lines_ready (HubReporter *reporter, HubSnapshot *snapshot)
{
  HubJsonLines *self = HUB_JSON_LINES (reporter);
  JsonBuilder *builder = begin_line ("ready");

  add_urls (builder, snapshot);
  json_builder_set_member_name (builder, "port");
  json_builder_add_int_value (builder, hub_snapshot_get_port (snapshot));
  add_text (builder, "fingerprint", hub_snapshot_get_fingerprint (snapshot));
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
  JsonBuilder *builder = begin_line ("places");

  add_urls (builder, snapshot);
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
      print_text (self, "joined", "name", event->name);
      break;
    case HUB_EVENT_LEFT:
      print_text (self, "left", "name", event->name);
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
hub_json_lines_stopping (HubReporter *reporter)
{
}

static void
hub_json_lines_stopped (HubReporter *reporter)
{
  HubJsonLines *self = HUB_JSON_LINES (reporter);

  hub_tally_flush (&self->said);
  end_line (self, begin_line ("stopped"));
}

static void
hub_json_lines_reporter_init (HubReporterInterface *iface)
{
  iface->ready = hub_json_lines_ready;
  iface->event = hub_json_lines_event;
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
