/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-lan.h"
#include "net/hub-tls-stream.h"
#include "server/hub-admission.h"
#include "server/hub-connection.h"
#include "server/hub-warning-watch.h"

G_BEGIN_DECLS

/*
 * HubDoor: where peers come in. Accepts, asks HubAdmission and HubLan before the first byte is
 * read, tells by that byte what is spoken, shakes hands where it is TLS, and hands the connection
 * on. Keeps every connection until its end, with the deadline of the stage it is in.
 *
 * Owned by HubServer; lives on the thread of its poller.
 */
typedef struct _HubDoor HubDoor;

typedef struct
{
  /* It is open, a handshake done where it has one; its stage is HUB_STAGE_REQUEST. What it may be
   * served is up to its kind. */
  void (*opened) (HubConnection *connection, gpointer user_data);
  /* The last connection of a door that was shut is over. */
  void (*emptied) (gpointer user_data);
} HubDoorFuncs;

typedef struct
{
  HubClock *clock;
  HubPoller *poller;
  HubLan *lan;
  HubCredentials *credentials;
  GArray *listeners;         /* of hub_listeners_open(): the door takes it */
  GArray *local_listeners;   /* the same, of hub_listeners_open_local(); or NULL */
  HubWarningWatch *warnings; /* told of refused certificates and of requests; borrowed, or NULL */
  gboolean allow_remote;
  HubAdmissionCaps caps; /* of all but HUB_CONNECTION_LOCAL, which have HUB_MAX_LOCAL */
  guint max_pending;     /* 0: no limit */
} HubDoorConfig;

HubDoor *hub_door_new (const HubDoorConfig *config, const HubDoorFuncs *funcs, gpointer user_data);

/* Cuts every connection that is left; none of the functions is called any more. */
void hub_door_free (HubDoor *self);

/* For connections from now on. */
void hub_door_set_credentials (HubDoor *self, HubCredentials *credentials);

/* The connection whose remote address is this very object (libsoup tells no more about where a
 * request came from). Returns: (transfer none) (nullable) */
HubConnection *hub_door_find (HubDoor *self, GSocketAddress *remote);

/* The connection goes on to @stage, whose deadline begins now. */
void hub_door_set_stage (HubDoor *self, HubConnection *connection, HubStage stage);

/* @connection's peer did what hub_admission_accuse() is about. */
void hub_door_accuse (HubDoor *self, HubConnection *connection);

/* Accepts nobody any more and drops who has not shaken hands. */
void hub_door_shut (HubDoor *self);

/* Cuts every connection. */
void hub_door_cut (HubDoor *self);

/* For tests that move the clock by hand: does what is due. */
void hub_door_run (HubDoor *self);

guint hub_door_get_n_connections (HubDoor *self);
guint hub_door_get_n_pending (HubDoor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubDoor, hub_door_free)

G_END_DECLS
