/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-snapshot.h"

G_BEGIN_DECLS

/* What the host may ask for at any time. */
typedef enum
{
  HUB_ANSWER_HELP,   /* the commands */
  HUB_ANSWER_PEOPLE, /* who is here */
  HUB_ANSWER_QR,     /* the code to scan */
} HubAnswer;

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
  void (*answer) (HubReporter *self, HubAnswer answer, HubSnapshot *snapshot);
  void (*refuse) (HubReporter *self, const char *sentence);
  void (*stopping) (HubReporter *self);
  void (*stopped) (HubReporter *self);
};

/* The chat is open. */
void hub_reporter_ready (HubReporter *self, HubSnapshot *snapshot);

/* Something happened; @snapshot is how things are since. It is NULL for a warning, or a
 * port in use, that comes before the chat is open. */
void hub_reporter_event (HubReporter *self, const HubEvent *event, HubSnapshot *snapshot);

/* Answers the host; @snapshot is how things are now. */
void hub_reporter_answer (HubReporter *self, HubAnswer answer, HubSnapshot *snapshot);

/* Tells the host why what was typed is not done: @sentence, which needs no escaping. */
void hub_reporter_refuse (HubReporter *self, const char *sentence);

/* The chat is being ended. */
void hub_reporter_stopping (HubReporter *self);

/* The chat is over: the last call. */
void hub_reporter_stopped (HubReporter *self);

G_END_DECLS
