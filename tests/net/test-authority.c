/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-authority.h"

#include "base/hub-clock.h"
#include "net/hub-gnutls.h"

#include <string.h>

#define NOW_MS G_GINT64_CONSTANT (1767225600000)

static HubCertificate *
make_authority (void)
{
  g_autoptr (GError) error = NULL;
  HubCertificate *authority;
  gnutls_x509_privkey_t key = hub_authority_make_key (&error);

  g_assert_no_error (error);
  authority = hub_authority_make (key, NOW_MS, &error);
  g_assert_no_error (error);

  return authority;
}

/* @names: separated by spaces; what GLib takes for an address is one. */
static HubCertificate *
issue (HubCertificate *authority, const char *names)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) domains = NULL;
  g_autoptr (GError) error = NULL;
  HubCertificate *leaf;

  for (guint i = 0; words[i] != NULL; i++)
    {
      GInetAddress *address = g_inet_address_new_from_string (words[i]);

      if (address != NULL)
        g_ptr_array_add (addresses, address);
      else
        g_strv_builder_add (builder, words[i]);
    }
  domains = g_strv_builder_end (builder);

  leaf = hub_authority_issue (authority, hub_authority_make_key (NULL),
                              (const char *const *) domains, addresses, NOW_MS, &error);
  g_assert_no_error (error);

  return leaf;
}

static const struct
{
  const char *names;
  gboolean is_accepted;
} cases[] = {
  { "localhost", TRUE },
  { "pi.local", TRUE },
  { "a.b.local", TRUE },
  { "pi.local localhost 192.168.1.5 10.0.0.1 fd00::1 fe80::1 127.0.0.1 ::1", TRUE },
  { "localhost 169.254.7.7 100.64.0.1 172.31.0.1", TRUE },
  { "example.com", FALSE },
  { "examplelocal", FALSE },
  { "local.example.com", FALSE },
  { "evil-localhost", FALSE },
  { "localhost.example.com", FALSE },
  { "localhost example.com", FALSE },
  { "example.com 192.168.1.5", FALSE },
  { "localhost 8.8.8.8", FALSE },
  { "localhost 192.168.1.5 11.0.0.1", FALSE },
  { "localhost 172.32.0.1", FALSE },
  { "localhost 2001:db8::1", FALSE },
  { "localhost ::2", FALSE },
  { "localhost ::ffff:192.168.1.5", FALSE },
};

/* What GnuTLS, as one who trusts the CA, thinks of what it signed. */
static void
test_constraints (void)
{
  g_autoptr (HubCertificate) authority = make_authority ();
  g_autoptr (HubCertificate) other = make_authority ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HubCertificate) leaf = issue (authority, cases[i].names);

      g_test_message ("%s", cases[i].names);
      g_assert_cmpint (hub_certificate_is_signed_by (leaf, authority), ==, cases[i].is_accepted);
      g_assert_false (hub_certificate_is_signed_by (leaf, other));
    }
}

/* The same, with nothing of ours in between. */
static void
test_trust_list (void)
{
  g_autoptr (HubCertificate) authority = make_authority ();
  g_autoptr (HubCertificate) good = issue (authority, "localhost 192.168.1.5");
  g_autoptr (HubCertificate) bad = issue (authority, "localhost 192.168.1.5 8.8.8.8");
  gnutls_x509_crt_t root = hub_certificate_get_first (authority);
  gnutls_x509_crt_t leaf = hub_certificate_get_first (good);
  gnutls_x509_crt_t bad_leaf = hub_certificate_get_first (bad);
  gnutls_x509_trust_list_t list;
  unsigned int status;

  g_assert_cmpint (gnutls_x509_trust_list_init (&list, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_trust_list_add_cas (list, &root, 1, 0), ==, 1);
  g_assert_cmpint (gnutls_x509_trust_list_verify_crt (
                       list, &leaf, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status, NULL),
                   ==, 0);
  g_assert_cmpuint (status, ==, 0);
  g_assert_true (gnutls_x509_crt_check_ip (leaf, (const guint8 *) "\xc0\xa8\x01\x05", 4, 0));
  g_assert_cmpint (gnutls_x509_trust_list_verify_crt (
                       list, &bad_leaf, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status, NULL),
                   ==, 0);
  g_assert_cmpuint (status & GNUTLS_CERT_INVALID, !=, 0);
  gnutls_x509_trust_list_deinit (list, 0);
}

static void
test_authority_says (void)
{
  g_autoptr (HubCertificate) authority = make_authority ();
  gnutls_x509_crt_t crt = hub_certificate_get_first (authority);
  g_auto (gnutls_x509_name_constraints_t) constraints = NULL;
  guint n_addresses = 0, n_domains = 0;
  unsigned int is_critical = 0, is_ca = 0, usage = 0, type;
  gnutls_datum_t name;
  int path_length = -1;

  g_assert_cmpint (gnutls_x509_crt_get_basic_constraints (crt, &is_critical, &is_ca, &path_length),
                   >=, 0);
  g_assert_true (is_critical && is_ca && path_length == 0);
  g_assert_cmpint (gnutls_x509_crt_get_key_usage (crt, &usage, &is_critical), ==, 0);
  g_assert_cmpuint (usage, ==, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN);

  gnutls_x509_name_constraints_init (&constraints);
  is_critical = 0;
  g_assert_cmpint (gnutls_x509_crt_get_name_constraints (crt, constraints, 0, &is_critical), ==, 0);
  g_assert_true (is_critical);
  for (guint i = 0; gnutls_x509_name_constraints_get_permitted (constraints, i, &type, &name) == 0;
       i++)
    {
      n_addresses += type == GNUTLS_SAN_IPADDRESS;
      n_domains += type == GNUTLS_SAN_DNSNAME;
    }
  g_assert_cmpuint (n_addresses, ==, 9);
  g_assert_cmpuint (n_domains, ==, 2);
}

static void
test_leaf_says (void)
{
  g_autoptr (HubCertificate) authority = make_authority ();
  g_autoptr (HubCertificate) one = issue (authority, "localhost");
  g_autoptr (HubCertificate) other = issue (authority, "localhost");
  gnutls_x509_crt_t crt = hub_certificate_get_first (one);
  unsigned int is_critical, usage = 0;
  guint8 serial[20], other_serial[20];
  size_t size = sizeof serial, other_size = sizeof other_serial;
  guint n_chain = 0;

  g_assert_cmpint (gnutls_x509_crt_get_ca_status (crt, &is_critical), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_get_key_usage (crt, &usage, &is_critical), ==, 0);
  g_assert_cmpuint (usage, ==, GNUTLS_KEY_DIGITAL_SIGNATURE);
  g_assert_true (gnutls_x509_crt_check_key_purpose (crt, GNUTLS_KP_TLS_WWW_SERVER,
                                                    GNUTLS_VERIFY_DO_NOT_ALLOW_SAME));
  g_assert_false (gnutls_x509_crt_check_key_purpose (crt, GNUTLS_KP_TLS_WWW_CLIENT,
                                                     GNUTLS_VERIFY_DO_NOT_ALLOW_SAME));

  g_assert_cmpint (gnutls_x509_crt_get_serial (crt, serial, &size), ==, 0);
  g_assert_cmpint (
      gnutls_x509_crt_get_serial (hub_certificate_get_first (other), other_serial, &other_size), ==,
      0);
  g_assert_cmpuint (size, ==, 16);
  g_assert_cmpint (memcmp (serial, other_serial, size), !=, 0);

  /* The CA stands behind it, never in its place. */
  hub_certificate_get_chain (one, &n_chain);
  g_assert_cmpuint (n_chain, ==, 2);
}

/* Made again with the same key, a CA stands in for the first: what that signed still holds. */
static void
test_made_again (void)
{
  g_autoptr (HubCertificate) first = make_authority ();
  g_autoptr (HubCertificate) leaf = issue (first, "localhost");
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = hub_certificate_encode_key (hub_certificate_get_key (first), &error);
  g_autoptr (GBytes) bytes = g_bytes_new_static (pem, strlen (pem));
  g_autoptr (HubCertificate) again = NULL;

  again = hub_authority_make (hub_certificate_parse_key (bytes, "key", &error), NOW_MS + 1000,
                              &error);
  g_assert_no_error (error);
  g_assert_true (hub_certificate_is_signed_by (leaf, again));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/authority/constraints", test_constraints);
  g_test_add_func ("/authority/trust-list", test_trust_list);
  g_test_add_func ("/authority/authority-says", test_authority_says);
  g_test_add_func ("/authority/leaf-says", test_leaf_says);
  g_test_add_func ("/authority/made-again", test_made_again);

  return g_test_run ();
}
