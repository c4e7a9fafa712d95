/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "terminal/hub-console.h"
#include "terminal/hub-tally.h"

G_BEGIN_DECLS

/* HubConsole's inside, shared by hub-console.c (what the host is told and asks for) and
 * hub-console-event.c (what happens). */
struct _HubConsole
{
  GObject parent_instance;

  /* Owned */
  HubOutput *output;
  HubTally said;
  char *invitation; /* the one in the QR code drawn last */

  /* State */
  gboolean is_terminal;
  gboolean shows_names;
  gboolean has_commands;
  gint64 stuck_told_at; /* ms since the epoch */
};

/* HubReporterInterface.event */
void hub_console_event (HubReporter *reporter, const HubEvent *event, HubSnapshot *snapshot);

/* @text, which is safe to print, behind the time @at (milliseconds since the epoch). */
void hub_console_print_line (HubConsole *self, gint64 at, const char *text);

/* The QR code, and the code to join if there is one. */
void hub_console_print_codes (HubConsole *self, HubSnapshot *snapshot);

void hub_console_print_fingerprint (HubConsole *self, HubSnapshot *snapshot);

G_END_DECLS
