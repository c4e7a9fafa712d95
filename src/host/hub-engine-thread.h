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
 * HubEngineThread: the thread that an engine lives on, and the way to it and back. Closures go
 * down through one mailbox, reports come up through another, on the context this was made in.
 * Owned by HubHost; its functions are called, and its reports come, on the thread that made it.
 */
typedef struct _HubEngineThread HubEngineThread;

typedef enum
{
  HUB_REPORT_STARTED, /* with a snapshot */
  HUB_REPORT_FAILED,  /* with an error */
  HUB_REPORT_STOPPED,
  HUB_REPORT_NEWS, /* with events, and a snapshot where they changed one */
} HubReportType;

typedef struct
{
  HubReportType type;
  GError *error;
  GPtrArray *events; /* HubEvent */
  HubSnapshot *snapshot;
} HubReport;

typedef void (*HubReportFunc) (const HubReport *report, gpointer user_data);

/* Starts the thread. @connections: what the descriptors allow. */
HubEngineThread *
hub_engine_thread_new (guint connections, HubReportFunc report, gpointer user_data);

/* Starts a chat where none runs: STARTED or FAILED is reported. */
void hub_engine_thread_start (HubEngineThread *self, const HubSettings *settings);

/* Stops the chat, if one runs: STOPPED is reported in any case. */
void hub_engine_thread_stop (HubEngineThread *self);

void hub_engine_thread_reload_certificate (HubEngineThread *self);

/* What the host decides about the chat, if one runs. */
void hub_engine_thread_remove (HubEngineThread *self, guint64 guest_id);
void hub_engine_thread_set_locked (HubEngineThread *self, gboolean is_locked);
void hub_engine_thread_ask_code (HubEngineThread *self, HubCodeRequest request);

/* Stops the chat, waits for it (HUB_SHUTDOWN_MS at most) and for the thread; nothing is reported
 * any more. */
void hub_engine_thread_free (HubEngineThread *self);

G_END_DECLS
