/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "chat/hub-seat.h"

#include <string.h>

static const HubSecret token = { "0123456789abcde" };

static HubSeat *
make_seat (void)
{
  g_autoptr (HubGuest) guest = hub_guest_new (1, "Ana", "ana");

  return hub_seat_new (guest, 0, &token, NULL);
}

/* printf '%s' 0123456789abcdef | sha256sum */
static void
test_digest (void)
{
  static const char expected[] = "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f";
  const HubSecret secret = { "0123456789abcdef" };
  HubSeatDigest digest;
  g_autoptr (GString) hex = g_string_new (NULL);

  hub_seat_digest (&secret, &digest);
  for (guint i = 0; i < HUB_SEAT_DIGEST_BYTES; i++)
    g_string_append_printf (hex, "%02x", digest.bytes[i]);

  g_assert_cmpstr (hex->str, ==, expected);
}

/* Whoever reads the host's memory of a seat does not get in with it. */
static void
test_keeps_no_secret (void)
{
  g_autoptr (HubGuest) guest = hub_guest_new (1, "Ana", "ana");
  g_autoptr (HubSeat) seat = hub_seat_new (guest, 0, &token, &token);

  g_assert_null (memmem (seat, sizeof *seat, token.bytes, sizeof token.bytes));
}

static void
test_finalize (void)
{
  HubGuest *guest = hub_guest_new (1, "Ana", "ana");
  g_autoptr (HubSeat) seat = hub_seat_new (guest, 0, &token, NULL);

  g_assert_true (hub_guest_has_seat (guest));
  g_assert_true (hub_guest_get_seat (guest) == seat);
  g_clear_pointer (&seat, hub_seat_free);
  g_assert_false (hub_guest_has_seat (guest));
  g_assert_finalize_object (guest);
}

static void
test_refs (void)
{
  g_autoptr (HubSeat) seat = make_seat ();

  g_assert_false (hub_seat_is_ref_used (seat, 0));
  hub_seat_use_ref (seat, 0, 11);
  g_assert_true (hub_seat_is_ref_used (seat, 0));
  g_assert_cmpuint (hub_seat_get_said (seat, 0), ==, 11);

  /* Refs may skip; a refused one is used up and not remembered. */
  hub_seat_use_ref (seat, 5, 0);
  g_assert_true (hub_seat_is_ref_used (seat, 3));
  g_assert_true (hub_seat_is_ref_used (seat, 5));
  g_assert_cmpuint (hub_seat_get_said (seat, 3), ==, 0);
  g_assert_cmpuint (hub_seat_get_said (seat, 5), ==, 0);
  g_assert_cmpuint (hub_seat_get_said (seat, 0), ==, 11);

  hub_seat_use_ref (seat, G_MAXINT64, 12);
  g_assert_true (hub_seat_is_ref_used (seat, G_MAXINT64));
  g_assert_cmpuint (hub_seat_get_said (seat, G_MAXINT64), ==, 12);
}

static void
test_refs_bounded (void)
{
  g_autoptr (HubSeat) seat = make_seat ();

  for (gint64 ref = 0; ref < 10 * HUB_SEAT_REFS; ref++)
    hub_seat_use_ref (seat, ref, (guint64) ref + 100);

  g_assert_cmpuint (seat->refs->len, ==, HUB_SEAT_REFS);
  for (gint64 ref = 0; ref < 10 * HUB_SEAT_REFS; ref++)
    g_assert_cmpuint (hub_seat_get_said (seat, ref), ==,
                      ref < 9 * HUB_SEAT_REFS ? 0 : (guint64) ref + 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/seat/digest", test_digest);
  g_test_add_func ("/chat/seat/keeps-no-secret", test_keeps_no_secret);
  g_test_add_func ("/chat/seat/finalize", test_finalize);
  g_test_add_func ("/chat/seat/refs", test_refs);
  g_test_add_func ("/chat/seat/refs-bounded", test_refs_bounded);

  return g_test_run ();
}
