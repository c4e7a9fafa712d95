/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-address-card.h"
#include "app/hub-banner.h"
#include "app/hub-join-card.h"
#include "app/hub-people-view.h"
#include "app/hub-person-row.h"
#include "app/hub-poster.h"
#include "app/hub-qr-view.h"
#include "app/hub-welcome-note.h"
#include "host/hub-host-fixture.h"
#include "host/hub-host-guest.h"
#include "hub-test-window.h"
#include "support/hub-fake-clock.h"

#include <string.h>

/* Every widget in front of a real host, with real guests. */
typedef struct
{
  HubHostFixture host;
  HubFakeClock *clock;
  HubPreferences *preferences;
  HubStatus *status;
} Fixture;

static void
fixture_init (Fixture *f)
{
  *f = (Fixture){ .clock = hub_fake_clock_new (),
                  .preferences = hub_preferences_new ("io.example.NotInstalled") };
  hub_host_fixture_init (&f->host);
  f->status = hub_status_new_with_clock (f->host.host, f->preferences, HUB_CLOCK (f->clock));
  hub_host_fixture_start (&f->host);
}

static void
fixture_clear (Fixture *f)
{
  g_assert_finalize_object (f->status);
  g_assert_finalize_object (f->preferences);
  hub_host_fixture_clear (&f->host);
  g_assert_finalize_object (f->clock);
}

static void
wait_for_people (Fixture *f, guint n_people)
{
  while (g_list_model_get_n_items (hub_status_get_people (f->status)) != n_people)
    hub_test_window_iterate ();
}

/* Closes @window, which was the last to hold @widget. */
static void
assert_gone (GtkWindow *window, GtkWidget *widget)
{
  gpointer pointer = widget;

  g_object_add_weak_pointer (G_OBJECT (widget), &pointer);
  gtk_window_destroy (window);
  while (pointer != NULL)
    hub_test_window_iterate ();
}

/* The first widget of this type that is seen, and, unless @text is NULL, is a label of that text. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type)
      && (text == NULL || g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
shows (GtkWidget *widget, const char *text)
{
  return find (widget, GTK_TYPE_LABEL, text) != NULL;
}

/* Where @child is in @card. */
static graphene_rect_t
get_place (GtkWidget *child, GtkWidget *card)
{
  graphene_rect_t bounds;

  g_assert_nonnull (child);
  g_assert_true (gtk_widget_compute_bounds (child, card, &bounds));

  return bounds;
}

static void
test_address_card (void)
{
  Fixture f;
  GtkWidget *card = hub_address_card_new ();
  GtkWindow *window;
  HubCrowdSocket *guest;
  g_autofree char *url = NULL;
  GtkWidget *qr;

  fixture_init (&f);
  hub_address_card_set_status (HUB_ADDRESS_CARD (card), f.status);
  window = hub_test_window_show (card, 336, 600);
  url = g_strdup (hub_status_get_place (f.status)->url);
  qr = find (card, HUB_TYPE_QR_VIEW, NULL);

  g_assert_cmpint (gtk_widget_get_width (qr), ==, HUB_ADDRESS_CARD_QR_LARGE);
  g_assert_cmpstr (hub_qr_view_get_text (HUB_QR_VIEW (qr)), ==, url);
  g_assert_true (shows (card, url));
  g_assert_true (shows (card, "Phones warn once, that is expected."));

  guest = hub_host_guest_join (hub_host_fixture_get_port (&f.host), "Ana");
  wait_for_people (&f, 1);
  hub_test_window_settle (card);
  g_assert_cmpint (gtk_widget_get_width (qr), ==, HUB_ADDRESS_CARD_QR_COMPACT);
  g_assert_false (shows (card, "Phones warn once, that is expected."));
  g_assert_true (shows (card, "Copy"));

  /* The buttons are beside the code, the address is on one line. */
  g_assert_cmpfloat (get_place (find (card, GTK_TYPE_BUTTON, NULL), card).origin.x, >,
                     HUB_ADDRESS_CARD_QR_COMPACT);
  g_assert_cmpfloat (get_place (find (card, GTK_TYPE_LABEL, url), card).size.height, <, 30);

  hub_host_set_locked (f.host.host, TRUE);
  hub_host_fixture_wait_for_told (&f.host, "<locked>");
  while (!shows (card, "Unlock"))
    hub_test_window_iterate ();
  g_assert_false (shows (card, "Copy"));

  hub_host_ask_code (f.host.host, HUB_CODE_ON);
  while (hub_snapshot_get_code (hub_status_get_snapshot (f.status)) == NULL)
    hub_test_window_iterate ();
  hub_test_window_settle (card);
  g_assert_true (shows (card, hub_snapshot_get_code (hub_status_get_snapshot (f.status))));
  g_assert_nonnull (strstr (hub_qr_view_get_text (HUB_QR_VIEW (qr)),
                            hub_snapshot_get_code (hub_status_get_snapshot (f.status))));

  hub_address_card_select_address (HUB_ADDRESS_CARD (card));
  assert_gone (window, card);
  hub_crowd_socket_free (guest);
  fixture_clear (&f);
}

static void
test_banner (void)
{
  Fixture f;
  GtkWidget *banner = hub_banner_new ();
  GtkWindow *window;

  fixture_init (&f);
  hub_banner_set_status (HUB_BANNER (banner), f.status);
  window = hub_test_window_show (banner, 360, 200);
  g_assert_false (shows (banner, "Help Connecting"));

  hub_fake_clock_advance (f.clock, HUB_STATUS_NOBODY_S * 1000);
  hub_status_check_time (f.status);
  while (!shows (banner, "Nobody has reached this computer yet. Same Wi-Fi? Firewall?"))
    hub_test_window_iterate ();
  g_assert_true (shows (banner, "Help Connecting"));

  hub_status_dismiss_notice (f.status);
  while (shows (banner, "Help Connecting"))
    hub_test_window_iterate ();

  assert_gone (window, banner);
  fixture_clear (&f);
}

/* Rows, which show what guests chose as it is; from a dozen on there is a search. */
static void
test_people_view (void)
{
  static const char *const names[]
      = { "Tom & Jerry", "<b>x</b>", "a_b", "4", "5", "6", "7", "8", "9", "10", "11" };
  Fixture f;
  GtkWidget *view = hub_people_view_new ();
  HubCrowdSocket *guests[HUB_PEOPLE_VIEW_SEARCH_FROM];
  GtkWindow *window;

  fixture_init (&f);
  hub_people_view_set_status (HUB_PEOPLE_VIEW (view), f.status);
  g_object_set (view, "top", gtk_label_new ("Top"), NULL);
  window = hub_test_window_show (view, 360, 900);
  g_assert_true (shows (view, "Top"));
  g_assert_true (
      shows (view, "Waiting for people. Scan the code with a phone camera, or type the address."));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    guests[i] = hub_host_guest_join (hub_host_fixture_get_port (&f.host), names[i]);
  wait_for_people (&f, G_N_ELEMENTS (names));
  hub_test_window_settle (view);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (shows (view, names[i]));
  g_assert_null (find (view, GTK_TYPE_SEARCH_ENTRY, NULL));

  guests[G_N_ELEMENTS (names)] = hub_host_guest_join (hub_host_fixture_get_port (&f.host), "Zoë");
  wait_for_people (&f, HUB_PEOPLE_VIEW_SEARCH_FROM);
  hub_test_window_settle (view);
  hub_people_view_search (HUB_PEOPLE_VIEW (view));
  gtk_editable_set_text (GTK_EDITABLE (find (view, GTK_TYPE_SEARCH_ENTRY, NULL)), "zO");
  while (shows (view, "a_b"))
    hub_test_window_iterate ();
  g_assert_true (shows (view, "Zoë"));

  /* The field stays while it hides people. */
  for (guint i = 0; i < HUB_PEOPLE_VIEW_SEARCH_FROM; i++)
    hub_crowd_socket_free (guests[i]);
  g_assert_nonnull (find (view, GTK_TYPE_SEARCH_ENTRY, NULL));

  assert_gone (window, view);
  fixture_clear (&f);
}

static void
test_person_row (void)
{
  GtkWidget *row = g_object_ref_sink (hub_person_row_new ());
  HubPerson person = { .id = 1, .name = (char *) "Ana", .device = (char *) "iPhone" };
  g_autoptr (HubPersonItem) item = hub_person_item_new (&person);
  GtkWindow *window = hub_test_window_show (row, 300, 60);

  hub_person_row_set_item (HUB_PERSON_ROW (row), item, 0);
  g_assert_true (shows (row, "Ana"));
  hub_person_row_set_now (HUB_PERSON_ROW (row), 12 * 60 * 1000);
  g_assert_true (shows (row, "iPhone · 12 min"));
  g_assert_false (gtk_widget_has_css_class (find (row, GTK_TYPE_LABEL, "Ana"), "dim-label"));

  person.is_away = TRUE;
  hub_person_item_update (item, &person);
  g_assert_true (gtk_widget_has_css_class (find (row, GTK_TYPE_LABEL, "Ana"), "dim-label"));

  /* The row itself takes the focus, which says all of it. */
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (gtk_window_get_focus (window) == row);

  hub_person_row_set_item (HUB_PERSON_ROW (row), NULL, 0);
  gtk_window_destroy (window);
  g_assert_finalize_object (row);
}

static void
test_welcome_note (void)
{
  g_autoptr (HubPreferences) preferences = hub_preferences_new ("io.example.NotInstalled");
  GtkWidget *note = hub_welcome_note_new ();
  GtkWindow *window;

  hub_welcome_note_set_preferences (HUB_WELCOME_NOTE (note), preferences);
  window = hub_test_window_show (note, 336, 300);
  g_assert_true (shows (note, "Rename Room"));
  g_signal_emit_by_name (find (note, GTK_TYPE_BUTTON, NULL), "clicked");
  g_assert_false (gtk_widget_get_visible (note));

  assert_gone (window, note);
}

/* What is shown is what is shown in the window; the card closes with the chat. */
static void
test_join_card (void)
{
  Fixture f;
  GtkWindow *parent;
  GtkWidget *card;
  gpointer pointer;

  fixture_init (&f);
  parent = hub_test_window_show (gtk_label_new ("Parent"), 100, 100);
  card = GTK_WIDGET (hub_join_card_new (parent, f.status, f.preferences));
  pointer = card;
  g_object_add_weak_pointer (G_OBJECT (card), &pointer);
  gtk_window_present (GTK_WINDOW (card));
  while (!gtk_widget_get_mapped (card))
    hub_test_window_iterate ();
  hub_test_window_settle (card);
  g_assert_cmpstr (hub_qr_view_get_text (HUB_QR_VIEW (find (card, HUB_TYPE_QR_VIEW, NULL))), ==,
                   hub_status_get_place (f.status)->url);

  hub_host_fixture_stop (&f.host);
  while (pointer != NULL)
    hub_test_window_iterate ();

  gtk_window_destroy (parent);
  fixture_clear (&f);
}

/* What has no class of its own. */
static void
test_builder (void)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/hubbub/desktop/hub-shortcuts.ui");

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "shortcuts")));
  gtk_window_destroy (GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts")));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/widgets/address-card", test_address_card);
  g_test_add_func ("/widgets/banner", test_banner);
  g_test_add_func ("/widgets/people-view", test_people_view);
  g_test_add_func ("/widgets/person-row", test_person_row);
  g_test_add_func ("/widgets/welcome-note", test_welcome_note);
  g_test_add_func ("/widgets/join-card", test_join_card);
  g_test_add_func ("/widgets/builder", test_builder);

  return g_test_run ();
}
