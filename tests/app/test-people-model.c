/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-people-model.h"
#include "app/hub-person-item.h"
#include "host/hub-snapshot-private.h"

#include <time.h>

/* What a list view would have after the changes it was told of. */
typedef struct
{
  HubPeopleModel *model;
  GPtrArray *seen; /* HubPersonItem */
  guint n_steps;
  gint64 last_step; /* monotonic microseconds */
} Fixture;

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, Fixture *f)
{
  g_assert_cmpuint (removed + added, >, 0);
  g_assert_cmpuint (removed + added, <=, HUB_PEOPLE_ROWS_PER_FRAME);
  g_assert_cmpuint (position + removed, <=, f->seen->len);
  if (removed > 0)
    g_ptr_array_remove_range (f->seen, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (f->seen, (gint) (position + i), g_list_model_get_item (list, position + i));
  f->n_steps++;
  f->last_step = g_get_monotonic_time ();
}

static void
fixture_init (Fixture *f)
{
  *f = (Fixture){ .model = hub_people_model_new (),
                  .seen = g_ptr_array_new_with_free_func (g_object_unref) };
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (f->model)) == HUB_TYPE_PERSON_ITEM);
  g_signal_connect (f->model, "items-changed", G_CALLBACK (on_items_changed), f);
}

static void
fixture_clear (Fixture *f)
{
  g_ptr_array_unref (f->seen);
  g_assert_finalize_object (f->model);
}

static GPtrArray *
make_people (const guint64 *ids, guint n)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_person_free);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Guest %" G_GUINT64_FORMAT, ids[i]);

      g_ptr_array_add (people, hub_person_new (ids[i], name, "", 0, FALSE));
    }

  return people;
}

static GPtrArray *
make_range (guint64 first, guint n)
{
  g_autofree guint64 *ids = g_new (guint64, n + 1);

  for (guint i = 0; i < n; i++)
    ids[i] = first + i;

  return make_people (ids, n);
}

static void
settle (Fixture *f)
{
  while (!hub_people_model_is_settled (f->model))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_shows (Fixture *f, GPtrArray *people)
{
  GListModel *list = G_LIST_MODEL (f->model);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, people->len);
  g_assert_cmpuint (f->seen->len, ==, people->len);
  for (guint i = 0; i < people->len; i++)
    {
      const HubPerson *person = g_ptr_array_index (people, i);
      g_autoptr (HubPersonItem) item = g_list_model_get_item (list, i);

      g_assert_true (item == g_ptr_array_index (f->seen, i));
      g_assert_cmpuint (hub_person_item_get_id (item), ==, person->id);
      g_assert_cmpstr (hub_person_item_get_name (item), ==, person->name);
      g_assert_cmpint (hub_person_item_is_away (item), ==, person->is_away);
    }
  g_assert_null (g_list_model_get_item (list, people->len));
}

static void
test_few (void)
{
  g_autoptr (GPtrArray) three = make_range (1, 3);
  g_autoptr (GPtrArray) nobody = make_range (1, 0);
  Fixture f;

  fixture_init (&f);
  g_assert_true (hub_people_model_is_settled (f.model));
  hub_people_model_follow (f.model, three);
  /* Within the call. */
  g_assert_true (hub_people_model_is_settled (f.model));
  assert_shows (&f, three);
  hub_people_model_follow (f.model, three);
  g_assert_cmpuint (f.n_steps, ==, 1);
  hub_people_model_follow (f.model, nobody);
  settle (&f);
  assert_shows (&f, nobody);
  g_assert_cmpuint (f.n_steps, ==, 2);
  fixture_clear (&f);
}

/* A step within a frame of the last one waits for the next. */
static void
test_one_step_a_frame (void)
{
  g_autoptr (GPtrArray) crowd = make_range (1, 10 * HUB_PEOPLE_ROWS_PER_FRAME);
  Fixture f;
  gint64 last;

  fixture_init (&f);
  hub_people_model_follow (f.model, crowd);
  g_assert_cmpuint (f.n_steps, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.model)), ==,
                    HUB_PEOPLE_ROWS_PER_FRAME);
  for (guint n = 2; n <= 10; n++)
    {
      last = f.last_step;
      hub_people_model_follow (f.model, crowd);
      while (f.n_steps < n)
        g_main_context_iteration (NULL, TRUE);
      /* The clock of GLib's timers counts whole milliseconds. */
      g_assert_cmpint (f.last_step - last, >=, (HUB_PEOPLE_FRAME_MS - 1) * 1000);
    }
  g_assert_true (hub_people_model_is_settled (f.model));
  assert_shows (&f, crowd);
  fixture_clear (&f);
}

static void
test_identity (void)
{
  g_autoptr (GPtrArray) before = make_people ((guint64[]){ 1, 2, 3, 4 }, 4);
  g_autoptr (GPtrArray) after = make_people ((guint64[]){ 1, 3, 4, 5, 2 }, 5);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  static const guint from[] = { 0, 2, 3, 4, 1 };
  Fixture f;

  fixture_init (&f);
  hub_people_model_follow (f.model, before);
  for (guint i = 0; i < before->len; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (f.model), i));
  ((HubPerson *) g_ptr_array_index (after, 4))->is_away = TRUE;
  hub_people_model_follow (f.model, after);
  settle (&f);
  assert_shows (&f, after);
  /* Also the one who left and came back in the meantime, which is a place further down. */
  for (guint i = 0; i < after->len; i++)
    if (from[i] < items->len)
      g_assert_true (g_ptr_array_index (items, from[i]) == g_ptr_array_index (f.seen, i));
  fixture_clear (&f);
}

/* Any crowd to any other, also while the way to the one before is still going on. */
static void
test_random (void)
{
  Fixture f;

  fixture_init (&f);
  for (guint round = 0; round < 60; round++)
    {
      guint n = (guint) g_test_rand_int_range (0, 400);
      g_autofree guint64 *ids = g_new (guint64, n + 1);
      g_autoptr (GPtrArray) people = NULL;
      guint64 id = (guint64) g_test_rand_int_range (1, 200);

      for (guint i = 0; i < n; i++)
        {
          ids[i] = id;
          id += (guint64) g_test_rand_int_range (1, 4);
        }
      for (guint i = 0; round % 3 == 0 && n > 1 && i < 20; i++)
        {
          guint a = (guint) g_test_rand_int_range (0, (gint32) n);
          guint b = (guint) g_test_rand_int_range (0, (gint32) n);
          guint64 other = ids[a];

          ids[a] = ids[b];
          ids[b] = other;
        }
      people = make_people (ids, n);
      hub_people_model_follow (f.model, people);
      for (gint i = g_test_rand_int_range (0, 3); i > 0; i--)
        if (!hub_people_model_is_settled (f.model))
          g_main_context_iteration (NULL, TRUE);
      if (round % 5 == 0)
        {
          settle (&f);
          assert_shows (&f, people);
        }
    }
  fixture_clear (&f);
}

/* A crowd comes, and every other one leaves: that takes a few seconds of frames, and no step costs more
 * for the crowd around it. */
static void
test_crowd (void)
{
  const guint n = 2000;
  g_autoptr (GPtrArray) crowd = make_range (1, n);
  g_autoptr (GPtrArray) half = NULL;
  g_autofree guint64 *odd = g_new (guint64, n / 2);
  Fixture f;
  clock_t begin;

  for (guint i = 0; i < n / 2; i++)
    odd[i] = 2 * i + 1;
  half = make_people (odd, n / 2);

  fixture_init (&f);
  hub_people_model_follow (f.model, crowd);
  settle (&f);
  g_assert_cmpuint (f.n_steps, ==, n / HUB_PEOPLE_ROWS_PER_FRAME);

  f.n_steps = 0;
  begin = clock ();
  hub_people_model_follow (f.model, half);
  /* Of the processor: quadratic work would take seconds; this takes a millisecond, and many with
   * sanitizers. */
  g_assert_cmpint (clock () - begin, <, CLOCKS_PER_SEC);
  settle (&f);
  assert_shows (&f, half);
  /* Three rows are touched for one that goes, as its neighbour is put back; the last 50 go alone. */
  g_assert_cmpuint (f.n_steps, <=, 3 * (n / 2) / (HUB_PEOPLE_ROWS_PER_FRAME - 3) + 60);
  fixture_clear (&f);
}

/* Nobody beside the few who leave is touched, as the focus may be there. */
static void
test_neighbours (void)
{
  g_autoptr (GPtrArray) before = make_people ((guint64[]){ 1, 2, 3, 4, 5 }, 5);
  g_autoptr (GPtrArray) after = make_people ((guint64[]){ 1, 3, 5 }, 3);
  Fixture f;

  fixture_init (&f);
  hub_people_model_follow (f.model, before);
  f.n_steps = 0;
  hub_people_model_follow (f.model, after);
  settle (&f);
  assert_shows (&f, after);
  g_assert_cmpuint (f.n_steps, ==, 2);
  fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/people-model/few", test_few);
  g_test_add_func ("/people-model/one-step-a-frame", test_one_step_a_frame);
  g_test_add_func ("/people-model/identity", test_identity);
  g_test_add_func ("/people-model/random", test_random);
  g_test_add_func ("/people-model/neighbours", test_neighbours);
  g_test_add_func ("/people-model/crowd", test_crowd);

  return g_test_run ();
}
