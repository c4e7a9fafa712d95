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

/* 0 is no limit. */
typedef struct
{
  guint max_connections; /* all keys together */
  guint max_per_key;     /* connections of one key */
  guint max_attempts;    /* new connections of one key each second */
} HubAdmissionCaps;

HubAdmission *hub_admission_new (HubClock *clock, const HubAdmissionCaps *caps);
void hub_admission_free (HubAdmission *self);

/* Counts an attempt of @key, and on HUB_ADMISSION_OK a connection. */
HubAdmissionResult hub_admission_enter (HubAdmission *self, const char *key);

/* A connection that was admitted is closed. */
void hub_admission_leave (HubAdmission *self, const char *key);

/* Gives an attempt of @key back, but no faster than a key may make them: a client that refuses
 * every other handshake has its whole share of connections, and one that refuses them all makes the
 * host sign at most twice as often as one that does not. */
void hub_admission_forgive (HubAdmission *self, const char *key);

/* @key made the host lose up to HUB_REQUEST_HEADER_MAX_BYTES for good. More often than HUB_MISDEEDS
 * at once and one each HUB_BAR_MS it gets no new connection for that time; and so does everybody at
 * his first one, after HUB_MISDEEDS_TOTAL of all keys together. */
void hub_admission_accuse (HubAdmission *self, const char *key);

guint hub_admission_get_n_connections (HubAdmission *self);

/* How many keys are remembered: those with connections, and those that were too fast or
 * accused lately. */
guint hub_admission_get_n_keys (HubAdmission *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubAdmission, hub_admission_free)

G_END_DECLS
