/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubBusCaller: another program on a bus of the test's, that calls the program under test and listens to
 * its signals. Everything runs on the loop of the thread that made it, where the program under test may
 * be as well.
 */
typedef struct _HubBusCaller HubBusCaller;

/* @peer: the unique name of who is called. */
HubBusCaller *hub_bus_caller_new (const char *address, const char *peer);
void hub_bus_caller_free (HubBusCaller *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubBusCaller, hub_bus_caller_free)

/* A connection of the test's own to the bus at @address. Returns: (transfer full) */
GDBusConnection *hub_bus_caller_connect (const char *address);

/* Calls and waits for the reply, with the loop running. @parameters: (nullable), floating references
 * are taken. Returns: (transfer full) (nullable): NULL with @error set */
GVariant *hub_bus_caller_call (HubBusCaller *self,
                               const char *path,
                               const char *interface,
                               const char *method,
                               GVariant *parameters,
                               GError **error);

/* The same, in GVariant's text form; the error's name and message if it is one.
 * Returns: (transfer full) */
char *hub_bus_caller_ask (HubBusCaller *self,
                          const char *path,
                          const char *interface,
                          const char *method,
                          GVariant *parameters);

/* A property in text form. Returns: (transfer full) */
char *hub_bus_caller_ask_property (HubBusCaller *self,
                                   const char *path,
                                   const char *interface,
                                   const char *name);

/* Runs the loop until it has nothing more to do, and until every signal sent so far is here. */
void hub_bus_caller_settle (HubBusCaller *self);

/* The signals since the last call, one a line: "Name (parameters)". Returns: (transfer full) */
char *hub_bus_caller_take_signals (HubBusCaller *self);

G_END_DECLS
