/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-host.h"

#include "host/hub-descriptors.h"
#include "host/hub-engine-thread.h"
#include "net/hub-identity.h"

struct _HubHost
{
  GObject parent_instance;

  /* Owned */
  HubEngineThread *thread; /* NULL after the shutdown */
  GError *error;
  HubSnapshot *snapshot;

  /* State */
  HubHostState state;
};

enum
{
  STATE_CHANGED,
  SNAPSHOT_CHANGED,
  EVENTS,
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HubHost, hub_host, G_TYPE_OBJECT)

static void
hub_host_dispose (GObject *object)
{
  HubHost *self = HUB_HOST (object);

  hub_host_shutdown (self);

  G_OBJECT_CLASS (hub_host_parent_class)->dispose (object);
}

static void
hub_host_finalize (GObject *object)
{
  HubHost *self = HUB_HOST (object);

  g_clear_error (&self->error);
  g_clear_pointer (&self->snapshot, hub_snapshot_unref);

  G_OBJECT_CLASS (hub_host_parent_class)->finalize (object);
}

static void
hub_host_class_init (HubHostClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_host_dispose;
  object_class->finalize = hub_host_finalize;

  signals[STATE_CHANGED] = g_signal_new ("state-changed", HUB_TYPE_HOST, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SNAPSHOT_CHANGED] = g_signal_new ("snapshot-changed", HUB_TYPE_HOST, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EVENTS] = g_signal_new ("events", HUB_TYPE_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[DECIDED] = g_signal_new ("decided", HUB_TYPE_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
hub_host_init (HubHost *self)
{
}

static void
hub_host_set_state (HubHost *self, HubHostState state)
{
  self->state = state;
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
hub_host_set_snapshot (HubHost *self, HubSnapshot *snapshot)
{
  g_clear_pointer (&self->snapshot, hub_snapshot_unref);
  self->snapshot = hub_snapshot_ref (snapshot);
  g_signal_emit (self, signals[SNAPSHOT_CHANGED], 0);
}

static void
hub_host_read_news (HubHost *self, const HubReport *report)
{
  if (report->snapshot != NULL)
    hub_host_set_snapshot (self, report->snapshot);
  /* Unless whoever was told of the snapshot has ended it all. */
  if (self->thread != NULL)
    g_signal_emit (self, signals[EVENTS], 0, report->events);
}

/* What a report means depends on the state: one may cross a stop on its way. */
static void
on_report (const HubReport *report, gpointer user_data)
{
  g_autoptr (HubHost) self = g_object_ref (user_data);

  switch (report->type)
    {
    case HUB_REPORT_STARTED:
      if (self->state != HUB_HOST_STARTING)
        return;
      hub_host_set_snapshot (self, report->snapshot);
      if (self->state == HUB_HOST_STARTING)
        hub_host_set_state (self, HUB_HOST_READY);
      break;
    case HUB_REPORT_FAILED:
      if (self->state != HUB_HOST_STARTING)
        return;
      self->error = g_error_copy (report->error);
      hub_host_set_state (self, HUB_HOST_FAILED);
      break;
    case HUB_REPORT_STOPPED:
      if (self->state == HUB_HOST_STOPPING)
        hub_host_set_state (self, HUB_HOST_STOPPED);
      break;
    case HUB_REPORT_NEWS:
      hub_host_read_news (self, report);
      break;
    case HUB_REPORT_DECIDED:
      g_signal_emit (self, signals[DECIDED], 0);
      break;
    }
}

HubHost *
hub_host_new (void)
{
  HubHost *self = g_object_new (HUB_TYPE_HOST, NULL);
  guint connections = hub_descriptors_get_connections (hub_descriptors_raise ());

  self->thread = hub_engine_thread_new (connections, on_report, self);

  return self;
}

HubHostState
hub_host_get_state (HubHost *self)
{
  g_return_val_if_fail (HUB_IS_HOST (self), HUB_HOST_STOPPED);

  return self->state;
}

const GError *
hub_host_get_error (HubHost *self)
{
  g_return_val_if_fail (HUB_IS_HOST (self), NULL);

  return self->error;
}

gboolean
hub_host_is_folder_error (const GError *error)
{
  return g_error_matches (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY);
}

HubSnapshot *
hub_host_get_snapshot (HubHost *self)
{
  g_return_val_if_fail (HUB_IS_HOST (self), NULL);

  return self->snapshot;
}

void
hub_host_start (HubHost *self, const HubSettings *settings)
{
  g_return_if_fail (HUB_IS_HOST (self));
  g_return_if_fail (self->thread != NULL);
  g_return_if_fail (settings != NULL);
  g_return_if_fail (self->state == HUB_HOST_STOPPED || self->state == HUB_HOST_FAILED);

  g_clear_error (&self->error);
  hub_engine_thread_start (self->thread, settings);
  hub_host_set_state (self, HUB_HOST_STARTING);
}

void
hub_host_stop (HubHost *self)
{
  g_return_if_fail (HUB_IS_HOST (self));

  if (self->state != HUB_HOST_STARTING && self->state != HUB_HOST_READY)
    return;

  hub_engine_thread_stop (self->thread);
  hub_host_set_state (self, HUB_HOST_STOPPING);
}

void
hub_host_reload_certificate (HubHost *self)
{
  g_return_if_fail (HUB_IS_HOST (self));
  g_return_if_fail (self->thread != NULL);

  hub_engine_thread_reload_certificate (self->thread);
}

void
hub_host_remove (HubHost *self, guint64 guest_id)
{
  g_return_if_fail (HUB_IS_HOST (self));

  if (self->state == HUB_HOST_READY)
    hub_engine_thread_decide (self->thread, hub_moderator_remove, guest_id);
}

/* HubDecisionFunc */
static void
decide_lock (HubModerator *moderator, guint64 argument)
{
  hub_moderator_set_locked (moderator, argument != 0);
}

void
hub_host_set_locked (HubHost *self, gboolean is_locked)
{
  g_return_if_fail (HUB_IS_HOST (self));

  if (self->state == HUB_HOST_READY)
    hub_engine_thread_decide (self->thread, decide_lock, is_locked ? 1 : 0);
}

/* HubDecisionFunc */
static void
decide_code (HubModerator *moderator, guint64 argument)
{
  hub_moderator_ask_code (moderator, (HubCodeRequest) argument);
}

void
hub_host_ask_code (HubHost *self, HubCodeRequest request)
{
  g_return_if_fail (HUB_IS_HOST (self));

  if (self->state == HUB_HOST_READY)
    hub_engine_thread_decide (self->thread, decide_code, request);
}

void
hub_host_shutdown (HubHost *self)
{
  g_return_if_fail (HUB_IS_HOST (self));

  g_clear_pointer (&self->thread, hub_engine_thread_free);
  self->state = HUB_HOST_STOPPED;
}

char *
hub_host_dup_ca_pem (const char *data_dir, GError **error)
{
  g_autoptr (HubClock) clock = hub_clock_new ();
  g_autoptr (HubIdentity) identity = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);

  identity = hub_identity_open (clock, data_dir, error);

  return identity != NULL ? hub_identity_dup_ca_pem (identity) : NULL;
}
