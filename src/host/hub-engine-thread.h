/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-moderator.h"
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
  HUB_REPORT_NEWS,    /* with events, and a snapshot where they changed one */
  HUB_REPORT_DECIDED, /* what came of a decision has been reported */
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

/* Something that the host decides about the chat; runs on the engine's thread. */
typedef void (*HubDecisionFunc) (HubModerator *moderator, guint64 argument);

/* Has @func called, if a chat runs by then. What comes of it is reported at once, and then DECIDED,
 * in any case. */
void hub_engine_thread_decide (HubEngineThread *self, HubDecisionFunc func, guint64 argument);

/* Stops the chat, waits for it (HUB_SHUTDOWN_MS at most, then drops what holds it up) and for the
 * thread; nothing is reported any more. */
void hub_engine_thread_free (HubEngineThread *self);

G_END_DECLS
