/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-event.h"

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * What crosses from the engine's thread to the program's: immutable, reference counted atomically.
 */

/* One present guest, as he was when the snapshot was made. */
typedef struct
{
  guint64 id;
  char *name;
  char *device;
  gint64 joined_at; /* ms since the epoch */
  gboolean is_away;
} HubPerson;

/* One address of the host, for choosing. */
typedef struct
{
  char *url;   /* "https://192.168.1.5:8443/" */
  char *label; /* "Wi-Fi (wlp3s0)", "Name" for the .local one */
  gboolean is_vpn;
} HubPlace;

typedef struct _HubSnapshot HubSnapshot;
#define HUB_TYPE_SNAPSHOT (hub_snapshot_get_type ())
GType hub_snapshot_get_type (void);
HubSnapshot *hub_snapshot_ref (HubSnapshot *self);
void hub_snapshot_unref (HubSnapshot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubSnapshot, hub_snapshot_unref)

const char *hub_snapshot_get_room_name (HubSnapshot *self);
guint16 hub_snapshot_get_port (HubSnapshot *self);
/* Asked-for port that was in use, or 0. */
guint16 hub_snapshot_get_busy_port (HubSnapshot *self);
/* Best first; empty without a network. (element-type HubPlace) */
GPtrArray *hub_snapshot_get_places (HubSnapshot *self);
/* URLs of the places, NULL-terminated. */
const char *const *hub_snapshot_get_urls (HubSnapshot *self);
/* SHA-256 of the server certificate, "AB:CD:...". */
const char *hub_snapshot_get_fingerprint (HubSnapshot *self);
/* Guests allowed at once (resolved, never 0). */
guint hub_snapshot_get_max_guests (HubSnapshot *self);
/* Whether nobody new is let in. */
gboolean hub_snapshot_is_locked (HubSnapshot *self);
/* What newcomers are asked for, or NULL: nothing. */
const char *hub_snapshot_get_code (HubSnapshot *self);
/* The chat for this computer's own browser, "http://127.0.0.1:PORT/", or NULL: none. */
const char *hub_snapshot_get_local_url (HubSnapshot *self);
/* What a QR code of @url (one of the room's) says: with the code where one is asked for, behind a
 * "#", so that no browser sends it to anybody. To be shown as a QR code only: people who pass an
 * address on do not mean to pass the code on, too. Returns: (transfer full) */
char *hub_snapshot_dup_invitation (HubSnapshot *self, const char *url);
/* (element-type HubPerson) */
GPtrArray *hub_snapshot_get_people (HubSnapshot *self);

G_END_DECLS
