/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-limits.h"
#include "host/hub-host.h"

G_BEGIN_DECLS

/*
 * What a stop may take here, in microseconds. By itself it is over within HUB_SHUTDOWN_MS; as much
 * again is for a busy machine. One that is held up takes longer: by libsoup's closes 4.8 s, by others
 * for ever.
 */
#define HUB_TEST_STOP_US (2 * HUB_SHUTDOWN_MS * G_TIME_SPAN_MILLISECOND)

/* A host with a directory of its own, on a port of the system's choice of loopback, and what it told. */
typedef struct
{
  HubHost *host;
  HubSettings *settings;
  char *directory;
  GString
      *told; /* "+Ana -Ana #Ana :Anahello !warning ?port in use <places> <locked> <code>K7M2PX " */
  guint n_snapshots;
} HubHostFixture;

void hub_host_fixture_init (HubHostFixture *self);
/* Shuts the host down and removes the directory. */
void hub_host_fixture_clear (HubHostFixture *self);

/* Runs the loop until the host is in @state. */
void hub_host_fixture_wait_for_state (HubHostFixture *self, HubHostState state);

/* Runs the loop until @told was told. */
void hub_host_fixture_wait_for_told (HubHostFixture *self, const char *told);

/* Starts, and waits until it is ready. */
void hub_host_fixture_start (HubHostFixture *self);

/* Stops, and waits for it: HUB_TEST_STOP_US at most. */
void hub_host_fixture_stop (HubHostFixture *self);

/* Starts, expecting this error. */
void hub_host_fixture_assert_fails (HubHostFixture *self, GQuark domain, int code);

const char *hub_host_fixture_get_fingerprint (HubHostFixture *self);
guint16 hub_host_fixture_get_port (HubHostFixture *self);

G_END_DECLS
