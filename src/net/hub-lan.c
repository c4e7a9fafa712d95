/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-lan.h"

#include "net/hub-lan-rank.h"
#include "net/hub-netlink.h"
#include "net/hub-throttle-key.h"

#include <glib-unix.h>
#include <linux/rtnetlink.h>
#include <unistd.h>

/* A network that comes up says so in a dozen messages; people want one answer. */
#define SETTLE_MS 500

struct _HubLan
{
  GObject parent_instance;

  /* Owned */
  HubNetlink *netlink;
  int subscription;
  GSource *events;
  GSource *settling;

  /* State */
  HubLanFacts *facts;
  GPtrArray *addresses;
};

G_DEFINE_FINAL_TYPE (HubLan, hub_lan, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
hub_lan_dispose (GObject *object)
{
  HubLan *self = HUB_LAN (object);

  clear_source (&self->events);
  clear_source (&self->settling);

  G_OBJECT_CLASS (hub_lan_parent_class)->dispose (object);
}

static void
hub_lan_finalize (GObject *object)
{
  HubLan *self = HUB_LAN (object);

  if (self->subscription >= 0)
    close (self->subscription);
  g_clear_pointer (&self->netlink, hub_netlink_free);
  g_clear_pointer (&self->facts, hub_lan_facts_free);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);

  G_OBJECT_CLASS (hub_lan_parent_class)->finalize (object);
}

static void
hub_lan_class_init (HubLanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_lan_dispose;
  object_class->finalize = hub_lan_finalize;

  signals[CHANGED] = g_signal_new ("changed", HUB_TYPE_LAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
hub_lan_init (HubLan *self)
{
  self->subscription = -1;
  self->facts = hub_lan_facts_new ();
  self->addresses = hub_lan_rank (self->facts);
}

/* Nothing changes on failure. */
static gboolean
scan (HubLan *self, GError **error)
{
  HubLanFacts *facts = hub_lan_facts_read (self->netlink, error);

  if (facts == NULL)
    return FALSE;

  hub_lan_facts_free (self->facts);
  self->facts = facts;

  return TRUE;
}

static gboolean
is_same_list (GPtrArray *one, GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;

  for (guint i = 0; i < one->len; i++)
    if (!hub_lan_address_equal (g_ptr_array_index (one, i), g_ptr_array_index (other, i)))
      return FALSE;

  return TRUE;
}

static gboolean
on_settled (gpointer user_data)
{
  HubLan *self = user_data;
  g_autoptr (GPtrArray) ranked = NULL;
  g_autoptr (GError) error = NULL;

  clear_source (&self->settling);

  if (!scan (self, &error))
    {
      g_debug ("Addresses stay as they were: %s", error->message);
      return G_SOURCE_REMOVE;
    }

  ranked = hub_lan_rank (self->facts);
  if (is_same_list (ranked, self->addresses))
    return G_SOURCE_REMOVE;

  g_ptr_array_unref (self->addresses);
  self->addresses = g_steal_pointer (&ranked);
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
on_subscription_ready (int fd, GIOCondition condition, gpointer user_data)
{
  HubLan *self = user_data;

  /* Not begun anew at each message: a network that never rests is read twice a second. */
  if (hub_netlink_drain (fd) && self->settling == NULL)
    {
      self->settling = g_timeout_source_new (SETTLE_MS);
      g_source_set_callback (self->settling, on_settled, self, NULL);
      g_source_attach (self->settling, g_main_context_get_thread_default ());
    }

  return G_SOURCE_CONTINUE;
}

HubLan *
hub_lan_new (GError **error)
{
  const guint32 groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE
                         | RTMGRP_IPV6_ROUTE;
  g_autoptr (HubLan) self = g_object_new (HUB_TYPE_LAN, NULL);

  /* Subscribed before the first reading, so that no change falls between the two. */
  self->netlink = hub_netlink_new (error);
  if (self->netlink == NULL)
    return NULL;
  self->subscription = hub_netlink_subscribe (groups, error);
  if (self->subscription < 0 || !scan (self, error))
    return NULL;

  g_ptr_array_unref (self->addresses);
  self->addresses = hub_lan_rank (self->facts);

  self->events = g_unix_fd_source_new (self->subscription, G_IO_IN);
  g_source_set_callback (self->events, G_SOURCE_FUNC (on_subscription_ready), self, NULL);
  g_source_attach (self->events, g_main_context_get_thread_default ());

  return g_steal_pointer (&self);
}

GPtrArray *
hub_lan_get_addresses (HubLan *self)
{
  g_return_val_if_fail (HUB_IS_LAN (self), NULL);

  return self->addresses;
}

gboolean
hub_lan_has_address (HubLan *self, GInetAddress *address)
{
  g_autoptr (GInetAddress) plain = NULL;

  g_return_val_if_fail (HUB_IS_LAN (self), FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  plain = hub_lan_address_unmap (address);

  return g_inet_address_get_is_loopback (plain)
         || hub_lan_facts_find_address (self->facts, plain) != 0;
}

gboolean
hub_lan_is_on_link (HubLan *self, GInetAddress *peer)
{
  g_autoptr (GInetAddress) plain = NULL;
  guint next = 0;

  g_return_val_if_fail (HUB_IS_LAN (self), FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (peer), FALSE);

  plain = hub_lan_address_unmap (peer);

  return hub_lan_facts_next_network (self->facts, plain, &next) != 0;
}

gboolean
hub_lan_admits (HubLan *self, GInetAddress *peer)
{
  g_return_val_if_fail (HUB_IS_LAN (self), FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (peer), FALSE);

  return hub_lan_address_is_private (peer) || hub_lan_is_on_link (self, peer);
}

char *
hub_lan_dup_throttle_key (HubLan *self, GInetAddress *peer)
{
  g_autoptr (GInetAddress) plain = NULL;
  guint next = 0;
  int index;

  g_return_val_if_fail (HUB_IS_LAN (self), NULL);
  g_return_val_if_fail (G_IS_INET_ADDRESS (peer), NULL);

  if (hub_lan_has_address (self, peer))
    return g_strdup (HUB_THROTTLE_KEY_LOOPBACK);

  plain = hub_lan_address_unmap (peer);
  while ((index = hub_lan_facts_next_network (self->facts, plain, &next)) != 0)
    {
      char *key = hub_throttle_key_dup_neighbour (self->netlink, index, plain);

      if (key != NULL)
        return key;
    }

  return hub_throttle_key_dup_address (plain);
}
