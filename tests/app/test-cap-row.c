/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-cap-row.h"

#include "hub-widget-fixture.h"

static GtkWidget *
get_spin (HubCapRow *row)
{
  return hub_widget_fixture_find (GTK_WIDGET (row), GTK_TYPE_SPIN_BUTTON);
}

static void
test_words (void)
{
  HubCapRow *row = g_object_ref_sink (g_object_new (HUB_TYPE_CAP_ROW, NULL));
  GtkEditable *text = GTK_EDITABLE (get_spin (row));

  hub_cap_row_set_value (row, 12);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "12");
  hub_cap_row_set_value (row, 0);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "No limit");
  g_assert_finalize_object (row);
}

static void
test_typed (void)
{
  static const struct
  {
    const char *text;
    guint value;
    const char *shown;
  } rows[] = {
    { "30", 30, "30" },
    { "0", 0, "No limit" },
    { "No limit", 0, "No limit" },
    { "7", 7, "7" },
    { "none", 7, "7" },
    { "-3", 7, "7" },
    { "", 7, "7" },
    { "1e3", 7, "7" },
    { "5000000", 7, "7" },
    { "1000000", 1000000, "1000000" },
  };
  HubCapRow *row = g_object_ref_sink (g_object_new (HUB_TYPE_CAP_ROW, NULL));
  GtkWidget *spin = get_spin (row);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].text);
      gtk_editable_set_text (GTK_EDITABLE (spin), rows[i].text);
      gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
      g_assert_cmpuint (hub_cap_row_get_value (row), ==, rows[i].value);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, rows[i].shown);
    }
  g_assert_finalize_object (row);
}

static void
test_bound (void)
{
  g_autoptr (HubPreferences) preferences = hub_preferences_new ("io.example.NotInstalled");
  HubCapRow *row = g_object_ref_sink (g_object_new (HUB_TYPE_CAP_ROW, NULL));
  guint value;

  g_object_bind_property (preferences, "max-guests", row, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_assert_cmpuint (hub_cap_row_get_value (row), >, 0);
  hub_cap_row_set_value (row, 0);
  g_object_get (preferences, "max-guests", &value, NULL);
  g_assert_cmpuint (value, ==, 0);
  g_assert_finalize_object (row);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/cap-row/words", test_words);
  g_test_add_func ("/app/cap-row/typed", test_typed);
  g_test_add_func ("/app/cap-row/bound", test_bound);

  return g_test_run ();
}
