/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "net/hub-authority.h"

#include "net/hub-address-table.h"
#include "net/hub-gnutls.h"
#include "net/hub-random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Clocks of guests may be behind ours. */
#define BACKDATE_S (24 * 60 * 60)
#define CA_LIFE_S (10 * 365 * 24 * 60 * 60)
/* What browsers accept at most is 398 days; the last second counts. */
#define LEAF_LIFE_S (397 * 24 * 60 * 60 - 1)

gnutls_x509_privkey_t
hub_authority_make_key (GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;
  int code = gnutls_x509_privkey_init (&key);

  if (code >= 0)
    code = gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                         GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  if (code < 0)
    {
      hub_identity_error_set_gnutls (error, code);
      return NULL;
    }

  return g_steal_pointer (&key);
}

/* A certificate with what both kinds have; 0 or GnuTLS's error. */
static int
begin (gnutls_x509_crt_t certificate,
       gnutls_x509_privkey_t key,
       time_t activation,
       time_t expiry,
       guint8 *key_id,
       size_t *key_id_size)
{
  guint8 serial[16];
  int code;

  /* 126 random bits; positive, and always of the same length. */
  hub_random_fill (serial, sizeof serial);
  serial[0] = (serial[0] & 0x7f) | 0x40;

  if ((code = gnutls_x509_crt_set_version (certificate, 3)) < 0
      || (code = gnutls_x509_crt_set_serial (certificate, serial, sizeof serial)) < 0
      || (code = gnutls_x509_crt_set_activation_time (certificate, activation)) < 0
      || (code = gnutls_x509_crt_set_expiration_time (certificate, expiry)) < 0
      || (code = gnutls_x509_crt_set_key (certificate, key)) < 0
      || (code
          = gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA1, key_id, key_id_size))
             < 0)
    return code;

  return gnutls_x509_crt_set_subject_key_id (certificate, key_id, *key_id_size);
}

static int
set_subject (gnutls_x509_crt_t certificate, const char *name)
{
  return gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                        strlen (name));
}

static int
permit_range (gnutls_x509_name_constraints_t constraints, const char *cidr)
{
  g_auto (gnutls_datum_t) range = { NULL, 0 };
  int code = gnutls_x509_cidr_to_rfc5280 (cidr, &range);

  if (code < 0)
    return code;

  return gnutls_x509_name_constraints_add_permitted (constraints, GNUTLS_SAN_IPADDRESS, &range);
}

static int
permit_domain (gnutls_x509_name_constraints_t constraints, const char *domain)
{
  const gnutls_datum_t datum = { (unsigned char *) domain, strlen (domain) };

  return gnutls_x509_name_constraints_add_permitted (constraints, GNUTLS_SAN_DNSNAME, &datum);
}

static int
set_constraints (gnutls_x509_crt_t certificate)
{
  const char *const *ranges = hub_address_table_get_ranges ();
  g_auto (gnutls_x509_name_constraints_t) constraints = NULL;
  int code = gnutls_x509_name_constraints_init (&constraints);

  for (guint i = 0; code >= 0 && ranges[i] != NULL; i++)
    code = permit_range (constraints, ranges[i]);

  if (code < 0 || (code = permit_domain (constraints, "local")) < 0
      || (code = permit_domain (constraints, "localhost")) < 0)
    return code;

  return gnutls_x509_crt_set_name_constraints (certificate, constraints, TRUE);
}

static int
build_authority (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key, time_t now)
{
  g_autofree char *subject = NULL;
  guint8 key_id[20];
  size_t key_id_size = sizeof key_id;
  int code = begin (certificate, key, now - BACKDATE_S, now + CA_LIFE_S, key_id, &key_id_size);

  if (code < 0)
    return code;

  /* Several installations in one browser's list have to be told apart. */
  subject = g_strdup_printf ("Hubbub on one computer (%02x%02x%02x%02x)", key_id[0], key_id[1],
                             key_id[2], key_id[3]);

  if ((code = set_subject (certificate, subject)) < 0
      || (code = gnutls_x509_crt_set_basic_constraints (certificate, TRUE, 0)) < 0
      || (code = gnutls_x509_crt_set_key_usage (certificate,
                                                GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN))
             < 0
      || (code = set_constraints (certificate)) < 0)
    return code;

  return gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0);
}

/* GnuTLS reads the names of those certificates only that it has parsed: also those it has just
 * built go through their encoded form. */
static int
copy_certificate (gnutls_x509_crt_t from, gnutls_x509_crt_t to)
{
  g_auto (gnutls_datum_t) der = { NULL, 0 };
  int code = gnutls_x509_crt_export2 (from, GNUTLS_X509_FMT_DER, &der);

  return code < 0 ? code : gnutls_x509_crt_import (to, &der, GNUTLS_X509_FMT_DER);
}

HubCertificate *
hub_authority_make (gnutls_x509_privkey_t key, gint64 now, GError **error)
{
  g_auto (gnutls_x509_privkey_t) owned_key = key;
  g_auto (gnutls_x509_crt_t) draft = NULL;
  g_auto (gnutls_x509_crt_t) certificate = NULL;
  gnutls_x509_crt_t *chain;
  int code;

  if ((code = gnutls_x509_crt_init (&draft)) < 0 || (code = gnutls_x509_crt_init (&certificate)) < 0
      || (code = build_authority (draft, key, now / 1000)) < 0
      || (code = copy_certificate (draft, certificate)) < 0)
    {
      hub_identity_error_set_gnutls (error, code);
      return NULL;
    }

  chain = g_new0 (gnutls_x509_crt_t, 1);
  chain[0] = g_steal_pointer (&certificate);

  return hub_certificate_new (chain, 1, g_steal_pointer (&owned_key), error);
}

gboolean
hub_authority_check (HubCertificate *authority, const char *path, gint64 now, GError **error)
{
  if (gnutls_x509_crt_get_ca_status (hub_certificate_get_first (authority), NULL) <= 0)
    {
      g_autofree char *display_path = g_filename_display_name (path);

      g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_CORRUPT,
                   /* Translators: %s is a file. */
                   _ ("“%s” is not the certificate of an authority."), display_path);
      return FALSE;
    }

  return hub_certificate_check_time (authority, path, now, error);
}

static int
set_names (gnutls_x509_crt_t certificate, const char *const *names, GPtrArray *addresses)
{
  int code = 0;

  for (guint i = 0; code >= 0 && names[i] != NULL; i++)
    code = gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, names[i],
                                                 strlen (names[i]), GNUTLS_FSAN_APPEND);

  for (guint i = 0; code >= 0 && i < addresses->len; i++)
    {
      GInetAddress *address = g_ptr_array_index (addresses, i);

      code = gnutls_x509_crt_set_subject_alt_name (
          certificate, GNUTLS_SAN_IPADDRESS, g_inet_address_to_bytes (address),
          g_inet_address_get_native_size (address), GNUTLS_FSAN_APPEND);
    }

  return code;
}

static int
build_leaf (gnutls_x509_crt_t certificate,
            gnutls_x509_privkey_t key,
            HubCertificate *authority,
            const char *const *names,
            GPtrArray *addresses,
            time_t now)
{
  gnutls_x509_crt_t issuer = hub_certificate_get_first (authority);
  time_t activation = now - BACKDATE_S;
  time_t expiry = MIN (activation + LEAF_LIFE_S, hub_certificate_get_expiry (authority) / 1000);
  guint8 key_id[20];
  size_t key_id_size = sizeof key_id;
  int code = begin (certificate, key, activation, expiry, key_id, &key_id_size);

  if (code < 0)
    return code;

  key_id_size = sizeof key_id;
  if ((code = gnutls_x509_crt_get_subject_key_id (issuer, key_id, &key_id_size, NULL)) < 0
      || (code = gnutls_x509_crt_set_authority_key_id (certificate, key_id, key_id_size)) < 0
      || (code = set_subject (certificate, "Hubbub")) < 0
      || (code = gnutls_x509_crt_set_basic_constraints (certificate, FALSE, -1)) < 0
      || (code = gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE)) < 0
      || (code = gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, FALSE))
             < 0
      || (code = set_names (certificate, names, addresses)) < 0)
    return code;

  return gnutls_x509_crt_sign2 (certificate, issuer, hub_certificate_get_key (authority),
                                GNUTLS_DIG_SHA256, 0);
}

HubCertificate *
hub_authority_issue (HubCertificate *authority,
                     gnutls_x509_privkey_t key,
                     const char *const *names,
                     GPtrArray *addresses,
                     gint64 now,
                     GError **error)
{
  g_auto (gnutls_x509_privkey_t) owned_key = key;
  g_auto (gnutls_x509_crt_t) draft = NULL;
  g_auto (gnutls_x509_crt_t) leaf = NULL;
  g_auto (gnutls_x509_crt_t) issuer = NULL;
  gnutls_x509_crt_t *chain;
  int code;

  if ((code = gnutls_x509_crt_init (&draft)) < 0 || (code = gnutls_x509_crt_init (&leaf)) < 0
      || (code = gnutls_x509_crt_init (&issuer)) < 0
      || (code = build_leaf (draft, key, authority, names, addresses, now / 1000)) < 0
      || (code = copy_certificate (draft, leaf)) < 0
      || (code = copy_certificate (hub_certificate_get_first (authority), issuer)) < 0)
    {
      hub_identity_error_set_gnutls (error, code);
      return NULL;
    }

  chain = g_new0 (gnutls_x509_crt_t, 2);
  chain[0] = g_steal_pointer (&leaf);
  chain[1] = g_steal_pointer (&issuer);

  return hub_certificate_new (chain, 2, g_steal_pointer (&owned_key), error);
}
