/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-avahi-group.h"

#define GROUP_INTERFACE HUB_AVAHI_NAME ".EntryGroup"
#define COLLISION_ERROR HUB_AVAHI_NAME ".CollisionError"

/* avahi-common/defs.h: AVAHI_IF_UNSPEC and AVAHI_PROTO_UNSPEC, AVAHI_PUBLISH_NO_REVERSE. */
#define UNSPECIFIED (-1)
#define PUBLISH_NO_REVERSE 16u

/* AvahiEntryGroupState of the same file. */
typedef enum
{
  AVAHI_UNCOMMITED,
  AVAHI_REGISTERING,
  AVAHI_ESTABLISHED,
  AVAHI_COLLISION,
  AVAHI_FAILURE,
} AvahiState;

typedef struct
{
  const char *method;
  GVariant *parameters;
} Entry;

struct _HubAvahiGroup
{
  /* Owned */
  GDBusConnection *bus;
  char *owner;
  GCancellable *cancellable;
  GArray *entries; /* Entry */

  /* Borrowed */
  HubAvahiGroupFunc func;
  gpointer user_data;

  /* State */
  char *path;
  guint subscription;
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->parameters, g_variant_unref);
}

HubAvahiGroup *
hub_avahi_group_new (GDBusConnection *bus,
                     const char *owner,
                     HubAvahiGroupFunc func,
                     gpointer user_data)
{
  HubAvahiGroup *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (bus), NULL);
  g_return_val_if_fail (owner != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (HubAvahiGroup, 1);
  self->bus = g_object_ref (bus);
  self->owner = g_strdup (owner);
  self->func = func;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);

  return self;
}

static void
call_group (HubAvahiGroup *self,
            const char *method,
            GVariant *parameters,
            GAsyncReadyCallback callback)
{
  g_dbus_connection_call (self->bus, self->owner, self->path, GROUP_INTERFACE, method, parameters,
                          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          callback != NULL ? self->cancellable : NULL, callback, self);
}

void
hub_avahi_group_free (HubAvahiGroup *self)
{
  g_return_if_fail (self != NULL);

  /* Every callback looks at this before it looks at us. */
  g_cancellable_cancel (self->cancellable);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  if (self->path != NULL)
    call_group (self, "Free", NULL, NULL);

  g_object_unref (self->cancellable);
  g_array_unref (self->entries);
  g_object_unref (self->bus);
  g_free (self->owner);
  g_free (self->path);
  g_free (self);
}

static void
add_entry (HubAvahiGroup *self, const char *method, GVariant *parameters)
{
  Entry entry = { method, g_variant_ref_sink (parameters) };

  g_array_append_val (self->entries, entry);
}

void
hub_avahi_group_add_address (HubAvahiGroup *self,
                             int index,
                             const char *name,
                             GInetAddress *address)
{
  g_autofree char *text = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (G_IS_INET_ADDRESS (address));

  text = g_inet_address_to_string (address);
  add_entry (self, "AddAddress",
             g_variant_new ("(iiuss)", index, UNSPECIFIED, PUBLISH_NO_REVERSE, name, text));
}

void
hub_avahi_group_add_service (HubAvahiGroup *self,
                             const char *instance,
                             const char *host,
                             guint16 port)
{
  static const char path[] = "path=/";
  GVariantBuilder text;

  g_return_if_fail (self != NULL);
  g_return_if_fail (instance != NULL);
  g_return_if_fail (host != NULL);

  g_variant_builder_init (&text, G_VARIANT_TYPE ("aay"));
  g_variant_builder_add_value (
      &text, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, path, sizeof path - 1, 1));
  add_entry (self, "AddService",
             g_variant_new ("(iiussssqaay)", UNSPECIFIED, UNSPECIFIED, 0u, instance, "_https._tcp",
                            "", host, port, &text));
}

static void
on_state_changed (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  HubAvahiGroup *self = user_data;
  const char *reason;
  gint32 state;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(is)")))
    return;

  g_variant_get (parameters, "(i&s)", &state, &reason);
  if (state == AVAHI_ESTABLISHED)
    self->func (HUB_AVAHI_GROUP_ESTABLISHED, self->user_data);
  else if (state == AVAHI_COLLISION)
    self->func (HUB_AVAHI_GROUP_COLLIDED, self->user_data);
  else if (state == AVAHI_FAILURE)
    self->func (HUB_AVAHI_GROUP_FAILED, self->user_data);
}

/* Returns: whether the daemon did it. An error is told to the owner if @is_fatal. */
static gboolean
finish_call (GObject *source,
             GAsyncResult *result,
             HubAvahiGroup *self,
             gboolean is_fatal,
             GVariant **reply)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remote = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL && reply != NULL)
    *reply = g_steal_pointer (&answer);

  if (error == NULL)
    return TRUE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  g_debug ("Avahi: %s", error->message);
  remote = g_dbus_error_get_remote_error (error);
  if (g_strcmp0 (remote, COLLISION_ERROR) == 0)
    self->func (HUB_AVAHI_GROUP_COLLIDED, self->user_data);
  else if (is_fatal)
    self->func (HUB_AVAHI_GROUP_FAILED, self->user_data);

  return FALSE;
}

static void
entry_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* One address less is no reason to have none. */
  finish_call (source, result, user_data, FALSE, NULL);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  finish_call (source, result, user_data, TRUE, NULL);
}

static void
group_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HubAvahiGroup *self = user_data;
  g_autoptr (GVariant) reply = NULL;

  if (!finish_call (source, result, self, TRUE, &reply))
    return;

  g_variant_get (reply, "(o)", &self->path);
  self->subscription = g_dbus_connection_signal_subscribe (
      self->bus, self->owner, GROUP_INTERFACE, "StateChanged", self->path, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_state_changed, self, NULL);

  /* The daemon takes these in order, so nothing need wait for an answer. */
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      call_group (self, entry->method, entry->parameters, entry_added_cb);
    }
  call_group (self, "Commit", NULL, committed_cb);
}

void
hub_avahi_group_commit (HubAvahiGroup *self)
{
  g_return_if_fail (self != NULL);

  g_dbus_connection_call (self->bus, self->owner, "/", HUB_AVAHI_NAME ".Server", "EntryGroupNew",
                          NULL, G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          self->cancellable, group_made_cb, self);
}
