/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-status.h"

#include "app/hub-people-model.h"
#include "app/hub-place.h"

struct _HubStatus
{
  GObject parent_instance;

  /* Owned */
  HubHost *host;
  HubPreferences *preferences;
  HubClock *clock;
  HubPeopleModel *people;
  HubNotices *notices;   /* NULL where no chat is open */
  HubSettings *settings; /* of the latest start; NULL before the first */
  char *chosen;          /* the name of a place; NULL: the best */

  /* State */
  gboolean starts_again; /* once the chat that is ending has ended */
  gboolean locks_again;  /* the next one, from its start */
  guint patience_source;
};

enum
{
  CHANGED,
  PERSON_JOINED,
  FIRST_GUEST,
  NETWORK_CHANGED,
  STUCK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HubStatus, hub_status, G_TYPE_OBJECT)

static void
hub_status_finalize (GObject *object)
{
  HubStatus *self = HUB_STATUS (object);

  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->host, self);
  g_clear_object (&self->host);
  g_clear_object (&self->preferences);
  g_clear_object (&self->clock);
  g_clear_object (&self->people);
  g_clear_pointer (&self->notices, hub_notices_free);
  g_clear_pointer (&self->settings, hub_settings_free);
  g_free (self->chosen);

  G_OBJECT_CLASS (hub_status_parent_class)->finalize (object);
}

/* @has_event: with a HubEvent */
static guint
add_signal (const char *name, gboolean has_event)
{
  return g_signal_new (name, HUB_TYPE_STATUS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       has_event ? 1 : 0, G_TYPE_POINTER);
}

static void
hub_status_class_init (HubStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_status_finalize;

  signals[CHANGED] = add_signal ("changed", FALSE);
  signals[PERSON_JOINED] = add_signal ("person-joined", TRUE);
  signals[FIRST_GUEST] = add_signal ("first-guest", FALSE);
  signals[NETWORK_CHANGED] = add_signal ("network-changed", FALSE);
  signals[STUCK] = add_signal ("stuck", FALSE);
}

static void
hub_status_init (HubStatus *self)
{
  self->people = hub_people_model_new ();
}

/* ---- what the host tells ---- */

static gboolean
on_patience_over (gpointer user_data)
{
  HubStatus *self = HUB_STATUS (user_data);

  self->patience_source = 0;
  hub_status_check_time (self);

  return G_SOURCE_REMOVE;
}

/* Once by a timer, as long as there is something to wait for. */
static void
hub_status_be_patient (HubStatus *self)
{
  guint patience = self->notices != NULL ? hub_notices_get_patience (self->notices) : 0;

  if (patience == 0)
    g_clear_handle_id (&self->patience_source, g_source_remove);
  else if (self->patience_source == 0)
    self->patience_source = g_timeout_add (patience, on_patience_over, self);
}

/* Returns: whether guests lost the address they came by */
static gboolean
hub_status_follow_notices (HubStatus *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self);

  return snapshot != NULL && self->notices != NULL
         && hub_notices_follow (self->notices, snapshot, hub_status_get_place (self),
                                hub_status_get_n_people (self));
}

static void
hub_status_read_event (HubStatus *self, HubEvent *event)
{
  switch (event->type)
    {
    case HUB_EVENT_JOINED:
      hub_notices_add_joined (self->notices);
      g_signal_emit (self, signals[PERSON_JOINED], 0, event);
      if (event->n_present == 1)
        g_signal_emit (self, signals[FIRST_GUEST], 0);
      break;
    case HUB_EVENT_PLACES:
      if (hub_status_follow_notices (self))
        g_signal_emit (self, signals[NETWORK_CHANGED], 0);
      break;
    case HUB_EVENT_STUCK:
      hub_notices_add_stuck (self->notices);
      g_signal_emit (self, signals[STUCK], 0);
      break;
    case HUB_EVENT_LEFT:
    case HUB_EVENT_REMOVED:
    case HUB_EVENT_AWAY:
    case HUB_EVENT_BACK:
    case HUB_EVENT_SAID:
    case HUB_EVENT_CERTIFICATE:
    case HUB_EVENT_WARNING:
    case HUB_EVENT_PORT_IN_USE:
    case HUB_EVENT_LOCKED:
    case HUB_EVENT_UNLOCKED:
    case HUB_EVENT_CODE:
    default:
      break;
    }
}

/* The snapshot that these events led to has been told before. */
static void
on_host_events (HubHost *host, GPtrArray *events, HubStatus *self)
{
  G_GNUC_UNUSED g_autoptr (HubStatus) alive = g_object_ref (self);
  HubNotice before;

  for (guint i = 0; i < events->len; i++)
    {
      /* A handler may have stopped the chat. */
      if (self->notices == NULL)
        return;
      before = hub_notices_get (self->notices);
      hub_status_read_event (self, g_ptr_array_index (events, i));
      if (self->notices != NULL && hub_notices_get (self->notices) != before)
        g_signal_emit (self, signals[CHANGED], 0);
    }
  hub_status_be_patient (self);
}

static void
on_host_snapshot_changed (HubHost *host, HubStatus *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self);

  /* The first one comes before READY. */
  if (snapshot == NULL)
    return;

  hub_people_model_follow (self->people, hub_snapshot_get_people (snapshot));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
hub_status_open (HubStatus *self)
{
  self->locks_again = FALSE;
  self->notices = hub_notices_new (self->clock);
  hub_status_follow_notices (self);
  hub_status_be_patient (self);
  hub_people_model_follow (self->people,
                           hub_snapshot_get_people (hub_host_get_snapshot (self->host)));
}

static void
hub_status_close (HubStatus *self)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();

  g_clear_pointer (&self->notices, hub_notices_free);
  hub_status_be_patient (self);
  hub_people_model_follow (self->people, nobody);
}

static void
on_host_state_changed (HubHost *host, HubStatus *self)
{
  G_GNUC_UNUSED g_autoptr (HubStatus) alive = g_object_ref (self);
  HubHostState state = hub_host_get_state (host);

  if (state == HUB_HOST_READY)
    hub_status_open (self);
  else if (self->notices != NULL)
    hub_status_close (self);

  g_signal_emit (self, signals[CHANGED], 0);
  if (state == HUB_HOST_STOPPED && self->starts_again)
    hub_status_start (self);
}

/* ---- */

HubStatus *
hub_status_new_with_clock (HubHost *host, HubPreferences *preferences, HubClock *clock)
{
  HubStatus *self;

  g_return_val_if_fail (HUB_IS_HOST (host), NULL);
  g_return_val_if_fail (HUB_IS_PREFERENCES (preferences), NULL);
  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (hub_host_get_state (host) == HUB_HOST_STOPPED, NULL);

  self = g_object_new (HUB_TYPE_STATUS, NULL);
  self->host = g_object_ref (host);
  self->preferences = g_object_ref (preferences);
  self->clock = g_object_ref (clock);
  g_signal_connect (host, "state-changed", G_CALLBACK (on_host_state_changed), self);
  g_signal_connect (host, "snapshot-changed", G_CALLBACK (on_host_snapshot_changed), self);
  g_signal_connect (host, "events", G_CALLBACK (on_host_events), self);

  return self;
}

HubStatus *
hub_status_new (HubHost *host, HubPreferences *preferences)
{
  g_autoptr (HubClock) clock = hub_clock_new ();

  return hub_status_new_with_clock (host, preferences, clock);
}

HubHost *
hub_status_get_host (HubStatus *self)
{
  g_return_val_if_fail (HUB_IS_STATUS (self), NULL);

  return self->host;
}

HubHostState
hub_status_get_state (HubStatus *self)
{
  g_return_val_if_fail (HUB_IS_STATUS (self), HUB_HOST_STOPPED);

  return hub_host_get_state (self->host);
}

const GError *
hub_status_get_error (HubStatus *self)
{
  g_return_val_if_fail (HUB_IS_STATUS (self), NULL);

  return hub_host_get_error (self->host);
}

HubSnapshot *
hub_status_get_snapshot (HubStatus *self)
{
  g_return_val_if_fail (HUB_IS_STATUS (self), NULL);

  if (hub_host_get_state (self->host) != HUB_HOST_READY)
    return NULL;

  return hub_host_get_snapshot (self->host);
}

const HubSettings *
hub_status_get_settings (HubStatus *self)
{
  g_return_val_if_fail (HUB_IS_STATUS (self), NULL);

  return self->settings;
}

guint
hub_status_get_n_people (HubStatus *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self);

  return snapshot != NULL ? hub_snapshot_get_people (snapshot)->len : 0;
}

GListModel *
hub_status_get_people (HubStatus *self)
{
  g_return_val_if_fail (HUB_IS_STATUS (self), NULL);

  return G_LIST_MODEL (self->people);
}

const HubPlace *
hub_status_get_place (HubStatus *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self);

  return snapshot != NULL ? hub_place_find (hub_snapshot_get_places (snapshot), self->chosen)
                          : NULL;
}

char **
hub_status_dup_place_names (HubStatus *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self);

  return snapshot != NULL ? hub_place_dup_names (hub_snapshot_get_places (snapshot))
                          : g_new0 (char *, 1);
}

char *
hub_status_dup_place_name (HubStatus *self)
{
  const HubPlace *place = hub_status_get_place (self);

  if (place == NULL)
    return NULL;

  return hub_place_dup_name (hub_snapshot_get_places (hub_status_get_snapshot (self)), place);
}

void
hub_status_choose_place (HubStatus *self, const char *name)
{
  g_return_if_fail (HUB_IS_STATUS (self));

  if (g_strcmp0 (name, self->chosen) == 0)
    return;

  g_free (self->chosen);
  self->chosen = g_strdup (name);
  if (self->notices != NULL)
    hub_notices_forget_address (self->notices);
  hub_status_follow_notices (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

HubNotice
hub_status_get_notice (HubStatus *self)
{
  g_return_val_if_fail (HUB_IS_STATUS (self), HUB_NOTICE_NONE);

  return self->notices != NULL ? hub_notices_get (self->notices) : HUB_NOTICE_NONE;
}

void
hub_status_dismiss_notice (HubStatus *self)
{
  g_return_if_fail (HUB_IS_STATUS (self));

  if (self->notices == NULL)
    return;

  hub_notices_dismiss (self->notices);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
hub_status_check_time (HubStatus *self)
{
  g_return_if_fail (HUB_IS_STATUS (self));

  if (hub_status_get_notice (self) == HUB_NOTICE_NOBODY)
    g_signal_emit (self, signals[CHANGED], 0);
  hub_status_be_patient (self);
}

void
hub_status_start (HubStatus *self)
{
  HubHostState state;

  g_return_if_fail (HUB_IS_STATUS (self));

  state = hub_host_get_state (self->host);
  self->starts_again = state == HUB_HOST_STOPPING;
  if (state == HUB_HOST_STOPPED || state == HUB_HOST_FAILED)
    {
      g_clear_pointer (&self->settings, hub_settings_free);
      self->settings = hub_preferences_make_settings (self->preferences);
      self->settings->is_locked = self->locks_again;
      hub_host_start (self->host, self->settings);
    }
}

void
hub_status_stop (HubStatus *self)
{
  g_return_if_fail (HUB_IS_STATUS (self));

  self->starts_again = FALSE;
  self->locks_again = FALSE;
  hub_host_stop (self->host);
}

void
hub_status_restart (HubStatus *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self);
  gboolean is_locked = snapshot != NULL && hub_snapshot_is_locked (snapshot);

  hub_status_stop (self);
  hub_status_start (self);
  self->locks_again = is_locked;
}
