/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "net/hub-certificate.h"

#include "net/hub-gnutls.h"

#include <glib/gi18n-lib.h>
#include <gnutls/abstract.h>
#include <string.h>

struct _HubCertificate
{
  gnutls_x509_crt_t *chain;
  guint n_chain;
  gnutls_x509_privkey_t key;
};

static void
free_chain (gnutls_x509_crt_t *chain, guint n_chain)
{
  for (guint i = 0; i < n_chain; i++)
    gnutls_x509_crt_deinit (chain[i]);

  g_free (chain);
}

void
hub_certificate_free (HubCertificate *self)
{
  free_chain (self->chain, self->n_chain);
  gnutls_x509_privkey_deinit (self->key);
  g_free (self);
}

/* Whether both have the same public key. */
static gboolean
key_matches (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key)
{
  guint8 of_certificate[32], of_key[32];
  size_t certificate_size = sizeof of_certificate, key_size = sizeof of_key;

  return gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, of_certificate,
                                     &certificate_size)
             == 0
         && gnutls_x509_privkey_get_key_id (key, GNUTLS_KEYID_USE_SHA256, of_key, &key_size) == 0
         && certificate_size == key_size && memcmp (of_certificate, of_key, key_size) == 0;
}

HubCertificate *
hub_certificate_new (gnutls_x509_crt_t *chain,
                     guint n_chain,
                     gnutls_x509_privkey_t key,
                     GError **error)
{
  HubCertificate *self;

  g_return_val_if_fail (n_chain > 0, NULL);

  if (!key_matches (chain[0], key))
    {
      free_chain (chain, n_chain);
      gnutls_x509_privkey_deinit (key);
      g_set_error_literal (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISMATCH,
                           _ ("The certificate and the key don’t belong together."));
      return NULL;
    }

  self = g_new0 (HubCertificate, 1);
  self->chain = chain;
  self->n_chain = n_chain;
  self->key = key;

  return self;
}

gnutls_x509_privkey_t
hub_certificate_parse_key (GBytes *pem, const char *path, GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;
  g_autofree char *display_path = g_filename_display_name (path);
  gnutls_datum_t datum;
  gsize size;
  int code;

  datum.data = (unsigned char *) g_bytes_get_data (pem, &size);
  datum.size = size;

  code = gnutls_x509_privkey_init (&key);
  if (code >= 0)
    code = gnutls_x509_privkey_import2 (key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0);

  if (code == GNUTLS_E_DECRYPTION_FAILED)
    {
      g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_ENCRYPTED,
                   /* Translators: %s is a file, openssl pkey a command. */
                   _ ("The key in “%s” is encrypted: write it without a password, for example "
                      "with openssl pkey."),
                   display_path);
      return NULL;
    }
  if (code < 0)
    {
      g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_CORRUPT,
                   /* Translators: the first is a file, the second says what is wrong */
                   _ ("“%s” is damaged, or not a private key in PEM form: %s"), display_path,
                   gnutls_strerror (code));
      return NULL;
    }

  return g_steal_pointer (&key);
}

static gboolean
parse_chain (GBytes *pem,
             const char *path,
             gnutls_x509_crt_t **chain,
             guint *n_chain,
             GError **error)
{
  gnutls_x509_crt_t *list = NULL;
  gnutls_datum_t datum;
  gsize size;
  int code;

  datum.data = (unsigned char *) g_bytes_get_data (pem, &size);
  datum.size = size;

  code = gnutls_x509_crt_list_import2 (&list, n_chain, &datum, GNUTLS_X509_FMT_PEM,
                                       GNUTLS_X509_CRT_LIST_SORT);
  if (code < 0)
    {
      g_autofree char *display_path = g_filename_display_name (path);

      g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_CORRUPT,
                   /* Translators: the first is a file, the second says what is wrong */
                   _ ("“%s” is damaged, or not a certificate in PEM form: %s"), display_path,
                   gnutls_strerror (code));
      return FALSE;
    }

  *chain = g_memdup2 (list, *n_chain * sizeof *list);
  gnutls_free (list);

  return TRUE;
}

HubCertificate *
hub_certificate_parse (GBytes *pem,
                       const char *path,
                       GBytes *key_pem,
                       const char *key_path,
                       GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;
  gnutls_x509_crt_t *chain = NULL;
  guint n_chain = 0;
  HubCertificate *self;

  key = hub_certificate_parse_key (key_pem, key_path, error);
  if (key == NULL || !parse_chain (pem, path, &chain, &n_chain, error))
    return NULL;

  self = hub_certificate_new (chain, n_chain, g_steal_pointer (&key), NULL);
  if (self == NULL)
    {
      g_autofree char *display_path = g_filename_display_name (path);
      g_autofree char *display_key_path = g_filename_display_name (key_path);

      g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISMATCH,
                   /* Translators: both are files. */
                   _ ("The first certificate in “%s” and the key in “%s” don’t belong together."),
                   display_path, display_key_path);
    }

  return self;
}

char *
hub_certificate_dup_pem (HubCertificate *self, GError **error)
{
  g_autoptr (GString) pem = g_string_new (NULL);

  for (guint i = 0; i < self->n_chain; i++)
    {
      g_auto (gnutls_datum_t) datum = { NULL, 0 };
      int code = gnutls_x509_crt_export2 (self->chain[i], GNUTLS_X509_FMT_PEM, &datum);

      if (code < 0)
        {
          hub_identity_error_set_gnutls (error, code);
          return NULL;
        }
      g_string_append_len (pem, (const char *) datum.data, datum.size);
    }

  return g_string_free (g_steal_pointer (&pem), FALSE);
}

char *
hub_certificate_encode_key (gnutls_x509_privkey_t key, GError **error)
{
  g_auto (gnutls_datum_t) datum = { NULL, 0 };
  int code = gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                &datum);

  if (code < 0)
    {
      hub_identity_error_set_gnutls (error, code);
      return NULL;
    }

  return g_strndup ((const char *) datum.data, datum.size);
}

gnutls_x509_crt_t *
hub_certificate_get_chain (HubCertificate *self, guint *n_chain)
{
  *n_chain = self->n_chain;

  return self->chain;
}

gnutls_x509_crt_t
hub_certificate_get_first (HubCertificate *self)
{
  return self->chain[0];
}

gnutls_x509_privkey_t
hub_certificate_get_key (HubCertificate *self)
{
  return self->key;
}

gint64
hub_certificate_get_activation (HubCertificate *self)
{
  return (gint64) gnutls_x509_crt_get_activation_time (self->chain[0]) * 1000;
}

gint64
hub_certificate_get_expiry (HubCertificate *self)
{
  return (gint64) gnutls_x509_crt_get_expiration_time (self->chain[0]) * 1000;
}

gboolean
hub_certificate_check_time (HubCertificate *self, const char *path, gint64 now, GError **error)
{
  g_autofree char *display_path = NULL;
  g_autofree char *end_text = NULL;
  g_autoptr (GDateTime) end = NULL;

  if (now < hub_certificate_get_expiry (self))
    return TRUE;

  display_path = g_filename_display_name (path);
  end = g_date_time_new_from_unix_utc (hub_certificate_get_expiry (self) / 1000);
  end_text = end != NULL ? g_date_time_format (end, "%F") : g_strdup ("?");
  g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_EXPIRED,
               /* Translators: the first is a file, the second a date */
               _ ("The certificate in “%s” has expired (%s)."), display_path, end_text);

  return FALSE;
}

char *
hub_certificate_dup_fingerprint (HubCertificate *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint8 digest[32];
  size_t size = sizeof digest;

  if (gnutls_x509_crt_get_fingerprint (self->chain[0], GNUTLS_DIG_SHA256, digest, &size) < 0)
    size = 0;
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, i == 0 ? "%02X" : ":%02X", digest[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Calls @func with each subject alternative name; those longer than a DNS name may be are left
 * out. */
static void
foreach_name (HubCertificate *self,
              void (*func) (guint type, const guint8 *name, gsize size, gpointer user_data),
              gpointer user_data)
{
  for (guint i = 0;; i++)
    {
      guint8 name[256];
      size_t size = sizeof name;
      unsigned int type;
      int code
          = gnutls_x509_crt_get_subject_alt_name2 (self->chain[0], i, name, &size, &type, NULL);

      if (code == GNUTLS_E_SHORT_MEMORY_BUFFER)
        continue;
      if (code < 0)
        return;
      func (type, name, size, user_data);
    }
}

static void
collect_name (guint type, const guint8 *name, gsize size, gpointer user_data)
{
  GStrvBuilder *names = user_data;
  g_autofree char *text = g_strndup ((const char *) name, size);

  /* A NUL inside would make two readers see two names. */
  if (type == GNUTLS_SAN_DNSNAME && strlen (text) == size && g_str_is_ascii (text))
    g_strv_builder_add (names, text);
}

GStrv
hub_certificate_dup_names (HubCertificate *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  foreach_name (self, collect_name, names);

  return g_strv_builder_end (names);
}

static void
collect_address (guint type, const guint8 *name, gsize size, gpointer user_data)
{
  GPtrArray *addresses = user_data;

  if (type == GNUTLS_SAN_IPADDRESS && size == 4)
    g_ptr_array_add (addresses, g_inet_address_new_from_bytes (name, G_SOCKET_FAMILY_IPV4));
  else if (type == GNUTLS_SAN_IPADDRESS && size == 16)
    g_ptr_array_add (addresses, g_inet_address_new_from_bytes (name, G_SOCKET_FAMILY_IPV6));
}

GPtrArray *
hub_certificate_dup_addresses (HubCertificate *self)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);

  foreach_name (self, collect_address, addresses);

  return addresses;
}

gboolean
hub_certificate_is_signed_by (HubCertificate *self, HubCertificate *authority)
{
  unsigned int status = GNUTLS_CERT_INVALID;

  return gnutls_x509_crt_list_verify (self->chain, 1, authority->chain, 1, NULL, 0,
                                      GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status)
             == 0
         && status == 0;
}
