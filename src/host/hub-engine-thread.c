/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-engine-thread.h"

#include "base/hub-limits.h"
#include "host/hub-alarm.h"
#include "host/hub-engine.h"
#include "host/hub-mailbox.h"

#include <gio/gio.h>

struct _HubEngineThread
{
  /* The owner's side */
  GThread *thread;
  HubReportFunc report;
  gpointer user_data;

  /* Both sides */
  GMainContext *context; /* the engine's */
  HubMailbox *down;
  HubMailbox *up;

  /* The engine's side, from the thread's start to its end */
  HubClock *clock;
  GMainLoop *loop;
  HubNews *news;
  HubEngine *engine;
  GSource *shutdown_alarm;
  guint connections;
  gboolean is_shutting_down;
};

/* ---- up: from the engine's thread to the owner's ---- */

typedef struct
{
  HubEngineThread *thread;
  HubReport report;
} HubReportLetter;

static void
report_letter_free (gpointer data)
{
  HubReportLetter *letter = data;

  g_clear_error (&letter->report.error);
  g_clear_pointer (&letter->report.events, g_ptr_array_unref);
  g_clear_pointer (&letter->report.snapshot, hub_snapshot_unref);
  g_free (letter);
}

static void
acknowledge (gpointer data)
{
  HubEngineThread *self = data;

  hub_news_acknowledge (self->news);
}

static void
read_report (gpointer data)
{
  HubReportLetter *letter = data;
  HubEngineThread *self = letter->thread;

  /* First, as the owner may end this thread when it reads the report. */
  if (letter->report.type == HUB_REPORT_NEWS)
    hub_mailbox_post (self->down, acknowledge, self, NULL);
  self->report (&letter->report, self->user_data);
}

/* Takes what @report holds. */
static void
hub_engine_thread_report (HubEngineThread *self, HubReport report)
{
  HubReportLetter *letter = g_new0 (HubReportLetter, 1);

  letter->thread = self;
  letter->report = report;
  hub_mailbox_post (self->up, read_report, letter, report_letter_free);
}

static void
on_news (GPtrArray *events, gboolean is_stale, gpointer user_data)
{
  HubEngineThread *self = user_data;
  HubReport report = { .type = HUB_REPORT_NEWS, .events = events };

  if (is_stale && self->engine != NULL)
    report.snapshot = hub_engine_make_snapshot (self->engine);
  hub_engine_thread_report (self, report);
}

/* ---- the engine ---- */

static void
hub_engine_thread_drop_engine (HubEngineThread *self)
{
  if (self->engine == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->engine, self);
  g_clear_object (&self->engine);
}

static void
on_engine_started (HubEngine *engine, HubEngineThread *self)
{
  hub_engine_thread_report (self, (HubReport){ .type = HUB_REPORT_STARTED,
                                               .snapshot = hub_engine_make_snapshot (engine) });
}

static void
on_engine_failed (HubEngine *engine, const GError *error, HubEngineThread *self)
{
  hub_engine_thread_drop_engine (self);
  hub_news_flush (self->news);
  hub_engine_thread_report (
      self, (HubReport){ .type = HUB_REPORT_FAILED, .error = g_error_copy (error) });
}

static void
on_engine_stopped (HubEngine *engine, HubEngineThread *self)
{
  hub_engine_thread_drop_engine (self);
  /* What was said last is part of this chat, not lost nor told in the next one. */
  hub_news_flush (self->news);
  hub_engine_thread_report (self, (HubReport){ .type = HUB_REPORT_STOPPED });
  if (self->is_shutting_down)
    g_main_loop_quit (self->loop);
}

/* ---- down: from the owner's thread to the engine's ---- */

typedef struct
{
  HubEngineThread *thread;
  HubSettings *settings;
} HubStartLetter;

static void
start_letter_free (gpointer data)
{
  HubStartLetter *letter = data;

  hub_settings_free (letter->settings);
  g_free (letter);
}

static void
read_start (gpointer data)
{
  HubStartLetter *letter = data;
  HubEngineThread *self = letter->thread;
  g_autoptr (HubEngine) engine = NULL;

  g_return_if_fail (self->engine == NULL);

  engine = hub_engine_new (self->clock, letter->settings, self->connections, self->news);
  g_signal_connect (engine, "started", G_CALLBACK (on_engine_started), self);
  g_signal_connect (engine, "failed", G_CALLBACK (on_engine_failed), self);
  g_signal_connect (engine, "stopped", G_CALLBACK (on_engine_stopped), self);
  self->engine = g_object_ref (engine);
  hub_engine_start (engine);
}

static void
read_stop (gpointer data)
{
  HubEngineThread *self = data;

  if (self->engine != NULL)
    hub_engine_stop (self->engine);
  else
    hub_engine_thread_report (self, (HubReport){ .type = HUB_REPORT_STOPPED });
}

static void
read_reload (gpointer data)
{
  HubEngineThread *self = data;

  if (self->engine != NULL)
    hub_engine_reload_certificate (self->engine);
}

typedef struct
{
  HubEngineThread *thread;
  HubDecisionFunc func;
  guint64 argument;
} HubDecisionLetter;

static void
read_decision (gpointer data)
{
  HubDecisionLetter *letter = data;
  HubEngineThread *self = letter->thread;
  HubModerator *moderator = self->engine != NULL ? hub_engine_get_moderator (self->engine) : NULL;

  if (moderator != NULL)
    {
      letter->func (moderator, letter->argument);
      hub_news_flush (self->news);
    }
  hub_engine_thread_report (self, (HubReport){ .type = HUB_REPORT_DECIDED });
}

/* The time is over. Without a connection the stop comes to its end in the turns that the thread
 * takes when its loop is over, and frees what it holds. */
static void
on_shutdown_alarm (gpointer data)
{
  HubEngineThread *self = data;

  if (self->engine != NULL)
    hub_engine_cut (self->engine);
  g_main_loop_quit (self->loop);
}

static void
read_shutdown (gpointer data)
{
  HubEngineThread *self = data;

  if (self->engine == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }

  self->is_shutting_down = TRUE;
  self->shutdown_alarm = hub_alarm_new (self->context, G_PRIORITY_HIGH, on_shutdown_alarm, self);
  g_source_set_ready_time (self->shutdown_alarm, g_get_monotonic_time () + HUB_SHUTDOWN_MS * 1000);
  hub_engine_stop (self->engine);
}

/* ---- the thread ---- */

static gpointer
hub_engine_thread_run (gpointer data)
{
  HubEngineThread *self = data;

  g_main_context_push_thread_default (self->context);
  self->clock = hub_clock_new ();
  self->news = hub_news_new (self->clock, on_news, self);

  g_main_loop_run (self->loop);

  hub_mailbox_close (self->down);
  hub_engine_thread_drop_engine (self);
  g_clear_pointer (&self->shutdown_alarm, hub_alarm_free);
  /* What the engine's parts left to be done when they went. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_clear_pointer (&self->news, hub_news_free);
  g_clear_object (&self->clock);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

HubEngineThread *
hub_engine_thread_new (guint connections, HubReportFunc report, gpointer user_data)
{
  HubEngineThread *self;

  g_return_val_if_fail (connections > 0, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  self = g_new0 (HubEngineThread, 1);
  self->connections = connections;
  self->report = report;
  self->user_data = user_data;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  /* Before everything guests cause: the host must be able to stop a chat that is under siege. */
  self->down = hub_mailbox_new (self->context, G_PRIORITY_HIGH);
  self->up = hub_mailbox_new (g_main_context_get_thread_default (), G_PRIORITY_DEFAULT);
  /* Whoever asks GLib for a resource while another thread is registering it gets NULL. Any question makes
   * it register all there are, and here there is nobody else yet. */
  g_resources_get_info ("/", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL);
  self->thread = g_thread_new ("hub-engine", hub_engine_thread_run, self);

  return self;
}

void
hub_engine_thread_start (HubEngineThread *self, const HubSettings *settings)
{
  HubStartLetter *letter;

  g_return_if_fail (self != NULL);
  g_return_if_fail (settings != NULL);

  letter = g_new0 (HubStartLetter, 1);
  letter->thread = self;
  letter->settings = hub_settings_copy (settings);
  hub_mailbox_post (self->down, read_start, letter, start_letter_free);
}

void
hub_engine_thread_stop (HubEngineThread *self)
{
  g_return_if_fail (self != NULL);

  hub_mailbox_post (self->down, read_stop, self, NULL);
}

void
hub_engine_thread_reload_certificate (HubEngineThread *self)
{
  g_return_if_fail (self != NULL);

  hub_mailbox_post (self->down, read_reload, self, NULL);
}

void
hub_engine_thread_decide (HubEngineThread *self, HubDecisionFunc func, guint64 argument)
{
  HubDecisionLetter *letter;

  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  letter = g_new0 (HubDecisionLetter, 1);
  *letter = (HubDecisionLetter){ self, func, argument };
  hub_mailbox_post (self->down, read_decision, letter, g_free);
}

void
hub_engine_thread_free (HubEngineThread *self)
{
  g_return_if_fail (self != NULL);

  hub_mailbox_close (self->up);
  hub_mailbox_post (self->down, read_shutdown, self, NULL);
  g_thread_join (self->thread);

  hub_mailbox_unref (self->down);
  hub_mailbox_unref (self->up);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}
