/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-poster.h"

#include "app/hub-fit-text.h"
#include "app/hub-person-item.h"
#include "app/hub-qr-view.h"

#include <glib/gi18n-lib.h>

/* Of a screen of 1920x1080, in its pixels; on others in proportion. */
#define FULL_WIDTH 1920
#define FULL_HEIGHT 1080
#define MARGIN 24
#define GAP 24
#define LINE 96 /* of the room's name and the address: letters of more than 64 */
#define CODE 96
#define BRIEFING 190
#define NAME_COLUMNS 2
#define NAME_ROWS (HUB_POSTER_NAMES / NAME_COLUMNS)
#define NAME 64

struct _HubPoster
{
  GtkWidget parent_instance;

  /* Template */
  HubFitText *name;
  GtkWidget *qr_overlay;
  HubQrView *qr;
  GtkWidget *lock;
  HubFitText *briefing;
  HubFitText *address;
  HubFitText *code;

  /* Children */
  HubFitText *names[HUB_POSTER_NAMES];

  /* Owned */
  HubStatus *status;

  /* State */
  gboolean show_names;
  int inset;
};

enum
{
  PROP_SHOW_NAMES = 1,
  PROP_INSET,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (HubPoster, hub_poster, GTK_TYPE_WIDGET)

static void
allocate (gpointer child, int x, int y, int width, int height)
{
  const GtkAllocation room = { x, y, MAX (width, 0), MAX (height, 0) };

  gtk_widget_size_allocate (GTK_WIDGET (child), &room, -1);
}

/* Newest first, column by column. */
static void
allocate_names (HubPoster *self, const GtkAllocation *room, double unit, gboolean is_rtl)
{
  int gap = GAP * unit;
  int width = (room->width - gap * (NAME_COLUMNS - 1)) / NAME_COLUMNS;
  int most = room->height / NAME_ROWS;
  int height = MIN (NAME * unit, most);

  for (int i = 0; i < HUB_POSTER_NAMES; i++)
    {
      int column = i / NAME_ROWS;

      if (is_rtl)
        column = NAME_COLUMNS - 1 - column;
      allocate (self->names[i], room->x + column * (width + gap),
                room->y + (i % NAME_ROWS) * height, width, height * 3 / 4);
    }
}

/* From the top: what phones say, and who came; at the bottom the code. */
static void
allocate_rest (HubPoster *self, GtkAllocation rest, double unit, gboolean is_rtl)
{
  int gap = 2 * GAP * unit;
  int briefing = MIN (BRIEFING * unit, rest.height);

  if (gtk_widget_get_visible (GTK_WIDGET (self->code)))
    {
      int code = CODE * unit;

      rest.height = MAX (0, rest.height - code - gap);
      allocate (self->code, rest.x, rest.y + rest.height + gap, rest.width, code);
    }
  allocate (self->briefing, rest.x, rest.y, rest.width, briefing);
  rest.y += briefing + gap;
  rest.height = MAX (0, rest.height - briefing - gap);
  allocate_names (self, &rest, unit, is_rtl);
}

/* The QR code, and beside it, or in a window that is higher than wide below it, the rest. */
static void
allocate_middle (HubPoster *self, const GtkAllocation *room, double unit, gboolean is_rtl)
{
  gboolean is_upright = room->width < room->height;
  int gap = 2 * GAP * unit;
  int least = (BRIEFING + CODE + 2 * GAP) * unit; /* for the rest */
  int side = is_upright ? MIN (room->width, room->height - least - gap)
                        : MIN (room->height, room->width / 2);
  GtkAllocation rest = *room;

  if (is_upright)
    {
      rest.y += side + gap;
      rest.height -= side + gap;
      allocate (self->qr_overlay, room->x + (room->width - side) / 2, room->y, side, side);
    }
  else
    {
      rest.x += is_rtl ? 0 : side + gap;
      rest.width -= side + gap;
      allocate (self->qr_overlay, is_rtl ? room->x + rest.width + gap : room->x,
                room->y + (room->height - side) / 2, side, side);
    }

  allocate_rest (self, rest, unit, is_rtl);
}

static void
hub_poster_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HubPoster *self = HUB_POSTER (widget);
  double unit = MIN ((double) width / FULL_WIDTH, (double) height / FULL_HEIGHT);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int margin = MARGIN * unit;
  int gap = GAP * unit;
  int line = LINE * unit;
  int inner = width - 2 * margin;
  int bottom = height - margin - line;
  GtkAllocation middle = { margin, margin + line + gap, inner, 0 };

  middle.height = MAX (0, bottom - gap - middle.y);
  allocate (self->name, margin + self->inset, margin, inner - 2 * self->inset, line);
  allocate_middle (self, &middle, unit, is_rtl);
  allocate (self->address, margin, bottom, inner, line);
}

static void
hub_poster_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  /* The children are measured for GTK, which wants that before it allocates them. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_measure (child, orientation, -1, NULL, NULL, NULL, NULL);

  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? FULL_WIDTH : FULL_HEIGHT;
}

static void
show_names (HubPoster *self)
{
  GListModel *people = hub_status_get_people (self->status);
  guint n_people = g_list_model_get_n_items (people);

  for (guint i = 0; i < HUB_POSTER_NAMES; i++)
    {
      g_autoptr (HubPersonItem) item = NULL;

      if (self->show_names && i < n_people)
        item = g_list_model_get_item (people, n_people - 1 - i);
      hub_fit_text_set_text (self->names[i], item != NULL ? hub_person_item_get_name (item) : NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->names[i]), item != NULL);
    }
}

static void
show_briefing (HubPoster *self, gboolean is_locked)
{
  g_autofree char *text = NULL;

  if (is_locked)
    text
        = g_strdup (_ ("Locked. People who are here can stay and come back; nobody new can join."));
  else
    text = g_strdup_printf (
        "%s\n%s\n%s", _ ("Phones warn once, that is expected."),
        /* Translators: after the colon: the words of Safari’s warning on an iPhone, in your language. */
        _ ("iPhone: Show Details, then visit this website."),
        /* Translators: after the colon: the words of Chrome’s warning on Android, in your language. */
        _ ("Android: Advanced, then Proceed."));

  hub_fit_text_set_text (self->briefing, text);
}

static void
on_status_changed (HubPoster *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self->status);
  const HubPlace *place = hub_status_get_place (self->status);
  g_autofree char *invitation = hub_status_dup_invitation (self->status);
  g_autofree char *code = NULL;

  if (snapshot == NULL)
    return; /* the join card closes */

  if (hub_snapshot_get_code (snapshot) != NULL)
    /* Translators: %s is six letters and digits. */
    code = g_strdup_printf (_ ("Code to join: %s"), hub_snapshot_get_code (snapshot));
  hub_fit_text_set_text (self->name, hub_snapshot_get_room_name (snapshot));
  hub_fit_text_set_text (self->address, place != NULL ? place->url : NULL);
  hub_fit_text_set_text (self->code, code);
  gtk_widget_set_visible (GTK_WIDGET (self->code), code != NULL);
  hub_qr_view_set_text (self->qr, invitation);
  gtk_widget_set_visible (self->lock, hub_snapshot_is_locked (snapshot));
  show_briefing (self, hub_snapshot_is_locked (snapshot));
  show_names (self);
}

static void
hub_poster_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOW_NAMES:
      g_value_set_boolean (value, HUB_POSTER (object)->show_names);
      break;

    case PROP_INSET:
      g_value_set_int (value, HUB_POSTER (object)->inset);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_poster_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HubPoster *self = HUB_POSTER (object);

  switch (id)
    {
    case PROP_SHOW_NAMES:
      self->show_names = g_value_get_boolean (value);
      if (self->status != NULL)
        show_names (self);
      break;

    case PROP_INSET:
      self->inset = g_value_get_int (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_poster_dispose (GObject *object)
{
  HubPoster *self = HUB_POSTER (object);
  GtkWidget *child;

  g_clear_object (&self->status);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (hub_poster_parent_class)->dispose (object);
}

static void
hub_poster_class_init (HubPosterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hub_poster_get_property;
  object_class->set_property = hub_poster_set_property;
  object_class->dispose = hub_poster_dispose;
  widget_class->measure = hub_poster_measure;
  widget_class->size_allocate = hub_poster_size_allocate;

  properties[PROP_SHOW_NAMES] = g_param_spec_boolean ("show-names", NULL, NULL, TRUE,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_INSET] = g_param_spec_int ("inset", NULL, NULL, 0, G_MAXUINT16, 0,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (HUB_TYPE_FIT_TEXT);
  g_type_ensure (HUB_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-poster.ui");
  gtk_widget_class_bind_template_child (widget_class, HubPoster, name);
  gtk_widget_class_bind_template_child (widget_class, HubPoster, qr_overlay);
  gtk_widget_class_bind_template_child (widget_class, HubPoster, qr);
  gtk_widget_class_bind_template_child (widget_class, HubPoster, lock);
  gtk_widget_class_bind_template_child (widget_class, HubPoster, briefing);
  gtk_widget_class_bind_template_child (widget_class, HubPoster, address);
  gtk_widget_class_bind_template_child (widget_class, HubPoster, code);
  gtk_widget_class_set_css_name (widget_class, "poster");
}

static void
hub_poster_init (HubPoster *self)
{
  self->show_names = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < HUB_POSTER_NAMES; i++)
    {
      GtkWidget *name = hub_fit_text_new (HUB_FIT_ELLIPSIZE);

      gtk_widget_set_parent (name, GTK_WIDGET (self));
      self->names[i] = HUB_FIT_TEXT (name);
    }
}

void
hub_poster_set_status (HubPoster *self, HubStatus *status)
{
  g_return_if_fail (HUB_IS_POSTER (self));
  g_return_if_fail (HUB_IS_STATUS (status));
  g_return_if_fail (self->status == NULL);

  self->status = g_object_ref (status);
  g_signal_connect_object (status, "changed", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hub_status_get_people (status), "items-changed", G_CALLBACK (show_names),
                           self, G_CONNECT_SWAPPED);
  on_status_changed (self);
}
