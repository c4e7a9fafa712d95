/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-key-meter.h"
#include "server/hub-door.h"
#include "server/hub-hall.h"
#include "server/hub-help-server.h"
#include "server/hub-http-server.h"
#include "server/hub-pulse.h"
#include "server/hub-server.h"

G_BEGIN_DECLS

/*
 * What the files of HubServer share with each other only: hub-server-build.c puts the parts
 * together and hands connections from one to the next, hub-server.c is their life and end.
 */
struct _HubServer
{
  GObject parent_instance;

  /* Owned */
  HubClock *clock;
  HubRoom *room;
  HubLan *lan;
  HubCredentials *credentials;
  HubPoller *poller;
  HubPulse *pulse;      /* of WebSockets */
  HubPulse *line_pulse; /* of streams of lines */
  HubHall *hall;
  HubDoor *door;
  HubAssets *assets;
  HubWarningWatch *warnings;
  HubKeyMeter *wrong_tokens;
  HubHttpServer *http; /* NULL once it stops */
  HubHelpServer *help; /* the same */
  char **allow_hosts;
  char **urls;
  char *mdns_name;

  /* State */
  guint16 port;
  guint16 local_port; /* 0: none */
  gboolean has_own_pair;
  GTask *stopping;
  GSource *linger;
  GSource *emptied;
};

/* Makes everything that @config is about; an error leaves what there is for dispose. */
gboolean hub_server_build (HubServer *self, const HubServerConfig *config, GError **error);

/* What `Host` may say now. Returns: (transfer full) */
HubHostList *hub_server_make_hosts (HubServer *self);

/* The door's news. */
void hub_server_on_emptied (gpointer user_data);

/* Emits `stuck`. */
void hub_server_tell_stuck (HubServer *self);

G_END_DECLS
