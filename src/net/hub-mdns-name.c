/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-mdns-name.h"

#include "base/hub-limits.h"
#include "net/hub-avahi-group.h"
#include "net/hub-lan-facts.h"

#include <string.h>

/* RFC 1035, 2.3.4: octets in one label. */
#define LABEL_MAX_BYTES 63
#define FALLBACK_LABEL "hubbub"

/* Somebody who claims every name that we ask for is not to keep us busy for ever. */
#define MAX_COLLISIONS 15

struct _HubMdnsName
{
  GObject parent_instance;

  /* Owned */
  char *label;        /* the one that is tried, or established */
  char *service_name; /* the same of the service */
  guint16 port;
  GPtrArray *addresses;   /* GInetAddress */
  GCancellable *renaming; /* of asking for another name */
  GDBusConnection *bus;
  char *owner; /* of the daemon's name; NULL while it does not run */
  HubAvahiGroup *name_group;
  HubAvahiGroup *service_group;

  /* State */
  guint watch;
  guint n_collisions;
  gboolean is_established;
  gboolean is_withdrawn;
};

G_DEFINE_FINAL_TYPE (HubMdnsName, hub_mdns_name, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void publish_name (HubMdnsName *self);
static void publish_service (HubMdnsName *self);

static void
clear_groups (HubMdnsName *self)
{
  g_clear_pointer (&self->service_group, hub_avahi_group_free);
  g_clear_pointer (&self->name_group, hub_avahi_group_free);
}

/* Leaves the bus. The groups say goodbye while it is still there. */
static void
disconnect (HubMdnsName *self)
{
  g_cancellable_cancel (self->renaming);
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  clear_groups (self);
  g_clear_pointer (&self->owner, g_free);
  g_clear_object (&self->bus);
}

static void
hub_mdns_name_dispose (GObject *object)
{
  disconnect (HUB_MDNS_NAME (object));

  G_OBJECT_CLASS (hub_mdns_name_parent_class)->dispose (object);
}

static void
hub_mdns_name_finalize (GObject *object)
{
  HubMdnsName *self = HUB_MDNS_NAME (object);

  g_free (self->label);
  g_free (self->service_name);
  g_ptr_array_unref (self->addresses);
  g_object_unref (self->renaming);

  G_OBJECT_CLASS (hub_mdns_name_parent_class)->finalize (object);
}

static void
hub_mdns_name_class_init (HubMdnsNameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_mdns_name_dispose;
  object_class->finalize = hub_mdns_name_finalize;

  signals[CHANGED] = g_signal_new ("changed", HUB_TYPE_MDNS_NAME, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
hub_mdns_name_init (HubMdnsName *self)
{
  self->addresses = g_ptr_array_new_with_free_func (g_object_unref);
  self->renaming = g_cancellable_new ();
}

static void
set_established (HubMdnsName *self, gboolean is_established)
{
  if (self->is_established == is_established)
    return;

  self->is_established = is_established;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Returns: (transfer full) (nullable): NULL when the call failed, or is not wanted any more. */
static char *
finish_alternative (GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  char *name;

  if (reply == NULL)
    {
      g_debug ("No other name: %s", error->message);
      return NULL;
    }

  g_variant_get (reply, "(s)", &name);

  return name;
}

static void
label_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *label = finish_alternative (source, result);
  HubMdnsName *self = user_data;

  if (label == NULL)
    return;

  g_free (self->label);
  self->label = hub_mdns_name_make_label (label);
  publish_name (self);
}

static void
service_name_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *name = finish_alternative (source, result);
  HubMdnsName *self = user_data;

  if (name == NULL)
    return;

  g_free (self->service_name);
  self->service_name = g_steal_pointer (&name);
  publish_service (self);
}

/* The daemon knows how names are told apart: "box" becomes "box-2". */
static void
find_alternative (HubMdnsName *self,
                  const char *method,
                  const char *name,
                  GAsyncReadyCallback callback)
{
  if (self->owner == NULL || ++self->n_collisions > MAX_COLLISIONS)
    return;

  g_dbus_connection_call (self->bus, self->owner, "/", HUB_AVAHI_NAME ".Server", method,
                          g_variant_new ("(s)", name), G_VARIANT_TYPE ("(s)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->renaming, callback, self);
}

static void
on_service_state (HubAvahiGroupState state, gpointer user_data)
{
  HubMdnsName *self = user_data;

  if (state != HUB_AVAHI_GROUP_COLLIDED)
    return;

  g_clear_pointer (&self->service_group, hub_avahi_group_free);
  find_alternative (self, "GetAlternativeServiceName", self->service_name, service_name_found_cb);
}

static void
publish_service (HubMdnsName *self)
{
  g_autofree char *host = g_strconcat (self->label, ".local", NULL);

  g_clear_pointer (&self->service_group, hub_avahi_group_free);
  if (self->owner == NULL)
    return;

  self->service_group = hub_avahi_group_new (self->bus, self->owner, on_service_state, self);
  hub_avahi_group_add_service (self->service_group, self->service_name, host, self->port);
  hub_avahi_group_commit (self->service_group);
}

static void
on_name_state (HubAvahiGroupState state, gpointer user_data)
{
  g_autoptr (HubMdnsName) self = g_object_ref (user_data);

  if (state == HUB_AVAHI_GROUP_ESTABLISHED)
    {
      publish_service (self);
      set_established (self, TRUE);
      return;
    }

  clear_groups (self);
  if (state == HUB_AVAHI_GROUP_COLLIDED)
    find_alternative (self, "GetAlternativeHostName", self->label, label_found_cb);
  set_established (self, FALSE);
}

/* Published where it belongs: a guest on the Wi-Fi has no use for our address on the cable. */
static void
add_addresses (HubMdnsName *self)
{
  g_autofree char *name = g_strconcat (self->label, ".local", NULL);
  g_autoptr (HubNetlink) netlink = hub_netlink_new (NULL);
  g_autoptr (HubLanFacts) facts = netlink != NULL ? hub_lan_facts_read (netlink, NULL) : NULL;

  for (guint i = 0; i < MIN (self->addresses->len, HUB_LEAF_MAX_ADDRESSES); i++)
    {
      GInetAddress *address = g_ptr_array_index (self->addresses, i);
      int index = facts != NULL ? hub_lan_facts_find_address (facts, address) : 0;

      hub_avahi_group_add_address (self->name_group, index > 0 ? index : -1, name, address);
    }
}

/* The daemon publishes the computer's own name by itself. Where ours is the same, the records are
 * too: it takes that for no conflict and says each once. */
static void
publish_name (HubMdnsName *self)
{
  g_cancellable_cancel (self->renaming);
  g_clear_object (&self->renaming);
  self->renaming = g_cancellable_new ();
  clear_groups (self);

  if (self->owner == NULL || self->addresses->len == 0)
    {
      set_established (self, FALSE);
      return;
    }

  self->name_group = hub_avahi_group_new (self->bus, self->owner, on_name_state, self);
  add_addresses (self);
  hub_avahi_group_commit (self->name_group);
}

static void
on_avahi_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  HubMdnsName *self = user_data;

  g_free (self->owner);
  self->owner = g_strdup (owner);
  self->n_collisions = 0;
  publish_name (self);
}

static void
on_avahi_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  HubMdnsName *self = user_data;

  g_clear_pointer (&self->owner, g_free);
  publish_name (self);
}

static void
bus_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *reference = user_data;
  g_autoptr (HubMdnsName) self = g_weak_ref_get (reference);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  g_weak_ref_clear (reference);
  g_free (reference);

  if (bus == NULL)
    g_debug ("No mDNS name: %s", error->message);
  if (bus == NULL || self == NULL || self->is_withdrawn)
    return;

  /* A chat goes on when the system's bus does not. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  self->bus = g_steal_pointer (&bus);
  self->watch
      = g_bus_watch_name_on_connection (self->bus, HUB_AVAHI_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                        on_avahi_appeared, on_avahi_vanished, self, NULL);
}

/* The connection is shared by the whole process: to cancel this call would make whoever else waits
 * for the bus at that moment fail with it. */
static void
find_bus (HubMdnsName *self)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, self);
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, bus_found_cb, reference);
}

char *
hub_mdns_name_make_label (const char *host_name)
{
  gsize length;
  char *label;

  g_return_val_if_fail (host_name != NULL, NULL);

  length = strcspn (host_name, ".");
  label = g_ascii_strdown (host_name, length);
  g_strcanon (label, "abcdefghijklmnopqrstuvwxyz0123456789-", '-');

  /* A label neither begins nor ends with a hyphen (RFC 952). */
  memmove (label, label + strspn (label, "-"), strlen (label) - strspn (label, "-") + 1);
  label[MIN (strlen (label), LABEL_MAX_BYTES)] = '\0';
  while (g_str_has_suffix (label, "-"))
    label[strlen (label) - 1] = '\0';

  if (label[0] != '\0' && !g_str_equal (label, "localhost"))
    return label;

  g_free (label);

  return g_strdup (FALLBACK_LABEL);
}

/* As much of @name as one label holds, by whole characters. */
static char *
make_service_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  char *end = valid + MIN (strlen (valid), LABEL_MAX_BYTES);

  if (*end != '\0')
    {
      end = g_utf8_find_prev_char (valid, end + 1);
      *end = '\0';
    }

  return g_strdup (valid[0] != '\0' ? valid : FALLBACK_LABEL);
}

HubMdnsName *
hub_mdns_name_new (const char *label, const char *service_name, guint16 port)
{
  HubMdnsName *self;

  g_return_val_if_fail (label != NULL, NULL);
  g_return_val_if_fail (service_name != NULL, NULL);

  self = g_object_new (HUB_TYPE_MDNS_NAME, NULL);
  self->label = hub_mdns_name_make_label (label);
  self->service_name = make_service_name (service_name);
  self->port = port;
  find_bus (self);

  return self;
}

static gboolean
is_same_list (GPtrArray *one, GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;

  for (guint i = 0; i < one->len; i++)
    if (!g_inet_address_equal (g_ptr_array_index (one, i), g_ptr_array_index (other, i)))
      return FALSE;

  return TRUE;
}

void
hub_mdns_name_set_addresses (HubMdnsName *self, GPtrArray *addresses)
{
  g_return_if_fail (HUB_IS_MDNS_NAME (self));
  g_return_if_fail (addresses != NULL);

  if (is_same_list (self->addresses, addresses))
    return;

  g_ptr_array_set_size (self->addresses, 0);
  for (guint i = 0; i < addresses->len; i++)
    g_ptr_array_add (self->addresses, g_object_ref (g_ptr_array_index (addresses, i)));

  self->n_collisions = 0;
  publish_name (self);
}

const char *
hub_mdns_name_get_label (HubMdnsName *self)
{
  g_return_val_if_fail (HUB_IS_MDNS_NAME (self), NULL);

  return self->is_established ? self->label : NULL;
}

void
hub_mdns_name_withdraw (HubMdnsName *self)
{
  g_return_if_fail (HUB_IS_MDNS_NAME (self));

  self->is_withdrawn = TRUE;
  disconnect (self);
  set_established (self, FALSE);
}
