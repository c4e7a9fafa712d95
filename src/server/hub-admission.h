/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"

G_BEGIN_DECLS

/*
 * HubAdmission: who may open one more connection. Pure counting, no sockets: caps on all
 * connections together, on those of one throttle key, and on how fast a key makes new ones.
 * Owned by the door.
 */
typedef struct _HubAdmission HubAdmission;

typedef enum
{
  HUB_ADMISSION_OK,
  HUB_ADMISSION_FULL,     /* all connections together */
  HUB_ADMISSION_TOO_MANY, /* of this key */
  HUB_ADMISSION_TOO_FAST, /* this key's attempts */
  HUB_ADMISSION_BARRED,   /* this key, for a while */
} HubAdmissionResult;

/* @max_connections: at least 1. @max_per_key: 0 is no limit, neither of connections nor of
 * attempts. */
HubAdmission *hub_admission_new (HubClock *clock, guint max_connections, guint max_per_key);
void hub_admission_free (HubAdmission *self);

/* Counts an attempt of @key, and on HUB_ADMISSION_OK a connection. */
HubAdmissionResult hub_admission_enter (HubAdmission *self, const char *key);

/* A connection that was admitted is closed. */
void hub_admission_leave (HubAdmission *self, const char *key);

/* No new connection of @key for HUB_BAR_MS. */
void hub_admission_bar (HubAdmission *self, const char *key);

guint hub_admission_get_n_connections (HubAdmission *self);

/* How many keys are remembered: those with connections, and those that were too fast lately. */
guint hub_admission_get_n_keys (HubAdmission *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubAdmission, hub_admission_free)

G_END_DECLS
