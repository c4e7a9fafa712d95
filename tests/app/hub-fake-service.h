/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubFakeService: a service on a bus of the test's, on a thread of its own, so that it answers those who
 * wait for it as well. Logs every call as "Method(arguments)\n".
 */
typedef struct _HubFakeService HubFakeService;

/* Answers @invocation, in the service's thread; NULL in its place: every call is answered with (). */
typedef void (*HubFakeServiceAnswer) (HubFakeService *self,
                                      GDBusMethodInvocation *invocation,
                                      gpointer data);

/* Owns @name on the bus at @address (NULL: the session's) and has an object at @path with what @xml, a
 * node, describes. @data outlives the service. */
HubFakeService *hub_fake_service_new (const char *address,
                                      const char *name,
                                      const char *path,
                                      const char *xml,
                                      HubFakeServiceAnswer answer,
                                      gpointer data);
/* Leaves the bus. */
void hub_fake_service_free (HubFakeService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubFakeService, hub_fake_service_free)

/* One more object, in the service's thread: what is called there is logged, too, and answered with (). */
void hub_fake_service_add_object (HubFakeService *self, const char *path, const char *xml);

/* Emits to @destination, or to all. */
void hub_fake_service_emit (HubFakeService *self,
                            const char *destination,
                            const char *path,
                            const char *interface,
                            const char *signal,
                            GVariant *parameters);

/* Everything called so far. Returns: (transfer full) */
char *hub_fake_service_dup_log (HubFakeService *self);

/* How many calls' lines contain @text. */
guint hub_fake_service_count (HubFakeService *self, const char *text);

/* Runs the default context until there are @n such calls. */
void hub_fake_service_wait_for (HubFakeService *self, const char *text, guint n);

/* Runs the default context until *@condition; @what: what is awaited, for the failure. */
void hub_fake_service_run_until (const gboolean *condition, const char *what);

G_END_DECLS
