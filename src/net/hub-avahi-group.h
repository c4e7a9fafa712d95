/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubAvahiGroup: records that the Avahi daemon publishes together, over its D-Bus interface
 * org.freedesktop.Avahi.EntryGroup. Filled once, committed once; freed, it is withdrawn.
 * Owned by a HubMdnsName, on its thread; makes asynchronous calls only.
 */
typedef struct _HubAvahiGroup HubAvahiGroup;

#define HUB_AVAHI_NAME "org.freedesktop.Avahi"

typedef enum
{
  HUB_AVAHI_GROUP_ESTABLISHED,
  HUB_AVAHI_GROUP_COLLIDED, /* somebody else has one of its names */
  HUB_AVAHI_GROUP_FAILED,
} HubAvahiGroupState;

/* Told when the state is another; the group may be freed by it. */
typedef void (*HubAvahiGroupFunc) (HubAvahiGroupState state, gpointer user_data);

/* @owner: the daemon's unique name on @bus. Returns: (transfer full) */
HubAvahiGroup *hub_avahi_group_new (GDBusConnection *bus,
                                    const char *owner,
                                    HubAvahiGroupFunc func,
                                    gpointer user_data);

/* Says goodbye on the network. The function is not called any more. */
void hub_avahi_group_free (HubAvahiGroup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubAvahiGroup, hub_avahi_group_free)

/* An A or AAAA record of @name ("label.local") on the interface @index, without the reverse record:
 * that belongs to the computer's own name. */
void hub_avahi_group_add_address (HubAvahiGroup *self,
                                  int index,
                                  const char *name,
                                  GInetAddress *address);

/* A service _https._tcp at @host whose page is "/". @instance: at most 63 bytes. */
void hub_avahi_group_add_service (HubAvahiGroup *self,
                                  const char *instance,
                                  const char *host,
                                  guint16 port);

/* Publishes what was added. */
void hub_avahi_group_commit (HubAvahiGroup *self);

G_END_DECLS
