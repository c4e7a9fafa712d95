/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"
#include "net/hub-lan.h"
#include "net/hub-tls-stream.h"

G_BEGIN_DECLS

/*
 * HubServer: the HTTPS + WebSocket server around one room: door, routes, sessions, fan-out put
 * together. Owned by host/'s engine; lives on the thread whose default context it was made in.
 *
 * Signals:
 *   stuck ()   a device stopped at its browser's warning about the certificate
 */
#define HUB_SERVER_ERROR (hub_server_error_quark ())
GQuark hub_server_error_quark (void);

typedef enum
{
  HUB_SERVER_ERROR_FAILED,
  HUB_SERVER_ERROR_PORT_IN_USE,
  HUB_SERVER_ERROR_PORT_FORBIDDEN, /* below 1024 without the right */
  HUB_SERVER_ERROR_ADDRESS,        /* not an address of this computer */
  HUB_SERVER_ERROR_WEB_ROOT,       /* not a folder that can be read */
} HubServerError;

typedef struct
{
  HubClock *clock;
  HubRoom *room;
  HubLan *lan;
  HubCredentials *credentials;
  GPtrArray *listen_on;           /* GInetAddress; NULL or empty: every address, v4 and v6 */
  guint16 port;                   /* 0: any */
  const char *const *allow_hosts; /* further names for Host; NULL-terminated or NULL */
  gboolean has_own_pair; /* the credentials are an owner's: their names are names for Host, too */
  gboolean allow_remote;
  guint max_connections; /* all peers together, at least 1 */
  guint max_per_address; /* connections per throttle key; 0: no limit */
  guint max_pending;     /* handshakes under way, all peers together; 0: no limit */
  guint max_attempts;    /* new connections per throttle key and second; 0: no limit */
  guint message_rate;    /* told in `welcome`; 0: no limit */
  const char *web_root;  /* a folder served instead of the built-in client, or NULL */
} HubServerConfig;

#define HUB_TYPE_SERVER (hub_server_get_type ())
G_DECLARE_FINAL_TYPE (HubServer, hub_server, HUB, SERVER, GObject)

/* Copies what it needs of @config. Listens at once; errors are HUB_SERVER_ERROR. */
HubServer *hub_server_new (const HubServerConfig *config, GError **error);

/* The port it listens on. */
guint16 hub_server_get_port (HubServer *self);

/* The port of the plain listener on 127.0.0.1 and ::1 that is there for this computer's own
 * browser; 0: there is none. */
guint16 hub_server_get_local_port (HubServer *self);

/* New certificate for connections from now on. */
void hub_server_set_credentials (HubServer *self, HubCredentials *credentials);

/* What guests are told as the room's addresses, best first, and what `Host` may say besides
 * --allow-host: the hosts of these URLs, this computer's other addresses, @mdns_name ("label.local"
 * or NULL), the names of an owner's certificate (those of our own keep names of other days),
 * localhost on loopback. Tells JSON clients (`room`) when they changed. */
void hub_server_set_urls (HubServer *self, const char *const *urls, const char *mdns_name);

/* Live figures, for the host's display and for tests that look for leaks. */
typedef struct
{
  guint connections; /* accepted and not closed, of whatever state */
  guint sessions;    /* WebSockets, and streams of lines */
  guint handshakes;  /* under way */
} HubServerFigures;

void hub_server_get_figures (HubServer *self, HubServerFigures *figures);

/* For tests that move the clock by hand: does what is due of all deadlines. */
void hub_server_run (HubServer *self);

/* Ends the chat for everybody: the door closes, `ended` {stopped} and close 1001 to all, what is
 * queued is flushed, silent peers are cut after HUB_STOP_LINGER_MS. @callback comes once no
 * connection is left. */
void hub_server_stop_async (HubServer *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean hub_server_stop_finish (HubServer *self, GAsyncResult *result, GError **error);

/* For a stop that was asked for and takes too long: drops every connection at once, so that its
 * callback comes as soon as the loop turns. */
void hub_server_cut (HubServer *self);

G_END_DECLS
