/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-background.h"

#include "app/hub-autostart.h"
#include "app/hub-portal-request.h"

#include <glib/gi18n-lib.h>

#define BACKGROUND_INTERFACE "org.freedesktop.portal.Background"

/* https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Background.html */
#define STATUS_MAX_CHARS 96

struct _HubBackground
{
  GObject parent_instance;

  /* Owned */
  HubPreferences *preferences;
  GDBusConnection *portal; /* NULL outside of a Flatpak */
  char *autostart_dir;
  GCancellable *following; /* of the preference, while the portal is asked */

  /* State */
  guint patience;  /* ms */
  GError *refusal; /* to be told by refusal_source */
  guint refusal_source;
  gboolean was_on; /* what the refusal goes back to */
  gboolean is_restoring;
};

G_DEFINE_FINAL_TYPE (HubBackground, hub_background, G_TYPE_OBJECT)

enum
{
  PROP_PREFERENCES = 1,
  PROP_PORTAL,
  PROP_AUTOSTART_DIR,
  PROP_PATIENCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_wanted (HubBackground *self)
{
  gboolean is_on;

  g_object_get (self->preferences, "start-with-session", &is_on, NULL);

  return is_on;
}

static void
restore (HubBackground *self, gboolean is_on)
{
  self->is_restoring = TRUE;
  g_object_set (self->preferences, "start-with-session", is_on, NULL);
  self->is_restoring = FALSE;
}

static gboolean
on_refusal (gpointer data)
{
  g_autoptr (HubBackground) self = g_object_ref (data);
  g_autoptr (GError) refusal = g_steal_pointer (&self->refusal);

  self->refusal_source = 0;
  restore (self, self->was_on);
  g_signal_emit (self, signals[REFUSED], 0, refusal);

  return G_SOURCE_REMOVE;
}

/* Not within the change that is refused: a binding that is passing it on would miss that it is undone.
 * @error: (transfer full) */
static void
refuse (HubBackground *self, gboolean is_on, GError *error)
{
  g_clear_error (&self->refusal);
  self->refusal = error;
  self->was_on = is_on;
  if (self->refusal_source == 0)
    self->refusal_source = g_idle_add (on_refusal, self);
}

/* Every request says both, as a portal that is not asked to start the program stops doing so. */
static GVariant *
make_options (gboolean with_autostart)
{
  static const char *const command[] = { "hubbub", "--background", NULL };
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  /* Translators: why the program wants to run without a window; the desktop shows it in a question. */
  g_variant_dict_insert (&options, "reason", "s",
                         _ ("The chat goes on while its window is closed."));
  g_variant_dict_insert (&options, "autostart", "b", with_autostart);
  g_variant_dict_insert_value (&options, "commandline", g_variant_new_strv (command, -1));
  g_variant_dict_insert (&options, "dbus-activatable", "b", FALSE);

  return g_variant_dict_end (&options);
}

static gboolean
is_granted (GVariant *results, const char *what)
{
  gboolean value = FALSE;

  return g_variant_lookup (results, what, "b", &value) && value;
}

static void
follow_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HubBackground *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) results = hub_portal_request_finish (result, &error);
  gboolean is_on;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* @self may be gone, or asks for something else by now */

  g_clear_object (&self->following);
  if (results == NULL)
    g_debug ("The portal does not start programs: %s", error->message);

  /* Where nothing was granted all is as it was. */
  is_on = results != NULL ? is_granted (results, "autostart") : !is_wanted (self);
  if (is_on == is_wanted (self))
    return;

  refuse (self, is_on,
          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                               _ ("Your system did not allow this change.")));
}

static void
follow_by_file (HubBackground *self)
{
  g_autoptr (GError) error = NULL;
  GError *refusal;
  gboolean is_done;

  if (is_wanted (self))
    {
      g_autofree char *program = hub_autostart_dup_program ();

      is_done = hub_autostart_turn_on (self->autostart_dir, program != NULL ? program : "hubbub",
                                       &error);
    }
  else
    is_done = hub_autostart_turn_off (self->autostart_dir, &error);

  if (is_done)
    return;

  refusal
      = g_error_new (error->domain, error->code,
                     /* Translators: %s is the system's reason, "Permission denied". */
                     _ ("The folder of programs that start with the session cannot be changed: %s"),
                     error->message);
  refuse (self, hub_autostart_is_on (self->autostart_dir), refusal);
}

static void
on_preferences_start_with_session (HubPreferences *preferences,
                                   GParamSpec *pspec,
                                   HubBackground *self)
{
  if (self->is_restoring)
    return;

  /* What could not be told yet was about another wish. */
  g_clear_handle_id (&self->refusal_source, g_source_remove);
  g_clear_error (&self->refusal);

  if (self->portal == NULL)
    {
      follow_by_file (self);
      return;
    }

  g_cancellable_cancel (self->following);
  g_clear_object (&self->following);
  self->following = g_cancellable_new ();
  hub_portal_request_async (self->portal, BACKGROUND_INTERFACE, "RequestBackground",
                            make_options (is_wanted (self)), 0, self->following, follow_cb, self);
}

static void
hub_background_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HubBackground *self = HUB_BACKGROUND (object);

  switch (id)
    {
    case PROP_PREFERENCES:
      self->preferences = g_value_dup_object (value);
      break;

    case PROP_PORTAL:
      self->portal = g_value_dup_object (value);
      break;

    case PROP_AUTOSTART_DIR:
      self->autostart_dir = g_value_dup_string (value);
      break;

    case PROP_PATIENCE:
      self->patience = g_value_get_uint (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_background_constructed (GObject *object)
{
  HubBackground *self = HUB_BACKGROUND (object);

  G_OBJECT_CLASS (hub_background_parent_class)->constructed (object);

  if (self->autostart_dir == NULL)
    self->autostart_dir = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  if (self->portal == NULL && hub_autostart_is_on (self->autostart_dir) != is_wanted (self))
    restore (self, !is_wanted (self));
  g_signal_connect_object (self->preferences, "notify::start-with-session",
                           G_CALLBACK (on_preferences_start_with_session), self, 0);
}

static void
hub_background_dispose (GObject *object)
{
  HubBackground *self = HUB_BACKGROUND (object);

  g_clear_handle_id (&self->refusal_source, g_source_remove);
  g_cancellable_cancel (self->following);
  g_clear_object (&self->following);
  g_clear_object (&self->preferences);
  g_clear_object (&self->portal);

  G_OBJECT_CLASS (hub_background_parent_class)->dispose (object);
}

static void
hub_background_finalize (GObject *object)
{
  HubBackground *self = HUB_BACKGROUND (object);

  g_free (self->autostart_dir);
  g_clear_error (&self->refusal);

  G_OBJECT_CLASS (hub_background_parent_class)->finalize (object);
}

static void
hub_background_class_init (HubBackgroundClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = hub_background_set_property;
  object_class->constructed = hub_background_constructed;
  object_class->dispose = hub_background_dispose;
  object_class->finalize = hub_background_finalize;

  properties[PROP_PREFERENCES]
      = g_param_spec_object ("preferences", NULL, NULL, HUB_TYPE_PREFERENCES, flags);
  properties[PROP_PORTAL]
      = g_param_spec_object ("portal", NULL, NULL, G_TYPE_DBUS_CONNECTION, flags);
  properties[PROP_AUTOSTART_DIR] = g_param_spec_string ("autostart-dir", NULL, NULL, NULL, flags);
  properties[PROP_PATIENCE]
      = g_param_spec_uint ("patience", NULL, NULL, 1, G_MAXUINT, HUB_BACKGROUND_PATIENCE_MS, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REFUSED]
      = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
hub_background_init (HubBackground *self)
{
}

HubBackground *
hub_background_new (HubPreferences *preferences, GDBusConnection *portal, const char *autostart_dir)
{
  g_return_val_if_fail (HUB_IS_PREFERENCES (preferences), NULL);
  g_return_val_if_fail (portal == NULL || G_IS_DBUS_CONNECTION (portal), NULL);

  return g_object_new (HUB_TYPE_BACKGROUND, "preferences", preferences, "portal", portal,
                       "autostart-dir", autostart_dir, NULL);
}

static void
request_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) results = hub_portal_request_finish (result, &error);

  if (results != NULL)
    g_task_return_boolean (task, is_granted (results, "background"));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
           || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_task_return_boolean (task, FALSE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
hub_background_request_async (HubBackground *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HUB_IS_BACKGROUND (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hub_background_request_async);
  g_task_set_check_cancellable (task, FALSE);

  if (self->portal == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  hub_portal_request_async (self->portal, BACKGROUND_INTERFACE, "RequestBackground",
                            make_options (is_wanted (self)), self->patience, cancellable,
                            request_cb, g_steal_pointer (&task));
}

gboolean
hub_background_request_finish (HubBackground *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HUB_IS_BACKGROUND (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
hub_background_set_status (HubBackground *self, const char *message)
{
  g_autofree char *line = NULL;
  GVariantDict options;

  g_return_if_fail (HUB_IS_BACKGROUND (self));
  g_return_if_fail (message != NULL);

  if (self->portal == NULL)
    return;

  line = g_utf8_substring (message, 0, MIN (g_utf8_strlen (message, -1), STATUS_MAX_CHARS));
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "message", "s", line);
  /* Portals before version 2 know no status: nothing is lost. */
  g_dbus_connection_call (self->portal, "org.freedesktop.portal.Desktop",
                          "/org/freedesktop/portal/desktop", BACKGROUND_INTERFACE, "SetStatus",
                          g_variant_new ("(@a{sv})", g_variant_dict_end (&options)), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}
