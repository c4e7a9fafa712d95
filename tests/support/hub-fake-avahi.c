/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-fake-avahi.h"

static const char introspection[]
    = "<node>"
      "<interface name='org.freedesktop.Avahi.Server'>"
      "<method name='EntryGroupNew'><arg type='o' direction='out'/></method>"
      "<method name='GetAlternativeHostName'>"
      "<arg type='s' direction='in'/><arg type='s' direction='out'/></method>"
      "<method name='GetAlternativeServiceName'>"
      "<arg type='s' direction='in'/><arg type='s' direction='out'/></method>"
      "</interface>"
      "<interface name='org.freedesktop.Avahi.EntryGroup'>"
      "<method name='AddAddress'><arg type='i' direction='in'/><arg type='i' direction='in'/>"
      "<arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "</method>"
      "<method name='AddService'><arg type='i' direction='in'/><arg type='i' direction='in'/>"
      "<arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='q' direction='in'/>"
      "<arg type='aay' direction='in'/></method>"
      "<method name='Commit'/><method name='Free'/>"
      "<signal name='StateChanged'><arg type='i'/><arg type='s'/></signal>"
      "</interface>"
      "</node>";

enum
{
  ESTABLISHED = 2,
  COLLISION = 3,
};

struct _HubFakeAvahi
{
  GDBusConnection *bus;
  GDBusNodeInfo *node;
  guint registration;
  guint subscription;
  GPtrArray *groups; /* Group */
  GHashTable *taken;
  gboolean has_taken_all;
  char *broken_method;
  char *broken_error;
  guint n_made;
  guint n_commits;
};

typedef struct
{
  HubFakeAvahi *avahi; /* borrowed */
  char *owner;
  char *path;
  guint registration;
  GPtrArray *names;
  GPtrArray *records;
  gboolean is_established;
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_dbus_connection_unregister_object (group->avahi->bus, group->registration);
  g_ptr_array_unref (group->names);
  g_ptr_array_unref (group->records);
  g_free (group->owner);
  g_free (group->path);
  g_free (group);
}

static void
tell_state (Group *group, int state)
{
  group->is_established = state == ESTABLISHED;
  g_dbus_connection_emit_signal (group->avahi->bus, NULL, group->path,
                                 "org.freedesktop.Avahi.EntryGroup", "StateChanged",
                                 g_variant_new ("(is)", state, ""), NULL);
}

static gboolean
has_taken_name (Group *group)
{
  for (guint i = 0; i < group->names->len; i++)
    if (group->avahi->has_taken_all
        || g_hash_table_contains (group->avahi->taken, g_ptr_array_index (group->names, i)))
      return TRUE;

  return FALSE;
}

static void
add_record (Group *group, const char *method, GVariant *parameters)
{
  const char *name, *second;
  guint32 flags;

  if (g_str_equal (method, "AddAddress"))
    {
      g_variant_get (parameters, "(iiu&s&s)", NULL, NULL, &flags, &name, &second);
      g_assert_cmpuint (flags, ==, 16); /* no reverse record */
      g_ptr_array_add (group->records, g_strdup_printf ("%s %s", name, second));
    }
  else
    {
      g_autoptr (GVariant) text = NULL;
      g_autofree char *line = NULL;
      const char *type, *domain;
      guint16 port;

      g_variant_get (parameters, "(iiu&s&s&s&sq@aay)", NULL, NULL, &flags, &name, &type, &domain,
                     &second, &port, &text);
      g_assert_cmpstr (type, ==, "_https._tcp");
      g_assert_cmpstr (domain, ==, "");
      line = g_variant_print (text, FALSE);
      g_assert_cmpstr (line, ==, "[[0x70, 0x61, 0x74, 0x68, 0x3d, 0x2f]]"); /* path=/ */
      g_ptr_array_add (group->records, g_strdup_printf ("%s %s %u", name, second, port));
    }
  g_ptr_array_add (group->names, g_strdup (name));
}

static void
on_group_call (GDBusConnection *bus,
               const char *sender,
               const char *path,
               const char *interface,
               const char *method,
               GVariant *parameters,
               GDBusMethodInvocation *invocation,
               gpointer user_data)
{
  Group *group = user_data;
  HubFakeAvahi *self = group->avahi;

  if (g_strcmp0 (self->broken_method, method) == 0)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, self->broken_error, "as asked");
      return;
    }

  if (g_str_has_prefix (method, "Add"))
    add_record (group, method, parameters);

  g_dbus_method_invocation_return_value (invocation, NULL);

  if (g_str_equal (method, "Commit"))
    {
      self->n_commits++;
      tell_state (group, has_taken_name (group) ? COLLISION : ESTABLISHED);
    }
  else if (g_str_equal (method, "Free"))
    g_ptr_array_remove (self->groups, group);
}

static void
make_group (HubFakeAvahi *self, GDBusMethodInvocation *invocation)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_group_call };
  Group *group = g_new0 (Group, 1);

  group->avahi = self;
  group->owner = g_strdup (g_dbus_method_invocation_get_sender (invocation));
  group->path = g_strdup_printf ("/Client0/EntryGroup%u", ++self->n_made);
  group->names = g_ptr_array_new_with_free_func (g_free);
  group->records = g_ptr_array_new_with_free_func (g_free);
  group->registration = g_dbus_connection_register_object (
      self->bus, group->path, self->node->interfaces[1], &vtable, group, NULL, NULL);
  g_ptr_array_add (self->groups, group);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", group->path));
}

static void
on_server_call (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  HubFakeAvahi *self = user_data;
  g_autofree char *other = NULL;
  const char *name;

  if (g_strcmp0 (self->broken_method, method) == 0)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, self->broken_error, "as asked");
      return;
    }

  if (g_str_equal (method, "EntryGroupNew"))
    {
      make_group (self, invocation);
      return;
    }

  g_variant_get (parameters, "(&s)", &name);
  other = g_strconcat (name, g_str_equal (method, "GetAlternativeHostName") ? "-2" : " #2", NULL);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", other));
}

/* A client that leaves the bus leaves nothing behind. */
static void
on_name_owner_changed (GDBusConnection *bus,
                       const char *sender,
                       const char *path,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters,
                       gpointer user_data)
{
  HubFakeAvahi *self = user_data;
  const char *name, *owner;

  g_variant_get (parameters, "(&s&s&s)", &name, NULL, &owner);
  for (guint i = self->groups->len; owner[0] == '\0' && i > 0; i--)
    {
      Group *group = g_ptr_array_index (self->groups, i - 1);

      if (g_str_equal (group->owner, name))
        g_ptr_array_remove_index (self->groups, i - 1);
    }
}

HubFakeAvahi *
hub_fake_avahi_new (const char *address)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_server_call };
  HubFakeAvahi *self = g_new0 (HubFakeAvahi, 1);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->node = g_dbus_node_info_new_for_xml (introspection, &error);
  g_assert_no_error (error);
  self->bus = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  self->registration = g_dbus_connection_register_object (self->bus, "/", self->node->interfaces[0],
                                                          &vtable, self, NULL, &error);
  g_assert_no_error (error);
  self->subscription = g_dbus_connection_signal_subscribe (
      self->bus, "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged", NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_name_owner_changed, self, NULL);
  reply = g_dbus_connection_call_sync (
      self->bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName",
      g_variant_new ("(su)", "org.freedesktop.Avahi", 0), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);

  return self;
}

void
hub_fake_avahi_free (HubFakeAvahi *self)
{
  g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  g_dbus_connection_unregister_object (self->bus, self->registration);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_ptr_array_unref (self->groups);
  g_object_unref (self->bus);
  g_dbus_node_info_unref (self->node);
  g_hash_table_unref (self->taken);
  g_free (self->broken_method);
  g_free (self->broken_error);
  g_free (self);
}

void
hub_fake_avahi_take (HubFakeAvahi *self, const char *name)
{
  g_hash_table_add (self->taken, g_strdup (name));
}

void
hub_fake_avahi_take_all (HubFakeAvahi *self)
{
  self->has_taken_all = TRUE;
}

void
hub_fake_avahi_break (HubFakeAvahi *self, const char *method, const char *error_name)
{
  g_free (self->broken_method);
  g_free (self->broken_error);
  self->broken_method = error_name != NULL ? g_strdup (method) : NULL;
  self->broken_error = g_strdup (error_name);
}

void
hub_fake_avahi_collide (HubFakeAvahi *self, const char *name)
{
  hub_fake_avahi_take (self, name);
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = g_ptr_array_index (self->groups, i);

      if (group->is_established && has_taken_name (group))
        tell_state (group, COLLISION);
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char *
hub_fake_avahi_dup_records (HubFakeAvahi *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; group->is_established && j < group->records->len; j++)
        g_ptr_array_add (lines, g_ptr_array_index (group->records, j));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

guint
hub_fake_avahi_count_groups (HubFakeAvahi *self)
{
  return self->groups->len;
}

guint
hub_fake_avahi_count_commits (HubFakeAvahi *self)
{
  return self->n_commits;
}
