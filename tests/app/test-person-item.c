/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-person-item.h"
#include "host/hub-snapshot-private.h"

#define MINUTE (60 * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubPerson, hub_person_free)

static void
test_finalize (void)
{
  g_autoptr (HubPerson) person = hub_person_new (7, "Ana", "iPhone", 1000, TRUE);
  HubPersonItem *item = hub_person_item_new (person);
  g_autofree char *name = NULL;
  g_autofree char *device = NULL;
  guint64 id;
  gint64 joined_at;
  gboolean is_away;

  g_object_get (item, "id", &id, "name", &name, "device", &device, "joined-at", &joined_at, "away",
                &is_away, NULL);
  g_assert_cmpuint (id, ==, 7);
  g_assert_cmpstr (name, ==, "Ana");
  g_assert_cmpstr (device, ==, "iPhone");
  g_assert_cmpint (joined_at, ==, 1000);
  g_assert_true (is_away);
  g_assert_cmpuint (hub_person_item_get_id (item), ==, 7);
  g_assert_cmpstr (hub_person_item_get_name (item), ==, "Ana");
  g_assert_cmpstr (hub_person_item_get_device (item), ==, "iPhone");
  g_assert_cmpint (hub_person_item_get_joined_at (item), ==, 1000);
  g_assert_true (hub_person_item_is_away (item));
  g_assert_finalize_object (item);
}

static void
on_notify (HubPersonItem *item, GParamSpec *pspec, GString *told)
{
  g_string_append_printf (told, "%s ", pspec->name);
}

/* Only what is different is told. */
static void
test_update (void)
{
  g_autoptr (HubPerson) person = hub_person_new (7, "Ana", "", 1000, FALSE);
  g_autoptr (HubPerson) away = hub_person_new (7, "Ana", "", 1000, TRUE);
  g_autoptr (HubPerson) other = hub_person_new (7, "Ana 2", "Mac", 2000, TRUE);
  g_autoptr (HubPersonItem) item = hub_person_item_new (person);
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (item, "notify", G_CALLBACK (on_notify), told);
  hub_person_item_update (item, person);
  g_assert_cmpstr (told->str, ==, "");
  hub_person_item_update (item, away);
  g_assert_cmpstr (told->str, ==, "away ");
  g_assert_true (hub_person_item_is_away (item));
  g_string_truncate (told, 0);
  hub_person_item_update (item, other);
  g_assert_cmpstr (told->str, ==, "name device joined-at ");
  g_assert_cmpstr (hub_person_item_get_name (item), ==, "Ana 2");
}

static void
test_words (void)
{
  static const struct
  {
    const char *device;
    gint64 since;
    gboolean is_away;
    const char *caption;
    const char *spoken;
  } cases[] = {
    { "iPhone", 12 * MINUTE, FALSE, "iPhone · 12 min", "Ana, iPhone, joined 12 minutes ago" },
    { "", 12 * MINUTE, FALSE, "12 min", "Ana, joined 12 minutes ago" },
    { "iPhone", 12 * MINUTE, TRUE, "iPhone · away", "Ana, iPhone, joined 12 minutes ago, away" },
    { "", 12 * MINUTE, TRUE, "away", "Ana, joined 12 minutes ago, away" },
    { "Mac", 0, FALSE, "Mac · just joined", "Ana, Mac, joined just now" },
    /* The clock of the day may be set back. */
    { "Mac", -DAY, FALSE, "Mac · just joined", "Ana, Mac, joined just now" },
    { "Mac", MINUTE - 1, FALSE, "Mac · just joined", "Ana, Mac, joined just now" },
    { "Mac", MINUTE, FALSE, "Mac · 1 min", "Ana, Mac, joined 1 minute ago" },
    { "Mac", HOUR - 1, FALSE, "Mac · 59 min", "Ana, Mac, joined 59 minutes ago" },
    { "Mac", HOUR, FALSE, "Mac · 1 h", "Ana, Mac, joined 1 hour ago" },
    { "Mac", DAY - 1, FALSE, "Mac · 23 h", "Ana, Mac, joined 23 hours ago" },
    { "Mac", DAY, FALSE, "Mac · 1 d", "Ana, Mac, joined 1 day ago" },
    { "Mac", 9 * (gint64) DAY, FALSE, "Mac · 9 d", "Ana, Mac, joined 9 days ago" },
  };
  const gint64 now = G_GINT64_CONSTANT (1767225600000);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HubPerson) person
          = hub_person_new (1, "Ana", cases[i].device, now - cases[i].since, cases[i].is_away);
      g_autoptr (HubPersonItem) item = hub_person_item_new (person);
      g_autofree char *caption = hub_person_item_dup_caption (item, now);
      g_autofree char *spoken = hub_person_item_dup_spoken (item, now);

      g_assert_cmpstr (caption, ==, cases[i].caption);
      g_assert_cmpstr (spoken, ==, cases[i].spoken);
    }
}

/* A guest's name is no format and no markup. */
static void
test_hostile (void)
{
  g_autoptr (HubPerson) person = hub_person_new (1, "%s%n <b>&_x", "%d", 0, FALSE);
  g_autoptr (HubPersonItem) item = hub_person_item_new (person);
  g_autofree char *spoken = hub_person_item_dup_spoken (item, 0);
  g_autofree char *caption = hub_person_item_dup_caption (item, 0);

  g_assert_cmpstr (spoken, ==, "%s%n <b>&_x, %d, joined just now");
  g_assert_cmpstr (caption, ==, "%d · just joined");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/person-item/finalize", test_finalize);
  g_test_add_func ("/person-item/update", test_update);
  g_test_add_func ("/person-item/words", test_words);
  g_test_add_func ("/person-item/hostile", test_hostile);

  return g_test_run ();
}
