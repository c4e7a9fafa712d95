/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-snapshot.h"

G_BEGIN_DECLS

/*
 * HubReporter: tells what happens, to people (HubConsole) or to programs (HubJsonLines). Told by
 * HubTerminal on the main thread.
 */
#define HUB_TYPE_REPORTER (hub_reporter_get_type ())
G_DECLARE_INTERFACE (HubReporter, hub_reporter, HUB, REPORTER, GObject)

struct _HubReporterInterface
{
  GTypeInterface parent_iface;

  void (*ready) (HubReporter *self, HubSnapshot *snapshot);
  void (*event) (HubReporter *self, const HubEvent *event, HubSnapshot *snapshot);
  void (*stopping) (HubReporter *self);
  void (*stopped) (HubReporter *self);
};

/* The chat is open. */
void hub_reporter_ready (HubReporter *self, HubSnapshot *snapshot);

/* Something happened; @snapshot is how things are since. It is NULL for a warning, or a
 * port in use, that comes before the chat is open. */
void hub_reporter_event (HubReporter *self, const HubEvent *event, HubSnapshot *snapshot);

/* The chat is being ended. */
void hub_reporter_stopping (HubReporter *self);

/* The chat is over: the last call. */
void hub_reporter_stopped (HubReporter *self);

G_END_DECLS
