/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-column.h"
#include "hub-test-window.h"

#define N_ROWS 1000
#define HEAD 300
#define PAGE 400

/* A head with a button at its top, over a list of "0", "1", … */
typedef struct
{
  GtkWindow *window;
  GtkWidget *column;
  GtkWidget *button;
  GtkWidget *list;
  GtkStringList *model;
  GtkAdjustment *adjustment;
  guint n_widgets; /* made for rows */
} Fixture;

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, Fixture *f)
{
  GtkWidget *label = gtk_label_new (NULL);

  f->n_widgets++;
  gtk_widget_set_focusable (label, TRUE);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Fixture *f)
{
  GtkStringObject *object = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (object));
}

static void
fixture_init (Fixture *f)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  *f = (Fixture){ .column = hub_column_new (), .model = gtk_string_list_new (NULL) };
  for (int i = 0; i < N_ROWS; i++)
    gtk_string_list_take (f->model, g_strdup_printf ("%d", i));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), f);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), f);

  f->button = gtk_button_new_with_label ("Button");
  gtk_box_append (GTK_BOX (head), f->button);
  gtk_widget_set_size_request (head, -1, HEAD);
  f->list = gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (f->model)))), factory);
  hub_column_set_head (HUB_COLUMN (f->column), head);
  hub_column_set_list (HUB_COLUMN (f->column), f->list);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), f->column);

  f->window = hub_test_window_show (scroller, 300, PAGE);
  f->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static void
fixture_clear (Fixture *f)
{
  g_object_add_weak_pointer (G_OBJECT (f->column), (gpointer *) &f->column);
  gtk_window_destroy (f->window);
  g_assert_null (f->column);
  g_assert_finalize_object (f->model);
}

static void
scroll_to (Fixture *f, double value)
{
  gtk_adjustment_set_value (f->adjustment, value);
  hub_test_window_settle (f->column);
}

/* The text of the row at @y below the column's top. */
static const char *
get_row_at (Fixture *f, double y)
{
  GtkWidget *picked = gtk_widget_pick (f->column, 150, y, GTK_PICK_DEFAULT);

  while (picked != NULL && picked != f->list && !GTK_IS_LABEL (picked))
    picked = gtk_widget_get_first_child (picked);

  return GTK_IS_LABEL (picked) ? gtk_label_get_text (GTK_LABEL (picked)) : NULL;
}

static double
get_row_height (Fixture *f)
{
  return (gtk_adjustment_get_upper (f->adjustment) - HEAD)
         / g_list_model_get_n_items (G_LIST_MODEL (f->model));
}

static void
test_scroll (void)
{
  Fixture f;
  double row;

  fixture_init (&f);
  row = get_row_height (&f);
  g_assert_cmpfloat (row, >, 10);
  g_assert_cmpfloat (gtk_adjustment_get_page_size (f.adjustment), ==, PAGE);
  g_assert_cmpstr (get_row_at (&f, HEAD + row / 2), ==, "0");

  /* The head is half gone, then all of it, then rows are. */
  scroll_to (&f, 150);
  g_assert_cmpstr (get_row_at (&f, HEAD - 150 + row / 2), ==, "0");
  scroll_to (&f, HEAD);
  g_assert_cmpstr (get_row_at (&f, row / 2), ==, "0");
  scroll_to (&f, HEAD + 500 * row);
  g_assert_cmpstr (get_row_at (&f, row / 2), ==, "500");
  scroll_to (&f, G_MAXINT);
  g_assert_cmpfloat (gtk_adjustment_get_value (f.adjustment), ==, HEAD + N_ROWS * row - PAGE);
  g_assert_cmpstr (get_row_at (&f, PAGE - row / 2), ==, "999");

  scroll_to (&f, 0);
  g_assert_cmpstr (get_row_at (&f, HEAD + row / 2), ==, "0");
  g_assert_cmpuint (f.n_widgets, <, N_ROWS / 2);

  fixture_clear (&f);
}

/* What gets the focus is seen, above and in the list. */
static void
test_focus (void)
{
  Fixture f;
  double row;

  fixture_init (&f);
  row = get_row_height (&f);

  gtk_widget_activate_action (f.list, "list.scroll-to-item", "u", 20);
  hub_test_window_settle (f.column);
  g_assert_cmpfloat (gtk_adjustment_get_value (f.adjustment), ==, HEAD + 21 * row - PAGE);
  g_assert_cmpstr (get_row_at (&f, PAGE - row / 2), ==, "20");

  gtk_window_set_focus (f.window, NULL); /* it had it, as the first that can */
  gtk_widget_grab_focus (f.button);
  hub_test_window_settle (f.column);
  g_assert_cmpfloat (gtk_adjustment_get_value (f.adjustment), ==, 0);

  fixture_clear (&f);
}

/* Rows that are read stay where they are while others come and go above, and so does the head. */
static void
test_changes (void)
{
  Fixture f;
  double row;

  fixture_init (&f);
  row = get_row_height (&f);

  scroll_to (&f, HEAD + 500 * row);
  gtk_string_list_splice (f.model, 0, 10, NULL);
  hub_test_window_settle (f.column);
  g_assert_cmpstr (get_row_at (&f, row / 2), ==, "500");
  g_assert_cmpfloat (gtk_adjustment_get_value (f.adjustment), ==, HEAD + 490 * row);

  scroll_to (&f, 100);
  gtk_string_list_splice (f.model, 0, 10, NULL);
  hub_test_window_settle (f.column);
  g_assert_cmpfloat (gtk_adjustment_get_value (f.adjustment), ==, 100);
  g_assert_cmpstr (get_row_at (&f, HEAD - 100 + row / 2), ==, "20");

  scroll_to (&f, HEAD + 300 * row);
  gtk_string_list_splice (f.model, 2, g_list_model_get_n_items (G_LIST_MODEL (f.model)) - 2, NULL);
  hub_test_window_settle (f.column);
  g_assert_cmpfloat (gtk_adjustment_get_value (f.adjustment), ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (f.adjustment), ==, MAX (PAGE, HEAD + 2 * row));
  g_assert_cmpstr (get_row_at (&f, HEAD + row / 2), ==, "20");

  gtk_string_list_splice (f.model, 0, 2, NULL);
  hub_test_window_settle (f.column);
  g_assert_cmpfloat (gtk_adjustment_get_upper (f.adjustment), ==, PAGE);

  fixture_clear (&f);
}

static void
test_wide (void)
{
  GtkWidget *column = hub_column_new ();
  GtkWindow *window = hub_test_window_show (column, HUB_COLUMN_WIDE, 100);

  g_assert_true (gtk_widget_has_css_class (column, "wide"));
  gtk_window_destroy (window);

  column = hub_column_new ();
  window = hub_test_window_show (column, HUB_COLUMN_WIDE - 1, 100);
  g_assert_false (gtk_widget_has_css_class (column, "wide"));
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/column/scroll", test_scroll);
  g_test_add_func ("/column/focus", test_focus);
  g_test_add_func ("/column/changes", test_changes);
  g_test_add_func ("/column/wide", test_wide);

  return g_test_run ();
}
