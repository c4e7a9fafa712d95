/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-credentials.h"

struct _HubCredentials
{
  gatomicrefcount references;

  gnutls_certificate_credentials_t certificate;
  gnutls_priority_t priorities;
  gnutls_datum_t ticket_key;
  char *fingerprint;
  GStrv names;
};

G_DEFINE_BOXED_TYPE (HubCredentials, hub_credentials, hub_credentials_ref, hub_credentials_unref)

/* Key exchange with the certificate's own RSA key has no forward secrecy. */
#define PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA"

HubCredentials *
hub_credentials_ref (HubCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
hub_credentials_unref (HubCredentials *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  if (self->certificate != NULL)
    gnutls_certificate_free_credentials (self->certificate);
  if (self->priorities != NULL)
    gnutls_priority_deinit (self->priorities);
  gnutls_memset (self->ticket_key.data, 0, self->ticket_key.size);
  gnutls_free (self->ticket_key.data);
  g_free (self->fingerprint);
  g_strfreev (self->names);
  g_free (self);
}

HubCredentials *
hub_credentials_new (HubCertificate *certificate, GError **error)
{
  g_autoptr (HubCredentials) self = g_new0 (HubCredentials, 1);
  guint n_chain;
  gnutls_x509_crt_t *chain = hub_certificate_get_chain (certificate, &n_chain);
  int code;

  g_atomic_ref_count_init (&self->references);
  self->fingerprint = hub_certificate_dup_fingerprint (certificate);
  self->names = hub_certificate_dup_names (certificate);

  if ((code = gnutls_certificate_allocate_credentials (&self->certificate)) < 0
      || (code = gnutls_certificate_set_x509_key (self->certificate, chain, n_chain,
                                                  hub_certificate_get_key (certificate)))
             < 0
      || (code = gnutls_priority_init (&self->priorities, PRIORITIES, NULL)) < 0
      || (code = gnutls_session_ticket_key_generate (&self->ticket_key)) < 0)
    {
      hub_identity_error_set_gnutls (error, code);
      return NULL;
    }

  return g_steal_pointer (&self);
}

gnutls_session_t
hub_credentials_new_session (HubCredentials *self, GError **error)
{
  static const char protocol[] = "http/1.1";
  const gnutls_datum_t alpn = { (unsigned char *) protocol, sizeof protocol - 1 };
  gnutls_session_t session = NULL;
  int code;

  g_return_val_if_fail (self != NULL, NULL);

  if ((code = gnutls_init (&session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL)) < 0
      || (code = gnutls_priority_set (session, self->priorities)) < 0
      || (code = gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, self->certificate)) < 0
      || (code = gnutls_alpn_set_protocols (session, &alpn, 1, GNUTLS_ALPN_MANDATORY)) < 0
      || (code = gnutls_session_ticket_enable_server (session, &self->ticket_key)) < 0)
    {
      g_clear_pointer (&session, gnutls_deinit);
      hub_identity_error_set_gnutls (error, code);
    }

  return session;
}

const char *
hub_credentials_get_fingerprint (HubCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fingerprint;
}

const char *const *
hub_credentials_get_names (HubCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->names;
}
