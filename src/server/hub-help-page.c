/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-help-page.h"

#include "server/hub-accept-language.h"

#include "hub-help-resources.h"

#include <string.h>

#define RESOURCE_PREFIX "/hubbub/help/"
#define ENGLISH "en"

/* In one language, but for the address. */
typedef struct
{
  char *pages[HUB_N_BROWSERS];
} HubHelpText;

struct _HubHelpPage
{
  char *style;
  GStrv tags;         /* English first */
  HubHelpText *texts; /* as many */
};

static const char *const warnings[HUB_N_BROWSERS] = {
  [HUB_BROWSER_OTHER] = "other.html",
  [HUB_BROWSER_CHROME] = "chrome.html",
  [HUB_BROWSER_CHROME_PHONE] = "chrome-phone.html",
  [HUB_BROWSER_EDGE] = "edge.html",
  [HUB_BROWSER_FIREFOX] = "firefox.html",
  [HUB_BROWSER_SAFARI] = "safari.html",
  [HUB_BROWSER_SAFARI_PHONE] = "safari-phone.html",
};

/* It was compiled in: what is missing was missing when the tests ran. */
static char *
load (const char *folder, const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_PREFIX, folder, name, NULL);
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (hub_help_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* English first: what somebody gets who asked for none that is there. */
static GStrv
find_languages (void)
{
  g_auto (GStrv) names = g_resource_enumerate_children (hub_help_get_resource (), RESOURCE_PREFIX,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  g_assert (names != NULL);
  g_strv_builder_add (tags, ENGLISH);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      char *end = strchr (names[i], '/');

      if (end == NULL)
        continue;
      *end = '\0';
      if (strcmp (names[i], ENGLISH) != 0)
        g_strv_builder_add (tags, names[i]);
    }

  return g_strv_builder_end (tags);
}

static void
hub_help_text_init (HubHelpText *self, const char *tag, const char *style)
{
  g_autofree char *folder = g_strconcat (tag, "/", NULL);
  g_autofree char *frame = load (folder, "page.html");

  for (guint i = 0; i < HUB_N_BROWSERS; i++)
    {
      g_autofree char *warning = load (folder, warnings[i]);
      g_autoptr (GString) page = g_string_new (frame);

      g_string_replace (page, "{style}", style, 1);
      g_string_replace (page, "{warning}", warning, 1);
      self->pages[i] = g_string_free (g_steal_pointer (&page), FALSE);
    }
}

HubHelpPage *
hub_help_page_new (void)
{
  HubHelpPage *self = g_new0 (HubHelpPage, 1);

  self->style = load ("", "page.css");
  self->tags = find_languages ();
  self->texts = g_new0 (HubHelpText, g_strv_length (self->tags));
  for (gsize i = 0; self->tags[i] != NULL; i++)
    hub_help_text_init (&self->texts[i], self->tags[i], self->style);

  return self;
}

void
hub_help_page_free (HubHelpPage *self)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; self->tags[i] != NULL; i++)
    for (guint j = 0; j < HUB_N_BROWSERS; j++)
      g_free (self->texts[i].pages[j]);
  g_free (self->texts);
  g_strfreev (self->tags);
  g_free (self->style);
  g_free (self);
}

static char *
bracket (const HubHostPort *authority)
{
  return g_strdup_printf (strchr (authority->host, ':') != NULL ? "[%s]" : "%s", authority->host);
}

char *
hub_help_page_make_url (const HubHostPort *authority)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (authority != NULL && authority->host != NULL, NULL);

  host = bracket (authority);
  return g_strdup_printf ("https://%s:%u/", host, authority->port);
}

static const HubHelpText *
hub_help_page_get_text (HubHelpPage *self, const char *languages)
{
  const char *tag = hub_accept_language_choose (languages, (const char *const *) self->tags);
  gsize i = 0;

  while (tag != NULL && self->tags[i] != tag)
    i++;

  return &self->texts[i];
}

GBytes *
hub_help_page_make (HubHelpPage *self,
                    HubBrowser browser,
                    const char *languages,
                    const HubHostPort *authority)
{
  g_autofree char *url = hub_help_page_make_url (authority);
  g_autofree char *host = NULL;
  g_autofree char *safe_url = NULL;
  g_autofree char *safe_host = NULL;
  GString *page;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (browser < HUB_N_BROWSERS, NULL);
  g_return_val_if_fail (url != NULL, NULL);

  /* Nothing that is one of our hosts needs it; the page does not rely on that. */
  host = bracket (authority);
  safe_host = g_markup_escape_text (host, -1);
  safe_url = g_markup_escape_text (url, -1);
  page = g_string_new (hub_help_page_get_text (self, languages)->pages[browser]);
  g_string_replace (page, "{host}", safe_host, 0);
  g_string_replace (page, "{url}", safe_url, 0);

  return g_string_free_to_bytes (page);
}

const char *
hub_help_page_get_style (HubHelpPage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->style;
}
