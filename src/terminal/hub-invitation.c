/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-invitation.h"

#include "base/hub-text.h"
#include "terminal/hub-big-text.h"
#include "terminal/hub-prose.h"
#include "terminal/hub-qr-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INDENT "  "

void
hub_invitation_print_places (HubOutput *output, HubSnapshot *snapshot)
{
  GPtrArray *places;
  glong widest = 0;

  g_return_if_fail (HUB_IS_OUTPUT (output));
  g_return_if_fail (snapshot != NULL);

  places = hub_snapshot_get_places (snapshot);
  if (places->len == 0)
    {
      hub_prose_print (output, INDENT, _ ("No network: nobody else can reach this computer yet."));
      return;
    }

  for (guint i = 0; i < places->len; i++)
    {
      HubPlace *place = g_ptr_array_index (places, i);

      widest = MAX (widest, g_utf8_strlen (place->url, -1));
    }

  for (guint i = 0; i < places->len; i++)
    {
      HubPlace *place = g_ptr_array_index (places, i);
      g_autofree char *url = hub_text_escape_terminal (place->url, -1);
      g_autofree char *label = hub_text_escape_terminal (place->label, -1);

      hub_output_printf (output, INDENT "%s%*s  %s", url,
                         (int) (widest - g_utf8_strlen (place->url, -1)), "", label);
    }
}

void
hub_invitation_print_local (HubOutput *output, HubSnapshot *snapshot)
{
  g_return_if_fail (HUB_IS_OUTPUT (output));
  g_return_if_fail (snapshot != NULL);

  if (hub_snapshot_get_local_url (snapshot) == NULL)
    return;

  hub_prose_print (output, "", _ ("In this computer’s own browser:"));
  hub_output_printf (output, INDENT "%s", hub_snapshot_get_local_url (snapshot));
}

static void
print_qr (HubOutput *output, const char *text)
{
  guint columns = hub_output_get_columns (output);
  g_autoptr (HubQr) qr = hub_qr_new (text);
  g_autofree char *drawn = NULL;

  if (qr == NULL)
    return;

  if (columns > 0 && columns < hub_qr_text_get_columns (qr))
    {
      /* Translators: shown instead of a QR code. */
      hub_prose_print (output, "", _ ("(This window is too narrow for the code to scan.)"));
      return;
    }

  drawn = hub_qr_text_render (qr, hub_output_has_colours (output) ? HUB_QR_TEXT_COLOURS
                                                                  : HUB_QR_TEXT_PLAIN);
  hub_output_printf (output, "\n%s\n", drawn);
}

/* Large where people look at it, and as text in any case: to be copied, or read out. */
static void
print_code (HubOutput *output, const char *code)
{
  if (hub_output_is_terminal (output)
      && hub_output_get_columns (output) >= hub_big_text_get_columns (code) + strlen (INDENT))
    {
      g_autofree char *drawn = hub_big_text_render (code);
      g_auto (GStrv) lines = g_strsplit (drawn, "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        hub_output_printf (output, INDENT "%s", lines[i]);
      hub_output_print (output, "");
    }

  /* Translators: %s is six letters and digits. */
  hub_output_printf (output, _ ("Code to join: %s"), code);
}

void
hub_invitation_print_codes (HubOutput *output, HubSnapshot *snapshot)
{
  g_autofree char *text = NULL;

  g_return_if_fail (HUB_IS_OUTPUT (output));
  g_return_if_fail (snapshot != NULL);

  text = hub_invitation_dup_text (snapshot);
  if (text != NULL)
    print_qr (output, text);
  if (hub_snapshot_get_code (snapshot) != NULL)
    print_code (output, hub_snapshot_get_code (snapshot));
}

char *
hub_invitation_dup_text (HubSnapshot *snapshot)
{
  const char *url;

  g_return_val_if_fail (snapshot != NULL, NULL);

  url = hub_snapshot_get_urls (snapshot)[0];

  return url != NULL ? hub_snapshot_dup_invitation (snapshot, url) : NULL;
}
