/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "net/hub-identity.h"

#include "net/hub-identity-own.h"
#include "net/hub-leaf-plan.h"
#include "net/hub-secure-file.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>

struct _HubIdentity
{
  GObject parent_instance;

  HubClock *clock;

  /* Own CA; all NULL with an owner's pair. */
  HubIdentityStore *store;
  HubCertificate *authority;

  /* An owner's pair. */
  char *certificate_file;
  char *key_file;

  /* Both NULL or both there. */
  HubCertificate *certificate;
  HubCredentials *credentials;
};

G_DEFINE_FINAL_TYPE (HubIdentity, hub_identity, G_TYPE_OBJECT)

static void
hub_identity_finalize (GObject *object)
{
  HubIdentity *self = HUB_IDENTITY (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->store, hub_identity_store_free);
  g_clear_pointer (&self->authority, hub_certificate_free);
  g_clear_pointer (&self->certificate_file, g_free);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->certificate, hub_certificate_free);
  g_clear_pointer (&self->credentials, hub_credentials_unref);

  G_OBJECT_CLASS (hub_identity_parent_class)->finalize (object);
}

static void
hub_identity_class_init (HubIdentityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_identity_finalize;
}

static void
hub_identity_init (HubIdentity *self)
{
}

/* Takes @certificate into use, or leaves everything as it is. */
static gboolean
adopt (HubIdentity *self, HubCertificate *certificate, GError **error)
{
  g_autoptr (HubCertificate) owned = certificate;
  g_autoptr (HubCredentials) credentials = hub_credentials_new (certificate, error);

  if (credentials == NULL)
    return FALSE;

  g_clear_pointer (&self->certificate, hub_certificate_free);
  g_clear_pointer (&self->credentials, hub_credentials_unref);
  self->certificate = g_steal_pointer (&owned);
  self->credentials = g_steal_pointer (&credentials);

  return TRUE;
}

static gboolean
load_own (HubIdentity *self, GError **error)
{
  g_autoptr (HubCertificate) leaf = NULL;

  self->authority
      = hub_identity_own_load_authority (self->store, hub_clock_get_real (self->clock), error);
  if (self->authority == NULL
      || !hub_identity_own_load_leaf (self->store, self->authority, &leaf, error))
    return FALSE;

  return leaf == NULL || adopt (self, g_steal_pointer (&leaf), error);
}

HubIdentity *
hub_identity_open (HubClock *clock, const char *directory, GError **error)
{
  g_autoptr (HubIdentity) self = NULL;
  gboolean is_loaded;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (directory != NULL, NULL);

  self = g_object_new (HUB_TYPE_IDENTITY, NULL);
  self->clock = g_object_ref (clock);
  self->store = hub_identity_store_new (directory, error);
  if (self->store == NULL || !hub_identity_store_lock (self->store, error))
    return NULL;

  is_loaded = load_own (self, error);
  hub_identity_store_unlock (self->store);
  if (!is_loaded)
    {
      hub_identity_store_fail (self->store, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static HubCertificate *
load_pair (HubIdentity *self, GError **error)
{
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (GBytes) key_pem = NULL;
  g_autoptr (HubCertificate) certificate = NULL;

  pem = hub_secure_file_read (AT_FDCWD, self->certificate_file, self->certificate_file,
                              HUB_SECURE_FILE_PLAIN, error);
  if (pem == NULL)
    return NULL;
  key_pem
      = hub_secure_file_read (AT_FDCWD, self->key_file, self->key_file, HUB_SECURE_FILE_KEY, error);
  if (key_pem == NULL)
    return NULL;

  certificate = hub_certificate_parse (pem, self->certificate_file, key_pem, self->key_file, error);
  if (certificate == NULL)
    return NULL;

  if (!hub_certificate_check_time (certificate, self->certificate_file,
                                   hub_clock_get_real (self->clock), error))
    return NULL;

  return g_steal_pointer (&certificate);
}

HubIdentity *
hub_identity_open_pair (HubClock *clock,
                        const char *certificate_file,
                        const char *key_file,
                        GError **error)
{
  g_autoptr (HubIdentity) self = NULL;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (certificate_file != NULL && key_file != NULL, NULL);

  self = g_object_new (HUB_TYPE_IDENTITY, NULL);
  self->clock = g_object_ref (clock);
  self->certificate_file = g_strdup (certificate_file);
  self->key_file = g_strdup (key_file);
  if (!hub_identity_reload (self, NULL, error))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
is_same (HubCertificate *one, HubCertificate *other)
{
  g_autofree char *one_pem = hub_certificate_dup_pem (one, NULL);
  g_autofree char *other_pem = hub_certificate_dup_pem (other, NULL);

  return g_strcmp0 (one_pem, other_pem) == 0;
}

gboolean
hub_identity_reload (HubIdentity *self, gboolean *changed, GError **error)
{
  g_autoptr (HubCertificate) certificate = NULL;

  g_return_val_if_fail (HUB_IS_IDENTITY (self), FALSE);

  if (changed != NULL)
    *changed = FALSE;
  if (self->store != NULL)
    return TRUE;

  certificate = load_pair (self, error);
  if (certificate == NULL)
    return FALSE;
  if (self->certificate != NULL && is_same (self->certificate, certificate))
    return TRUE;
  if (!adopt (self, g_steal_pointer (&certificate), error))
    return FALSE;

  if (changed != NULL)
    *changed = TRUE;

  return TRUE;
}

/* Whether a third of the certificate's life or less is left, and a new one would live longer than
 * it: it ends with the CA at the latest. */
static gboolean
is_due (HubIdentity *self, HubCertificate *leaf)
{
  gint64 now = hub_clock_get_real (self->clock);
  gint64 start = hub_certificate_get_activation (leaf);
  gint64 end = hub_certificate_get_expiry (leaf);

  if (now < start)
    return TRUE; /* the clock was wrong when it was made */

  return end - now <= (end - start) / 3 && end < hub_certificate_get_expiry (self->authority);
}

/* What a certificate instead of @leaf (NULL: none) should name; NULL when @leaf will do. */
static HubLeafPlan *
plan_leaf (HubIdentity *self,
           HubCertificate *leaf,
           GPtrArray *addresses,
           const char *label,
           gboolean is_quiet)
{
  g_autoptr (HubLeafPlan) plan = hub_leaf_plan_new (leaf, addresses, label);

  if (plan->is_covered && !(is_quiet && is_due (self, leaf)))
    return NULL;

  return g_steal_pointer (&plan);
}

/* With the lock held: another process may have issued one meanwhile that will do. */
static gboolean
replace_leaf (HubIdentity *self,
              GPtrArray *addresses,
              const char *label,
              gboolean is_quiet,
              GError **error)
{
  g_autoptr (HubCertificate) leaf = NULL;
  g_autoptr (HubLeafPlan) plan = NULL;

  if (!hub_identity_own_load_leaf (self->store, self->authority, &leaf, error))
    return FALSE;

  plan = plan_leaf (self, leaf, addresses, label, is_quiet);
  if (plan != NULL)
    {
      g_clear_pointer (&leaf, hub_certificate_free);
      leaf = hub_identity_own_issue_leaf (self->store, self->authority, plan,
                                          hub_clock_get_real (self->clock), error);
      if (leaf == NULL)
        return FALSE;
    }

  return adopt (self, g_steal_pointer (&leaf), error);
}

gboolean
hub_identity_ensure (HubIdentity *self,
                     GPtrArray *addresses,
                     const char *label,
                     gboolean is_quiet,
                     gboolean *changed,
                     GError **error)
{
  g_autoptr (HubLeafPlan) plan = NULL;
  gboolean is_done;

  g_return_val_if_fail (HUB_IS_IDENTITY (self), FALSE);
  g_return_val_if_fail (addresses != NULL, FALSE);

  if (changed != NULL)
    *changed = FALSE;
  if (self->store == NULL)
    return TRUE;

  plan = plan_leaf (self, self->certificate, addresses, label, is_quiet);
  if (plan == NULL)
    return TRUE;

  if (!hub_identity_store_lock (self->store, error))
    return FALSE;

  is_done = replace_leaf (self, addresses, label, is_quiet, error);
  hub_identity_store_unlock (self->store);
  if (!is_done)
    return hub_identity_store_fail (self->store, error);

  if (changed != NULL)
    *changed = TRUE;

  return TRUE;
}

HubCredentials *
hub_identity_get_credentials (HubIdentity *self)
{
  g_return_val_if_fail (HUB_IS_IDENTITY (self), NULL);

  return self->credentials;
}

char *
hub_identity_dup_ca_pem (HubIdentity *self)
{
  g_return_val_if_fail (HUB_IS_IDENTITY (self), NULL);

  return self->authority != NULL ? hub_certificate_dup_pem (self->authority, NULL) : NULL;
}

gint64
hub_identity_get_expiry (HubIdentity *self)
{
  g_return_val_if_fail (HUB_IS_IDENTITY (self), 0);

  return self->certificate != NULL ? hub_certificate_get_expiry (self->certificate) : 0;
}
