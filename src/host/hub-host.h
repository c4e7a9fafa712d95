/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-code-request.h"
#include "host/hub-settings.h"
#include "host/hub-snapshot.h"

G_BEGIN_DECLS

/*
 * HubHost: the one thing both programs talk to. A state machine in front of the engine's thread:
 * commands go down as closures on the engine's context, news comes up in batches, at most one a
 * frame, on the context the host was made in. All calls from the thread that made it.
 *
 *   STOPPED -start-> STARTING -> READY -stop-> STOPPING -> STOPPED
 *                        `-> FAILED -start-> STARTING
 *
 * Signals:
 *   state-changed ()
 *   snapshot-changed ()
 *   events (GPtrArray of HubEvent, valid during the emission)
 *   decided ()   after hub_host_remove(), _set_locked() or _ask_code(): what came of it has been told
 */
typedef enum
{
  HUB_HOST_STOPPED,
  HUB_HOST_STARTING,
  HUB_HOST_READY,
  HUB_HOST_STOPPING,
  HUB_HOST_FAILED,
} HubHostState;

#define HUB_TYPE_HOST (hub_host_get_type ())
G_DECLARE_FINAL_TYPE (HubHost, hub_host, HUB, HOST, GObject)

/* Raises RLIMIT_NOFILE to the hard limit and starts the engine's thread. */
HubHost *hub_host_new (void);

HubHostState hub_host_get_state (HubHost *self);

/* Why it FAILED: one plain, translated sentence with a way out, but for the one below. Domain and code
 * tell programs. */
const GError *hub_host_get_error (HubHost *self);

/* Whether @error is about the folder of the identity. Its message does not say what to do about it:
 * whether another one can be chosen, and how, the program knows. */
gboolean hub_host_is_folder_error (const GError *error);

/* The latest, NULL before the first READY. */
HubSnapshot *hub_host_get_snapshot (HubHost *self);

/* STOPPED or FAILED -> STARTING. */
void hub_host_start (HubHost *self, const HubSettings *settings);

/* READY (or STARTING) -> STOPPING -> STOPPED, within 2 s. Idempotent. */
void hub_host_stop (HubHost *self);

/* Reads an owner's certificate files again; the outcome comes as an event. */
void hub_host_reload_certificate (HubHost *self);

/* What the host decides about a chat. They do nothing unless it is READY, and nothing where they
 * come too late (the guest is gone, the chat ends meanwhile); what they did comes as an event and in
 * the snapshot, and then, in either case, `decided`. */

/* Removes the guest with this id, and bars it until the chat ends: by its seat, and by its address,
 * so that a new tab or name does not help. Whoever shares the address with it (people behind one
 * router, everybody in a virtual machine or container of one computer) is barred with it: those of
 * them who are in stay, but cannot come back. This computer's own browser is barred by its seat
 * alone. */
void hub_host_remove (HubHost *self, guint64 guest_id);

/* Nobody new is let in; who is or was in may come back. The event says how it is now, also where that
 * is nothing new: whoever asked is answered. */
void hub_host_set_locked (HubHost *self, gboolean is_locked);

/* Newcomers are asked for a code, or not; those who are or were in are not. The event says how it is
 * now, as above. */
void hub_host_ask_code (HubHost *self, HubCodeRequest request);

/* Stops whatever runs, waits for it (2 s at most) and joins the engine's thread. The last call. */
void hub_host_shutdown (HubHost *self);

/* The CA certificate of @data_dir in PEM, made where there is none. Returns: (transfer full) */
char *hub_host_dup_ca_pem (const char *data_dir, GError **error);

G_END_DECLS
