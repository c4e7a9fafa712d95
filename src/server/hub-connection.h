/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-stream.h"
#include "server/hub-timeout-queue.h"

G_BEGIN_DECLS

/* Where a connection stands; each but the last has a deadline (base/hub-limits.h). */
typedef enum
{
  HUB_STAGE_PENDING,  /* no byte yet, or shaking hands */
  HUB_STAGE_REQUEST,  /* a request is coming in */
  HUB_STAGE_RESPONSE, /* its response is going out */
  HUB_STAGE_IDLE,     /* kept alive */
  HUB_STAGE_UPGRADED, /* a WebSocket or a stream of lines: its session sees to it */
} HubStage;

/* What is spoken on it, and so what it is served. */
typedef enum
{
  HUB_CONNECTION_TLS,   /* everything */
  HUB_CONNECTION_PLAIN, /* http at the port of https: help, never the chat */
  HUB_CONNECTION_LOCAL, /* http by this computer's own browser at the loopback listener: everything */
} HubConnectionKind;

#define HUB_STAGE_TIMED HUB_STAGE_UPGRADED /* the stages before it have a deadline */

/*
 * HubConnection: one accepted connection, from accept(2) to the end of its stream. A plain record;
 * made, changed and freed by HubDoor only.
 */
typedef struct
{
  GList link; /* in the door's list; data: this */
  HubConnectionKind kind;
  HubStage stage;
  HubTimeout timeout;  /* of the stage */
  HubTimeout stranded; /* while our end's address is gone */

  char *key; /* throttle key */
  GSocketAddress *local;
  GSocketAddress *remote;

  /* Until the first byte came: */
  int fd; /* -1: the stream has it */
  HubPollerId poll;

  /* From then on: */
  HubTlsStream *stream;
  gulong shaken;
  gulong ended;

  gpointer door; /* borrowed: whose it is */
} HubConnection;

/* Takes @fd. The addresses are asked of the socket. Returns: (nullable): NULL where it is gone
 * already (@fd is closed then) */
HubConnection *hub_connection_new (int fd);

/* Closes the socket unless the stream has it; cuts the stream. */
void hub_connection_free (HubConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubConnection, hub_connection_free)

/* The peer's address, and ours. Returns: (transfer none) */
GInetAddress *hub_connection_get_peer (HubConnection *self);
GInetAddress *hub_connection_get_local (HubConnection *self);

G_END_DECLS
