/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-test-identity.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define YEAR_MS (365 * DAY_MS)

static int
get_mode (HubTestIdentity *test, const char *name)
{
  g_autofree char *path = hub_test_identity_dup_path (test, name);
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);

  return status.st_mode & 07777;
}

static void
assert_names (HubTestIdentity *test, const char *expected)
{
  g_autofree char *names = hub_test_identity_dup_names (test);

  g_assert_cmpstr (names, ==, expected);
}

static char *
dup_fingerprint (HubIdentity *identity)
{
  return g_strdup (hub_credentials_get_fingerprint (hub_identity_get_credentials (identity)));
}

static void
test_new (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = hub_test_identity_open (test);
  g_autofree char *ca_file = hub_test_identity_dup_file (test, "ca.pem");
  g_autofree char *ca_pem = hub_identity_dup_ca_pem (identity);
  gint64 now = hub_clock_get_real (test->clock);
  gboolean changed = TRUE;
  const char *const *names;

  g_assert_cmpstr (ca_pem, ==, ca_file);
  g_assert_null (hub_identity_get_credentials (identity));
  g_assert_cmpint (hub_identity_get_expiry (identity), ==, 0);

  g_assert_true (hub_test_identity_ensure (identity, "192.168.1.5", "Pi", TRUE));
  assert_names (test, "pi.local localhost 192.168.1.5");
  names = hub_credentials_get_names (hub_identity_get_credentials (identity));
  g_assert_cmpuint (g_strv_length ((GStrv) names), ==, 2);
  g_assert_cmpstr (names[0], ==, "pi.local");
  g_assert_cmpstr (names[1], ==, "localhost");
  g_assert_cmpuint (
      strlen (hub_credentials_get_fingerprint (hub_identity_get_credentials (identity))), ==,
      32 * 3 - 1);

  /* Browsers take 398 days at most; ours begins a day back. */
  g_assert_cmpint (hub_identity_get_expiry (identity), >, now + 395 * DAY_MS);
  g_assert_cmpint (hub_identity_get_expiry (identity), <=, now + 396 * DAY_MS);

  g_assert_cmpint (get_mode (test, ""), ==, 0700);
  g_assert_cmpint (get_mode (test, "ca.pem"), ==, 0644);
  g_assert_cmpint (get_mode (test, "ca-key.pem"), ==, 0600);
  g_assert_cmpint (get_mode (test, "server.pem"), ==, 0644);
  g_assert_cmpint (get_mode (test, "server-key.pem"), ==, 0600);

  /* There is nothing to read again. */
  g_assert_true (hub_identity_reload (identity, &changed, NULL));
  g_assert_false (changed);
  g_assert_finalize_object (identity);
}

/* Nothing is made anew at the next start, and what is needed is there at once. */
static void
test_again (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = hub_test_identity_open (test);
  g_autofree char *listing = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *listing_again = NULL;
  g_autofree char *fingerprint_again = NULL;
  gint64 expiry;

  hub_test_identity_ensure (identity, "192.168.1.5 fe80::1", "pi", TRUE);
  fingerprint = dup_fingerprint (identity);
  expiry = hub_identity_get_expiry (identity);
  g_assert_finalize_object (identity);
  listing = hub_test_identity_dup_listing (test);

  identity = hub_test_identity_open (test);
  fingerprint_again = dup_fingerprint (identity);
  g_assert_cmpstr (fingerprint, ==, fingerprint_again);
  g_assert_cmpint (hub_identity_get_expiry (identity), ==, expiry);
  g_assert_false (hub_test_identity_ensure (identity, "192.168.1.5", "pi", TRUE));
  g_assert_finalize_object (identity);

  listing_again = hub_test_identity_dup_listing (test);
  g_assert_cmpstr (listing, ==, listing_again);
}

/* Steps of one installation's life; each on top of those before it. */
static const struct
{
  const char *addresses;
  const char *label;
  gboolean is_changed;
  const char *names;
} steps[] = {
  { "192.168.1.5", NULL, TRUE, "localhost 192.168.1.5" },
  { "192.168.1.5", NULL, FALSE, "localhost 192.168.1.5" },
  { "", NULL, FALSE, "localhost 192.168.1.5" },
  /* The order of what is shown is no reason, nor is what may not be in it. */
  { "8.8.8.8 192.168.1.5 2001:db8::1 224.0.0.1", NULL, FALSE, "localhost 192.168.1.5" },
  { "10.0.0.7 fd00::7", NULL, TRUE, "localhost 10.0.0.7 fd00::7 192.168.1.5" },
  { "192.168.1.5 10.0.0.7", NULL, FALSE, "localhost 10.0.0.7 fd00::7 192.168.1.5" },
  { "1.1.1.1 10.0.0.8 10.0.0.8", NULL, TRUE, "localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "pi", TRUE, "pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "PI", FALSE, "pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", NULL, FALSE, "pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "", FALSE, "pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "no_label", FALSE, "pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "a.b", FALSE, "pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "-pi", FALSE, "pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "\303\244", FALSE, "pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "pi-2", TRUE, "pi-2.local pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "pi", FALSE, "pi-2.local pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "p3", TRUE,
    "p3.local pi-2.local pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "p4", TRUE,
    "p4.local p3.local pi-2.local pi.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
  { "", "p5", TRUE,
    "p5.local p4.local p3.local pi-2.local localhost 10.0.0.8 10.0.0.7 fd00::7 192.168.1.5" },
};

static void
test_steps (HubTestIdentity *test, gconstpointer user_data)
{
  g_autofree char *key = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      /* Each step a start of its own: the order comes from the file. */
      HubIdentity *identity = hub_test_identity_open (test);
      g_autofree char *key_now = NULL;
      gboolean is_changed;

      g_test_message ("step %u", i);
      is_changed = hub_test_identity_ensure (identity, steps[i].addresses, steps[i].label, FALSE);
      g_assert_cmpint (is_changed, ==, steps[i].is_changed);
      assert_names (test, steps[i].names);

      key_now = hub_test_identity_dup_file (test, "server-key.pem");
      if (key == NULL)
        key = g_strdup (key_now);
      g_assert_cmpstr (key, ==, key_now);
      g_assert_finalize_object (identity);
    }
}

static void
test_newest_stay (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = hub_test_identity_open (test);
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *address = g_strdup_printf ("10.0.0.%u", i);

      g_assert_true (hub_test_identity_ensure (identity, address, NULL, FALSE));
    }
  assert_names (test,
                "localhost 10.0.0.20 10.0.0.19 10.0.0.18 10.0.0.17 10.0.0.16 10.0.0.15 10.0.0.14 "
                "10.0.0.13 10.0.0.12 10.0.0.11 10.0.0.10 10.0.0.9 10.0.0.8 10.0.0.7 10.0.0.6 "
                "10.0.0.5");
  g_assert_false (hub_test_identity_ensure (identity, "10.0.0.5", NULL, FALSE));
  g_assert_true (hub_test_identity_ensure (identity, "10.0.0.4", NULL, FALSE));

  /* More to be shown than there is room for: the best, and only once. */
  for (guint i = 1; i <= 30; i++)
    g_string_append_printf (many, "10.1.0.%u ", i);
  g_assert_true (hub_test_identity_ensure (identity, many->str, NULL, FALSE));
  g_assert_false (hub_test_identity_ensure (identity, many->str, NULL, FALSE));
  g_assert_false (hub_test_identity_ensure (identity, "10.1.0.1 10.1.0.16", NULL, FALSE));
  g_assert_true (hub_test_identity_ensure (identity, "10.1.0.17", NULL, FALSE));

  g_assert_finalize_object (identity);
}

static void
test_age (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = hub_test_identity_open (test);
  gint64 expiry;

  hub_test_identity_ensure (identity, "10.0.0.1 10.0.0.2", "pi", TRUE);
  expiry = hub_identity_get_expiry (identity);

  /* A third of 397 days is 132 days and 8 hours. */
  hub_fake_clock_advance (test->fake_clock,
                          expiry - hub_clock_get_real (test->clock) - 133 * DAY_MS);
  g_assert_false (hub_test_identity_ensure (identity, "10.0.0.1", "pi", TRUE));
  hub_fake_clock_advance (test->fake_clock, DAY_MS);
  g_assert_false (hub_test_identity_ensure (identity, "10.0.0.1", "pi", FALSE));
  g_assert_cmpint (hub_identity_get_expiry (identity), ==, expiry);
  g_assert_true (hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE));
  g_assert_cmpint (hub_identity_get_expiry (identity), >, expiry + 200 * DAY_MS);
  assert_names (test, "pi.local localhost 10.0.0.1 10.0.0.2");
  g_assert_false (hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE));

  /* Expired, with guests present: not under their feet. At the next start it is replaced. */
  hub_fake_clock_advance (test->fake_clock, 2 * YEAR_MS);
  g_assert_false (hub_test_identity_ensure (identity, "10.0.0.1", NULL, FALSE));
  g_assert_finalize_object (identity);
  identity = hub_test_identity_open (test);
  g_assert_true (hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE));
  g_assert_cmpint (hub_identity_get_expiry (identity), >, hub_clock_get_real (test->clock));
  g_assert_finalize_object (identity);
}

/* A certificate never outlives its CA, is not issued for ever near the CA's end, and not after. */
static void
test_end_of_authority (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = hub_test_identity_open (test);
  gint64 end = hub_clock_get_real (test->clock) + 10 * YEAR_MS;
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) open_error = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *fingerprint_after = NULL;
  g_autofree char *listing = NULL;
  g_autofree char *listing_after = NULL;
  gboolean changed = TRUE;

  hub_fake_clock_advance (test->fake_clock, end - hub_clock_get_real (test->clock) - DAY_MS);
  g_assert_true (hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE));
  g_assert_cmpint (hub_identity_get_expiry (identity), ==, end);
  g_assert_false (hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE));
  hub_fake_clock_advance (test->fake_clock, DAY_MS / 2);
  g_assert_false (hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE));
  fingerprint = dup_fingerprint (identity);
  listing = hub_test_identity_dup_listing (test);

  hub_fake_clock_advance (test->fake_clock, DAY_MS / 2);
  g_ptr_array_add (addresses, g_inet_address_new_from_string ("10.0.0.2"));
  g_assert_false (hub_identity_ensure (identity, addresses, NULL, TRUE, &changed, &error));
  g_assert_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_EXPIRED);
  g_assert_nonnull (strstr (error->message, "ca.pem"));
  g_assert_nonnull (strstr (error->message, test->data));
  g_assert_false (changed);
  fingerprint_after = dup_fingerprint (identity);
  g_assert_cmpstr (fingerprint, ==, fingerprint_after);
  g_assert_finalize_object (identity);

  g_assert_null (hub_identity_open (test->clock, test->data, &open_error));
  g_assert_error (open_error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_EXPIRED);
  listing_after = hub_test_identity_dup_listing (test);
  g_assert_cmpstr (listing, ==, listing_after);
}

/* The clock was ahead when it was made (a board without a battery): once it is right, the
 * certificate would not be valid for a long time yet. */
static void
test_clock_was_wrong (HubTestIdentity *test, gconstpointer user_data)
{
  HubFakeClock *ahead = hub_fake_clock_new ();
  HubIdentity *identity = hub_test_identity_open (test);
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (identity);
  hub_fake_clock_advance (ahead, YEAR_MS);
  identity = hub_identity_open (HUB_CLOCK (ahead), test->data, &error);
  g_assert_no_error (error);
  g_assert_true (hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE));
  g_assert_finalize_object (identity);

  identity = hub_test_identity_open (test);
  g_assert_false (hub_test_identity_ensure (identity, "10.0.0.1", NULL, FALSE));
  g_assert_true (hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE));
  g_assert_false (hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE));
  g_assert_finalize_object (identity);
  g_assert_finalize_object (ahead);
}

/* What a session was made with outlives the identity's newer ones. */
static void
test_credentials_stay (HubTestIdentity *test, gconstpointer user_data)
{
  HubIdentity *identity = hub_test_identity_open (test);
  g_autoptr (HubCredentials) old = NULL;
  g_autoptr (GError) error = NULL;
  gnutls_session_t session;

  hub_test_identity_ensure (identity, "10.0.0.1", NULL, TRUE);
  old = hub_credentials_ref (hub_identity_get_credentials (identity));
  g_assert_true (hub_test_identity_ensure (identity, "10.0.0.2", NULL, TRUE));
  g_assert_true (old != hub_identity_get_credentials (identity));
  g_assert_cmpstr (hub_credentials_get_fingerprint (old), !=,
                   hub_credentials_get_fingerprint (hub_identity_get_credentials (identity)));
  g_assert_finalize_object (identity);

  session = hub_credentials_new_session (old, &error);
  g_assert_no_error (error);
  gnutls_deinit (session);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  hub_test_identity_add ("/identity/new", test_new);
  hub_test_identity_add ("/identity/again", test_again);
  hub_test_identity_add ("/identity/steps", test_steps);
  hub_test_identity_add ("/identity/newest-stay", test_newest_stay);
  hub_test_identity_add ("/identity/age", test_age);
  hub_test_identity_add ("/identity/end-of-authority", test_end_of_authority);
  hub_test_identity_add ("/identity/clock-was-wrong", test_clock_was_wrong);
  hub_test_identity_add ("/identity/credentials-stay", test_credentials_stay);

  return g_test_run ();
}
