/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubFakeAvahi: as much of org.freedesktop.Avahi as HubMdnsName uses, on a bus of the test's.
 * Answers from the loop of the thread that made it. Real daemons: tests/net/test-mdns-avahi.py.
 */
typedef struct _HubFakeAvahi HubFakeAvahi;

/* Takes the daemon's name on the bus at @address. */
HubFakeAvahi *hub_fake_avahi_new (const char *address);

/* Leaves the bus, as a daemon that is stopped. */
void hub_fake_avahi_free (HubFakeAvahi *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubFakeAvahi, hub_fake_avahi_free)

/* From now on @name ("label.local", or a service's name) belongs to somebody else. */
void hub_fake_avahi_take (HubFakeAvahi *self, const char *name);

/* Every name is somebody else's. */
void hub_fake_avahi_take_all (HubFakeAvahi *self);

/* @method of an entry group fails with @error_name; NULL: works again. */
void hub_fake_avahi_break (HubFakeAvahi *self, const char *method, const char *error_name);

/* Tells every group that holds @name that it collided after all. */
void hub_fake_avahi_collide (HubFakeAvahi *self, const char *name);

/* What is published now: lines of "name address" and "service host port", sorted.
 * Returns: (transfer full) */
char *hub_fake_avahi_dup_records (HubFakeAvahi *self);

/* How many groups were made and not freed; how many commits there were in all. */
guint hub_fake_avahi_count_groups (HubFakeAvahi *self);
guint hub_fake_avahi_count_commits (HubFakeAvahi *self);

G_END_DECLS
