/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-notices.h"
#include "host/hub-snapshot-private.h"
#include "support/hub-fake-clock.h"

#include <string.h>

#define HOME "https://192.168.1.5:8443/"
#define CAFE "https://10.0.0.7:8443/"
#define VPN "https://100.64.0.2:8443/"
#define NAME "https://box.local:8443/"

typedef struct
{
  HubFakeClock *clock;
  HubNotices *notices;
} Fixture;

static void
fixture_init (Fixture *f)
{
  f->clock = hub_fake_clock_new ();
  f->notices = hub_notices_new (HUB_CLOCK (f->clock));
}

static void
fixture_clear (Fixture *f)
{
  hub_notices_free (f->notices);
  g_assert_finalize_object (f->clock);
}

/* @urls, best first; one of a VPN says so by its address. The first is shown, unless it is a name. */
static gboolean
follow (Fixture *f, const char *const *urls, guint16 busy_port, guint n_people)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_place_free);
  HubSnapshotParts parts = {
    .room_name = "Lab",
    .port = 8443,
    .busy_port = busy_port,
    .places = places,
    .fingerprint = "AB",
    .max_guests = 10,
    .people = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_person_free),
  };
  g_autoptr (HubSnapshot) snapshot = NULL;
  const HubPlace *shown = NULL;

  for (; *urls != NULL; urls++)
    g_ptr_array_add (places, hub_place_new (*urls, "label", g_str_equal (*urls, VPN)));
  if (places->len > 0 && !g_str_equal (((HubPlace *) places->pdata[0])->url, NAME))
    shown = places->pdata[0];
  snapshot = hub_snapshot_new (&parts);

  return hub_notices_follow (f->notices, snapshot, shown, n_people);
}

#define URLS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NOWHERE ((const char *const[]){ NULL })

static void
test_one_place (void)
{
  static const struct
  {
    const char *urls[4];
    guint16 busy_port;
    HubNotice notice;
  } cases[] = {
    { { NULL }, 0, HUB_NOTICE_NO_NETWORK },
    { { NULL }, 8443, HUB_NOTICE_NO_NETWORK },
    /* A name is published, but leads nowhere. */
    { { NAME }, 0, HUB_NOTICE_NO_NETWORK },
    { { HOME }, 0, HUB_NOTICE_NONE },
    { { HOME, NAME }, 0, HUB_NOTICE_NONE },
    { { HOME, VPN, NAME }, 0, HUB_NOTICE_NONE },
    { { HOME }, 8443, HUB_NOTICE_PORT_BUSY },
    { { VPN }, 0, HUB_NOTICE_VPN_ONLY },
    { { VPN, NAME }, 0, HUB_NOTICE_VPN_ONLY },
    { { VPN }, 8443, HUB_NOTICE_VPN_ONLY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture f;

      fixture_init (&f);
      g_assert_false (follow (&f, cases[i].urls, cases[i].busy_port, 3));
      g_assert_cmpint (hub_notices_get (f.notices), ==, cases[i].notice);
      fixture_clear (&f);
    }
}

/* Everything holds at once: what is read gives way to the next. */
static void
test_order (void)
{
  static const HubNotice order[]
      = { HUB_NOTICE_NETWORK_CHANGED, HUB_NOTICE_VPN_ONLY, HUB_NOTICE_PORT_BUSY, HUB_NOTICE_STUCK,
          HUB_NOTICE_NOBODY,          HUB_NOTICE_NONE,     HUB_NOTICE_NONE };
  Fixture f;

  fixture_init (&f);
  follow (&f, URLS (HOME), 8443, 1);
  hub_notices_add_stuck (f.notices);
  hub_fake_clock_advance (f.clock, HUB_STATUS_NOBODY_S * 1000);
  follow (&f, NOWHERE, 8443, 1);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NO_NETWORK);
  g_assert_true (follow (&f, URLS (VPN), 8443, 1));
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_assert_cmpint (hub_notices_get (f.notices), ==, order[i]);
      hub_notices_dismiss (f.notices);
    }
  fixture_clear (&f);
}

/* What is over and comes back is told anew. */
static void
test_again (void)
{
  Fixture f;

  fixture_init (&f);
  follow (&f, NOWHERE, 0, 0);
  hub_notices_dismiss (f.notices);
  follow (&f, NOWHERE, 0, 0);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NONE);
  follow (&f, URLS (HOME), 0, 0);
  follow (&f, NOWHERE, 0, 0);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NO_NETWORK);

  follow (&f, URLS (HOME), 0, 0);
  hub_notices_add_stuck (f.notices);
  hub_notices_dismiss (f.notices);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NONE);
  hub_notices_add_stuck (f.notices);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_STUCK);
  hub_notices_add_joined (f.notices);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NONE);
  fixture_clear (&f);
}

static void
test_changed (void)
{
  static const struct
  {
    const char *what;
    guint n_before;
    const char *between[3];
    guint n_between;
    const char *after[3];
    guint n_after;
    gboolean is_told;
  } cases[] = {
    { "another address", 2, { HOME }, 2, { CAFE }, 2, TRUE },
    { "nobody to tell", 0, { HOME }, 0, { CAFE }, 0, FALSE },
    { "one more address, which ranks first", 2, { HOME }, 2, { CAFE, HOME }, 2, FALSE },
    { "the name is published", 2, { HOME }, 2, { HOME, NAME }, 2, FALSE },
    { "Wi-Fi hesitates", 2, { NULL }, 2, { HOME }, 2, FALSE },
    { "elsewhere after a while", 2, { NULL }, 2, { CAFE }, 0, TRUE },
    { "only the name is left for a while", 2, { NAME }, 2, { CAFE, NAME }, 1, TRUE },
    { "nobody was there when it went", 0, { NULL }, 0, { CAFE }, 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture f;

      g_test_message ("%s", cases[i].what);
      fixture_init (&f);
      g_assert_false (follow (&f, URLS (HOME), 0, cases[i].n_before));
      g_assert_false (follow (&f, cases[i].between, 0, cases[i].n_between));
      g_assert_cmpint (follow (&f, cases[i].after, 0, cases[i].n_after), ==, cases[i].is_told);
      g_assert_cmpint (hub_notices_get (f.notices), ==,
                       cases[i].is_told ? HUB_NOTICE_NETWORK_CHANGED : HUB_NOTICE_NONE);
      /* Told once, until somebody came by the new address. */
      g_assert_false (follow (&f, cases[i].after, 0, 1));
      hub_notices_add_joined (f.notices);
      g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NONE);
      fixture_clear (&f);
    }
}

static void
test_chosen (void)
{
  Fixture f;

  fixture_init (&f);
  follow (&f, URLS (HOME, CAFE), 0, 2);
  hub_notices_forget_address (f.notices);
  g_assert_false (follow (&f, URLS (CAFE), 0, 2));
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NONE);
  fixture_clear (&f);
}

static void
test_nobody (void)
{
  Fixture f;

  fixture_init (&f);
  follow (&f, URLS (HOME), 0, 0);
  g_assert_cmpuint (hub_notices_get_patience (f.notices), ==, HUB_STATUS_NOBODY_S * 1000);
  hub_fake_clock_advance (f.clock, HUB_STATUS_NOBODY_S * 1000 - 1);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NONE);
  g_assert_cmpuint (hub_notices_get_patience (f.notices), ==, 1);
  hub_fake_clock_advance (f.clock, 1);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NOBODY);
  g_assert_cmpuint (hub_notices_get_patience (f.notices), ==, 0);
  hub_notices_add_joined (f.notices);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NONE);
  fixture_clear (&f);

  /* Somebody came in time, and left again: people do reach this computer. */
  fixture_init (&f);
  follow (&f, URLS (HOME), 0, 0);
  hub_notices_add_joined (f.notices);
  g_assert_cmpuint (hub_notices_get_patience (f.notices), ==, 0);
  hub_fake_clock_advance (f.clock, 10 * HUB_STATUS_NOBODY_S * 1000);
  g_assert_cmpint (hub_notices_get (f.notices), ==, HUB_NOTICE_NONE);
  fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notices/one-place", test_one_place);
  g_test_add_func ("/notices/order", test_order);
  g_test_add_func ("/notices/again", test_again);
  g_test_add_func ("/notices/changed", test_changed);
  g_test_add_func ("/notices/chosen", test_chosen);
  g_test_add_func ("/notices/nobody", test_nobody);

  return g_test_run ();
}
