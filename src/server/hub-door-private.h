/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-admission.h"
#include "server/hub-door.h"
#include "server/hub-listener.h"
#include "server/hub-stages.h"

G_BEGIN_DECLS

/*
 * What the files of HubDoor share with each other only: hub-door.c keeps the connections,
 * hub-door-enter.c has the way from accept(2) to a stream that is open, hub-door-moves.c what
 * happens when this computer's addresses change.
 */
struct _HubDoor
{
  /* Owned */
  HubClock *clock;
  HubPoller *poller;
  HubLan *lan;
  HubCredentials *credentials;
  HubListener *listener;       /* NULL once shut */
  HubListener *local_listener; /* NULL once shut, and where there is none */
  HubAdmission *admission;
  HubAdmission *local_admission;
  HubStages *stages;
  HubTimeoutQueue *holds;    /* of one: when to look again whether to hold the listener */
  HubTimeoutQueue *stranded; /* connections whose local address is gone */
  GHashTable *by_remote;     /* GSocketAddress by identity -> HubConnection */

  /* Borrowed */
  HubWarningWatch *warnings;

  /* State */
  HubDoorFuncs funcs;
  gpointer user_data;
  HubTimeout hold;
  GQueue connections;
  guint max_pending;
  gboolean allow_remote;
};

/* Keeps a record of @connection from now on. */
void hub_door_add (HubDoor *self, HubConnection *connection);

/* Ends the record of @connection, whatever its stage. */
void hub_door_drop (HubDoor *self, HubConnection *connection);

/* Its time is over. */
void hub_door_expire (HubDoor *self, HubConnection *connection);

/* Who waits behind the door is let in as soon as there is room, or the oldest inside has had his
 * time and makes some. */
void hub_door_update_hold (HubDoor *self);

/* Whether as many shake hands as may. */
gboolean hub_door_is_full (HubDoor *self);

/* Gives the socket a stream that speaks @connection's kind. */
void hub_door_start_stream (HubDoor *self, HubConnection *connection);

/* For the two listeners. */
void hub_door_on_accepted (int fd, gpointer user_data);
void hub_door_on_local_accepted (int fd, gpointer user_data);

/* For HubLan's `changed`, and for the queue of those it strands. */
void hub_door_on_lan_changed (HubLan *lan, HubDoor *self);
void hub_door_on_stranded (gpointer owner, gpointer user_data);

G_END_DECLS
