/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "net/hub-identity-own.h"

#include "net/hub-authority.h"
#include "net/hub-gnutls.h"

#include <glib/gi18n-lib.h>

/* The key kept in @file, or a new one that is kept there from now on. */
static gnutls_x509_privkey_t
read_or_make_key (HubIdentityStore *store, HubIdentityFile file, GError **error)
{
  g_autoptr (GBytes) pem = NULL;
  g_auto (gnutls_x509_privkey_t) key = NULL;
  g_autofree char *encoded = NULL;

  if (!hub_identity_store_read (store, file, &pem, error))
    return NULL;
  if (pem != NULL)
    return hub_certificate_parse_key (pem, hub_identity_store_get_path (store, file), error);

  key = hub_authority_make_key (error);
  if (key == NULL)
    return NULL;

  encoded = hub_certificate_encode_key (key, error);
  if (encoded == NULL || !hub_identity_store_write (store, file, encoded, error))
    return NULL;

  return g_steal_pointer (&key);
}

static gboolean
write_certificate (HubIdentityStore *store,
                   HubIdentityFile file,
                   HubCertificate *certificate,
                   GError **error)
{
  g_autofree char *pem = hub_certificate_dup_pem (certificate, error);

  return pem != NULL && hub_identity_store_write (store, file, pem, error);
}

/* The key is written first: what a crash leaves is a key without certificate, and the next start
 * goes on from there. The reverse, a certificate without its key, is never ours. */
static HubCertificate *
make_authority (HubIdentityStore *store, gint64 now, GError **error)
{
  gnutls_x509_privkey_t key = read_or_make_key (store, HUB_IDENTITY_FILE_CA_KEY, error);
  g_autoptr (HubCertificate) authority = NULL;

  if (key == NULL)
    return NULL;

  authority = hub_authority_make (key, now, error);
  if (authority == NULL || !write_certificate (store, HUB_IDENTITY_FILE_CA, authority, error))
    return NULL;

  return g_steal_pointer (&authority);
}

HubCertificate *
hub_identity_own_load_authority (HubIdentityStore *store, gint64 now, GError **error)
{
  const char *path = hub_identity_store_get_path (store, HUB_IDENTITY_FILE_CA);
  const char *key_path = hub_identity_store_get_path (store, HUB_IDENTITY_FILE_CA_KEY);
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (GBytes) key_pem = NULL;
  g_autoptr (HubCertificate) authority = NULL;

  if (!hub_identity_store_read (store, HUB_IDENTITY_FILE_CA, &pem, error))
    return NULL;
  if (pem == NULL)
    return make_authority (store, now, error);

  if (!hub_identity_store_read (store, HUB_IDENTITY_FILE_CA_KEY, &key_pem, error))
    return NULL;
  if (key_pem == NULL)
    {
      g_autofree char *display_path = g_filename_display_name (key_path);

      /* Another CA under the same roof would leave those who trust this one in the dark. */
      g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISSING,
                   /* Translators: %s is a file. */
                   _ ("“%s” is missing, though its certificate is there."), display_path);
      return NULL;
    }

  authority = hub_certificate_parse (pem, path, key_pem, key_path, error);
  if (authority == NULL || !hub_authority_check (authority, path, now, error))
    return NULL;

  return g_steal_pointer (&authority);
}

gboolean
hub_identity_own_load_leaf (HubIdentityStore *store,
                            HubCertificate *authority,
                            HubCertificate **leaf,
                            GError **error)
{
  const char *path = hub_identity_store_get_path (store, HUB_IDENTITY_FILE_SERVER);
  const char *key_path = hub_identity_store_get_path (store, HUB_IDENTITY_FILE_SERVER_KEY);
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (GBytes) key_pem = NULL;
  g_autoptr (HubCertificate) certificate = NULL;

  *leaf = NULL;

  if (!hub_identity_store_read (store, HUB_IDENTITY_FILE_SERVER, &pem, error)
      || !hub_identity_store_read (store, HUB_IDENTITY_FILE_SERVER_KEY, &key_pem, error))
    return FALSE;
  if (pem == NULL || key_pem == NULL)
    return TRUE;

  certificate = hub_certificate_parse (pem, path, key_pem, key_path, error);
  if (certificate == NULL)
    return FALSE;
  if (!hub_certificate_is_signed_by (certificate, authority))
    {
      g_autofree char *display_path = g_filename_display_name (path);

      g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISMATCH,
                   /* Translators: %s is a file. */
                   _ ("The certificate in “%s” was not signed by this computer’s own "
                      "authority, or may not have been."),
                   display_path);
      return FALSE;
    }

  *leaf = g_steal_pointer (&certificate);

  return TRUE;
}

HubCertificate *
hub_identity_own_issue_leaf (HubIdentityStore *store,
                             HubCertificate *authority,
                             HubLeafPlan *plan,
                             gint64 now,
                             GError **error)
{
  const char *ca_path = hub_identity_store_get_path (store, HUB_IDENTITY_FILE_CA);
  g_autoptr (HubCertificate) leaf = NULL;
  gnutls_x509_privkey_t key;

  if (!hub_certificate_check_time (authority, ca_path, now, error))
    return NULL;

  key = read_or_make_key (store, HUB_IDENTITY_FILE_SERVER_KEY, error);
  if (key == NULL)
    return NULL;

  leaf = hub_authority_issue (authority, key, (const char *const *) plan->names, plan->addresses,
                              now, error);
  if (leaf == NULL || !write_certificate (store, HUB_IDENTITY_FILE_SERVER, leaf, error))
    return NULL;

  return g_steal_pointer (&leaf);
}
