/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-people-model.h"

#include "app/hub-person-item.h"
#include "host/hub-snapshot.h"

/* A guest that a row is shown for, or will be. */
typedef struct
{
  guint64 id; /* the key in `known`, hence first and never changed */
  HubPersonItem *item;
  guint
      round; /* the last call of hub_people_model_follow() that named it; who misses the latest goes */
  gboolean has_row;
} Known;

struct _HubPeopleModel
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *people; /* HubPerson: what the rows are to become */
  GPtrArray *rows;   /* Known: what they are, borrowed from `known` */
  GHashTable *known; /* id -> Known: all of `rows`, and who is between two places */

  /* State */
  guint n_done;    /* rows from the first one that are as `people` says */
  guint n_gone;    /* of `rows` that are not to stay */
  guint n_between; /* of `known` without a row */
  guint round;
  guint step_source; /* until a frame after the last step */
};

static void hub_people_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubPeopleModel,
                               hub_people_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      hub_people_model_list_init))

static Known *
known_new (const HubPerson *person, guint round)
{
  Known *known = g_new0 (Known, 1);

  known->id = person->id;
  known->item = hub_person_item_new (person);
  known->round = round;

  return known;
}

static void
known_free (gpointer data)
{
  Known *known = data;

  g_object_unref (known->item);
  g_free (known);
}

static GType
hub_people_model_get_item_type (GListModel *list)
{
  return HUB_TYPE_PERSON_ITEM;
}

static guint
hub_people_model_get_n_items (GListModel *list)
{
  return HUB_PEOPLE_MODEL (list)->rows->len;
}

static gpointer
hub_people_model_get_item (GListModel *list, guint position)
{
  HubPeopleModel *self = HUB_PEOPLE_MODEL (list);
  Known *known;

  if (position >= self->rows->len)
    return NULL;

  known = g_ptr_array_index (self->rows, position);

  return g_object_ref (known->item);
}

static void
hub_people_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = hub_people_model_get_item_type;
  iface->get_n_items = hub_people_model_get_n_items;
  iface->get_item = hub_people_model_get_item;
}

static void
hub_people_model_finalize (GObject *object)
{
  HubPeopleModel *self = HUB_PEOPLE_MODEL (object);

  g_clear_handle_id (&self->step_source, g_source_remove);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->known);
  g_clear_pointer (&self->people, g_ptr_array_unref);

  G_OBJECT_CLASS (hub_people_model_parent_class)->finalize (object);
}

static void
hub_people_model_class_init (HubPeopleModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_people_model_finalize;
}

static void
hub_people_model_init (HubPeopleModel *self)
{
  self->people = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, known_free);
}

HubPeopleModel *
hub_people_model_new (void)
{
  return g_object_new (HUB_TYPE_PEOPLE_MODEL, NULL);
}

/* Returns: (nullable): NULL past the end */
static const HubPerson *
hub_people_model_peek_person (HubPeopleModel *self, guint position)
{
  return position < self->people->len ? g_ptr_array_index (self->people, position) : NULL;
}

/* Returns: (nullable): NULL past the end */
static Known *
hub_people_model_peek_row (HubPeopleModel *self, guint position)
{
  return position < self->rows->len ? g_ptr_array_index (self->rows, position) : NULL;
}

/* ---- one step ---- */

static void
hub_people_model_skip_done (HubPeopleModel *self)
{
  guint end = MIN (self->rows->len, self->people->len);

  for (; self->n_done < end; self->n_done++)
    {
      const Known *row = g_ptr_array_index (self->rows, self->n_done);
      const HubPerson *person = g_ptr_array_index (self->people, self->n_done);

      if (row->id != person->id)
        break;
    }
}

static Known *
hub_people_model_find (HubPeopleModel *self, const HubPerson *person)
{
  return g_hash_table_lookup (self->known, &person->id);
}

/* The next splice: how many rows from `n_done` on go, and how many come in their place. A guest who stays
 * but stands further down loses the row, and gets it back, with the same item, where it belongs; that is
 * rare, as guests come last when they join.
 *
 * As long as few rows are to go, the splice ends before the first one that stays: its widget, which may
 * have the focus, is not touched. Where many go, and here and there, that would be one a frame: then rows
 * in between are put back in the same splice. */
static void
hub_people_model_measure (HubPeopleModel *self, guint *n_removed, guint *n_added)
{
  gboolean merges = self->n_gone > HUB_PEOPLE_ROWS_PER_FRAME;
  guint removed = 0;
  guint added = 0;

  *n_removed = 0;
  *n_added = 0;
  while (removed + added < HUB_PEOPLE_ROWS_PER_FRAME)
    {
      const Known *row = hub_people_model_peek_row (self, self->n_done + removed);
      const HubPerson *person = hub_people_model_peek_person (self, self->n_done + added);
      const Known *known = person != NULL ? hub_people_model_find (self, person) : NULL;

      if (row != NULL && row == known)
        {
          if (!merges)
            return;
          removed++;
          added++;
          continue;
        }

      if (row != NULL && (row->round != self->round || (known != NULL && known->has_row)))
        removed++;
      else if (person != NULL && (known == NULL || !known->has_row))
        added++;
      else
        return;
      *n_removed = removed;
      *n_added = added;
    }
}

static void
hub_people_model_take_out (HubPeopleModel *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      Known *row = hub_people_model_peek_row (self, self->n_done + i);

      row->has_row = FALSE;
      if (row->round == self->round)
        {
          self->n_between++;
        }
      else
        {
          self->n_gone--;
          g_hash_table_remove (self->known, &row->id);
        }
    }
  if (n > 0)
    g_ptr_array_remove_range (self->rows, self->n_done, n);
}

static void
hub_people_model_put_in (HubPeopleModel *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const HubPerson *person = hub_people_model_peek_person (self, self->n_done);
      Known *known = hub_people_model_find (self, person);

      if (known != NULL)
        {
          self->n_between--;
        }
      else
        {
          known = known_new (person, self->round);
          g_hash_table_insert (self->known, &known->id, known);
        }
      known->has_row = TRUE;
      g_ptr_array_insert (self->rows, (gint) self->n_done++, known);
    }
}

/* One splice, of HUB_PEOPLE_ROWS_PER_FRAME rows at most. */
static void
hub_people_model_step (HubPeopleModel *self)
{
  guint position = self->n_done;
  guint n_removed;
  guint n_added;

  hub_people_model_measure (self, &n_removed, &n_added);
  hub_people_model_take_out (self, n_removed);
  hub_people_model_put_in (self, n_added);
  hub_people_model_skip_done (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static gboolean
on_frame (gpointer user_data)
{
  HubPeopleModel *self = HUB_PEOPLE_MODEL (user_data);

  if (hub_people_model_is_settled (self))
    {
      self->step_source = 0;
      return G_SOURCE_REMOVE;
    }

  hub_people_model_step (self);

  return G_SOURCE_CONTINUE;
}

/* ---- following ---- */

static gboolean
is_lost (gpointer id, gpointer value, gpointer user_data)
{
  const Known *known = value;
  const HubPeopleModel *self = user_data;

  return !known->has_row && known->round != self->round;
}

void
hub_people_model_follow (HubPeopleModel *self, GPtrArray *people)
{
  g_return_if_fail (HUB_IS_PEOPLE_MODEL (self));
  g_return_if_fail (people != NULL);

  g_ptr_array_ref (people);
  g_ptr_array_unref (self->people);
  self->people = people;
  self->round++;
  self->n_gone = self->rows->len;
  for (guint i = 0; i < people->len; i++)
    {
      const HubPerson *person = g_ptr_array_index (people, i);
      Known *known = hub_people_model_find (self, person);

      if (known != NULL)
        {
          known->round = self->round;
          self->n_gone -= known->has_row ? 1 : 0;
          hub_person_item_update (known->item, person);
        }
    }
  if (self->n_between > 0)
    self->n_between -= g_hash_table_foreach_remove (self->known, is_lost, self);

  self->n_done = 0;
  hub_people_model_skip_done (self);
  if (self->step_source != 0 || hub_people_model_is_settled (self))
    return;

  hub_people_model_step (self);
  /* Before GTK's layout and drawing (GDK_PRIORITY_REDRAW is 120), so that each step is seen at once. */
  self->step_source
      = g_timeout_add_full (G_PRIORITY_HIGH_IDLE, HUB_PEOPLE_FRAME_MS, on_frame, self, NULL);
}

gboolean
hub_people_model_is_settled (HubPeopleModel *self)
{
  g_return_val_if_fail (HUB_IS_PEOPLE_MODEL (self), TRUE);

  return self->n_done == self->rows->len && self->n_done == self->people->len;
}
