/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-guest.h"
#include "host/hub-snapshot.h"

G_BEGIN_DECLS

/* What a snapshot is made of: for the engine, which makes them. */

/* Returns: (transfer full) */
HubPerson *hub_person_new (guint64 id,
                           const char *name,
                           const char *device,
                           gint64 joined_at,
                           gboolean is_away);
void hub_person_free (HubPerson *self);

/* Those @guests (element-type HubGuest) as they are now.
 * Returns: (transfer full) (element-type HubPerson) */
GPtrArray *hub_person_make_list (GPtrArray *guests);

/* Returns: (transfer full) */
HubPlace *hub_place_new (const char *url, const char *label, gboolean is_vpn);
HubPlace *hub_place_copy (const HubPlace *self);
void hub_place_free (HubPlace *self);

typedef struct
{
  const char *room_name;
  guint16 port;
  guint16 busy_port;
  GPtrArray *places; /* (transfer full) (element-type HubPlace), freed with its elements */
  const char *fingerprint;
  guint max_guests;
  gboolean is_locked;
  const char *code;   /* or NULL */
  guint16 local_port; /* 0: none */
  GPtrArray *people;  /* (transfer full) (element-type HubPerson), freed with its elements */
} HubSnapshotParts;

/* Returns: (transfer full) */
HubSnapshot *hub_snapshot_new (const HubSnapshotParts *parts);

G_END_DECLS
