/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-snapshot.h"
#include "terminal/hub-output.h"

G_BEGIN_DECLS

/* What a reporter needs: an output that can be read back, a snapshot, events. */
typedef struct
{
  HubOutput *output;
  int fds[2]; /* read, write */
  GString *read;
} HubReportFixture;

/* @on_terminal: whether the output is a terminal (80 columns) or a pipe. */
void hub_report_fixture_init (HubReportFixture *self, gboolean on_terminal);
void hub_report_fixture_clear (HubReportFixture *self);

/* Makes the terminal this wide. */
void hub_report_fixture_set_columns (HubReportFixture *self, guint columns);

/* Everything printed since the last call. The terminal's CR LF is LF here. */
const char *hub_report_fixture_read (HubReportFixture *self);

/* The same once it holds @text; runs the main loop until then. */
const char *hub_report_fixture_wait (HubReportFixture *self, const char *text);

/* Port 8443 and two addresses, or none without @with_network. Returns: (transfer full) */
HubSnapshot *hub_report_fixture_snapshot (guint n_people, gboolean with_network, guint16 busy_port);

/* As above, locked, with a network and a listener for this computer's own browser; @code may be NULL.
 * Two people: "Ana" (1) from an iPhone, and "\033[2JBo" (12), who is away. Returns: (transfer full) */
HubSnapshot *hub_report_fixture_snapshot_locked (const char *code);

/* At noon UTC, with three guests present. Returns: (transfer full) */
HubEvent *hub_report_fixture_event (HubEventType type, const char *name, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubReportFixture, hub_report_fixture_clear)

G_END_DECLS
