/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-options.h"

#include "base/hub-limits.h"
#include "base/hub-text.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* The caps count in guint; nobody has more guests than this. */
#define CAP_MAX 1000000

#define PORT_NOT_GIVEN G_MININT

G_DEFINE_QUARK (hub - options - error - quark, hub_options_error)

/* What GOption fills in, before it is checked. */
typedef struct
{
  gboolean help;
  gboolean version;
  gboolean json;
  gboolean log_names;
  gboolean allow_remote;
  gboolean ask_code;
  int port;
  int max_guests;
  int max_per_address;
  int max_message_rate;
  int max_pending;
  int max_attempts;
  char *room_name;
  char **addresses;
  char **allow_hosts;
  char *data_dir;
  char *certificate;
  char *private_key;
  char *web_root;
  char *export_ca;
} RawOptions;

#define RAW_OPTIONS_INIT                                                                           \
  {                                                                                                \
    .port = PORT_NOT_GIVEN, .max_guests = HUB_MAX_GUESTS, .max_per_address = HUB_MAX_PER_ADDRESS,  \
    .max_message_rate = HUB_MESSAGE_RATE, .max_pending = HUB_MAX_PENDING,                          \
    .max_attempts = HUB_MAX_ATTEMPTS_PER_SECOND                                                    \
  }

static void
raw_options_clear (RawOptions *self)
{
  g_free (self->room_name);
  g_strfreev (self->addresses);
  g_strfreev (self->allow_hosts);
  g_free (self->data_dir);
  g_free (self->certificate);
  g_free (self->private_key);
  g_free (self->web_root);
  g_free (self->export_ca);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RawOptions, raw_options_clear)

/* Everything textual is taken as a FILENAME: as the bytes that were given. STRING would convert from
 * the locale's character set, and fail for UTF-8 where a service or an SSH session has none. */
static void
add_entries (GOptionContext *context, RawOptions *raw)
{
  const GOptionEntry entries[] = {
    { "room-name", 'n', 0, G_OPTION_ARG_FILENAME, &raw->room_name,
      N_ ("What the chat is called (“Chat on” and this computer’s name)"),
      /* Translators: stands for what is given to an option, as do PORT, ADDRESS, FILE, DIRECTORY and N. */
      N_ ("NAME") },
    { "port", 'p', 0, G_OPTION_ARG_INT, &raw->port,
      N_ ("Port to listen on; 0: any free one (8443, or the next free one)"), N_ ("PORT") },
    { "address", 'a', 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->addresses,
      N_ ("Listen on this address of this computer only; may be repeated (all)"), N_ ("ADDRESS") },
    { "allow-host", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->allow_hosts,
      N_ ("A further name under which guests reach this computer; may be repeated"), N_ ("NAME") },
    { "ask-code", 0, 0, G_OPTION_ARG_NONE, &raw->ask_code,
      N_ ("Ask everybody who joins for a code, which is printed"), NULL },
    { "allow-remote", 0, 0, G_OPTION_ARG_NONE, &raw->allow_remote,
      N_ ("Let in guests from beyond the local networks"), NULL },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &raw->certificate,
      N_ ("Your own certificate, with its chain, in PEM"), N_ ("FILE") },
    { "private-key", 0, 0, G_OPTION_ARG_FILENAME, &raw->private_key,
      N_ ("The private key of --certificate, in PEM"), N_ ("FILE") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &raw->data_dir,
      N_ ("Where this computer’s certificates are kept"), N_ ("DIRECTORY") },
    { "web-root", 0, 0, G_OPTION_ARG_FILENAME, &raw->web_root,
      N_ ("Serve the files in this directory instead of the built-in page"), N_ ("DIRECTORY") },
    { "max-guests", 0, 0, G_OPTION_ARG_INT, &raw->max_guests,
      N_ ("Guests at once; 0: as many as this computer can hold (1000)"),
      /* Translators: stands for the number that is given to an option. */
      N_ ("N") },
    { "max-per-address", 0, 0, G_OPTION_ARG_INT, &raw->max_per_address,
      N_ ("Connections at once from one machine; 0: no limit (128)"), N_ ("N") },
    { "max-message-rate", 0, 0, G_OPTION_ARG_INT, &raw->max_message_rate,
      N_ ("Messages a second from each guest; 0: no limit (5)"), N_ ("N") },
    { "max-pending", 0, 0, G_OPTION_ARG_INT, &raw->max_pending,
      N_ ("TLS handshakes under way at once; 0: no limit (512)"), N_ ("N") },
    { "max-attempts", 0, 0, G_OPTION_ARG_INT, &raw->max_attempts,
      N_ ("New connections a second from one machine; 0: no limit (100)"), N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &raw->json, N_ ("Print one JSON object a line, for scripts"),
      NULL },
    { "log-names", 0, 0, G_OPTION_ARG_NONE, &raw->log_names,
      N_ ("Print guests’ names even where the output is not a terminal"), NULL },
    { "export-ca", 0, 0, G_OPTION_ARG_FILENAME, &raw->export_ca,
      N_ ("Write this computer’s CA certificate to FILE (-: standard output) and exit"),
      N_ ("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &raw->version, N_ ("Print the version and exit"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &raw->help, N_ ("Print this help and exit"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static GOptionContext *
build_context (RawOptions *raw)
{
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context,
      N_ ("Makes this computer the chat host of its network. Guests need a browser only:\n"
          "they open the address that is printed, or scan the code. Nothing that is said is\n"
          "kept. Ctrl+C ends the chat."));
  g_option_context_set_description (
      context, N_ ("What is used when an option is not given stands in parentheses.\n"
                   "More in the manual: man hubbub-server"));
  add_entries (context, raw);

  return context;
}

/* @message has a {} where @value goes, which is what the user typed. Returns: FALSE */
static gboolean
set_usage (GError **error, const char *message, const char *value)
{
  g_autofree char *escaped = hub_text_escape_terminal (value, -1);
  g_autoptr (GString) text = g_string_new (message);

  g_string_replace (text, "{}", escaped, 1);
  g_set_error_literal (error, HUB_OPTIONS_ERROR, HUB_OPTIONS_ERROR_USAGE, text->str);

  return FALSE;
}

static gboolean
set_usage_number (GError **error, const char *message, int value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  return set_usage (error, message, text);
}

static gboolean
take_port (int port, HubSettings *settings, GError **error)
{
  if (port == PORT_NOT_GIVEN)
    return TRUE;
  if (port < 0 || port > G_MAXUINT16)
    /* Translators: {} is what was given; --port is typed as it is. */
    return set_usage_number (error, _ ("{} is not a port: --port takes 0 (any free one) to 65535."),
                             port);

  settings->port = (guint16) port;

  return TRUE;
}

static gboolean
take_caps (const RawOptions *raw, HubSettings *settings, GError **error)
{
  const struct
  {
    int value;
    guint *cap;
    const char *message;
  } caps[] = {
    { raw->max_guests, &settings->max_guests,
      /* Translators: {} is what was given. */
      _ ("--max-guests takes a number from 0 (as many as possible) to 1000000, not {}.") },
    { raw->max_per_address, &settings->max_per_address,
      /* Translators: {} is what was given. */
      _ ("--max-per-address takes a number from 0 (no limit) to 1000000, not {}.") },
    { raw->max_message_rate, &settings->message_rate,
      /* Translators: {} is what was given. */
      _ ("--max-message-rate takes a number from 0 (no limit) to 1000000, not {}.") },
    { raw->max_pending, &settings->max_pending,
      /* Translators: {} is what was given. */
      _ ("--max-pending takes a number from 0 (no limit) to 1000000, not {}.") },
    { raw->max_attempts, &settings->max_attempts,
      /* Translators: {} is what was given. */
      _ ("--max-attempts takes a number from 0 (no limit) to 1000000, not {}.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (caps); i++)
    {
      if (caps[i].value < 0 || caps[i].value > CAP_MAX)
        return set_usage_number (error, caps[i].message, caps[i].value);
      *caps[i].cap = (guint) caps[i].value;
    }

  return TRUE;
}

static gboolean
take_addresses (char **addresses, HubSettings *settings, GError **error)
{
  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (addresses[i]);

      if (address == NULL)
        return set_usage (
            /* Translators: {} is what was given; --address is typed as it is. */
            error, _ ("“{}” is not an IP address. --address takes one of this computer’s own."),
            addresses[i]);
      if (g_inet_address_get_is_any (address) || g_inet_address_get_is_multicast (address))
        return set_usage (
            error,
            /* Translators: {} is an address such as 0.0.0.0, which stands for all of a computer. */
            _ ("{} is no single address. Without --address every one is used."), addresses[i]);
    }

  settings->addresses = g_strdupv (addresses);
  return TRUE;
}

/* A name as it stands in `Host`, without a port. Returns: (transfer full) (nullable) */
static char *
dup_host_name (const char *name)
{
  g_autofree char *ascii = NULL;

  if (g_hostname_is_ip_address (name))
    return g_strdup (name);

  ascii = g_utf8_validate (name, -1, NULL) ? g_hostname_to_ascii (name) : NULL;
  if (ascii == NULL || *ascii == '\0' || strlen (ascii) > 253 || strchr (".-", *ascii) != NULL)
    return NULL;
  for (const char *at = ascii; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && strchr (".-_", *at) == NULL)
        return NULL;
    }

  return g_ascii_strdown (ascii, -1);
}

static gboolean
take_hosts (char **hosts, HubSettings *settings, GError **error)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  if (hosts == NULL)
    return TRUE;

  builder = g_strv_builder_new ();
  for (guint i = 0; hosts[i] != NULL; i++)
    {
      g_autofree char *name = dup_host_name (hosts[i]);

      if (name == NULL)
        return set_usage (error,
                          /* Translators: {} is what was given. */
                          _ ("“{}” is not a host’s name. --allow-host takes a name such as "
                             "chat.example.org, without https:// and port."),
                          hosts[i]);
      g_strv_builder_add (builder, name);
    }

  settings->allow_hosts = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
take_room_name (const char *room_name, HubSettings *settings, GError **error)
{
  g_autofree char *name = NULL;

  if (room_name == NULL)
    return TRUE;

  name = hub_text_normalize (room_name, strlen (room_name), NULL);
  if (name != NULL)
    g_strstrip (name);
  if (name == NULL || *name == '\0' || strpbrk (name, "\n\t") != NULL
      || g_utf8_strlen (name, -1) > HUB_ROOM_NAME_MAX_CHARS)
    /* Translators: {} is what was given. */
    return set_usage (error, _ ("“{}” cannot be a room’s name: it takes 1 to 64 characters."),
                      room_name);

  settings->room_name = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
take_files (const RawOptions *raw, HubSettings *settings, GError **error)
{
  const struct
  {
    const char *value;
    const char *option;
  } files[] = {
    { raw->certificate, "--certificate" }, { raw->private_key, "--private-key" },
    { raw->data_dir, "--data-dir" },       { raw->web_root, "--web-root" },
    { raw->export_ca, "--export-ca" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (files[i].value != NULL && *files[i].value == '\0')
      /* Translators: {} is an option, --data-dir. */
      return set_usage (error, _ ("{} takes the name of a file or directory, not an empty one."),
                        files[i].option);

  if ((raw->certificate == NULL) != (raw->private_key == NULL))
    /* Translators: {} is an option, --private-key. */
    return set_usage (error, _ ("--certificate and {} go together: give both files, or neither."),
                      "--private-key");
  if (raw->certificate != NULL && raw->export_ca != NULL)
    return set_usage (error,
                      /* Translators: {} is an option, --export-ca. */
                      _ ("{} is about this computer’s own CA: it does not go with --certificate."),
                      "--export-ca");

  settings->certificate = g_strdup (raw->certificate);
  settings->private_key = g_strdup (raw->private_key);
  settings->data_dir = g_strdup (raw->data_dir);
  settings->web_root = g_strdup (raw->web_root);

  return TRUE;
}

/* Checks @raw and copies it to @self. */
static gboolean
take_raw (HubOptions *self, const RawOptions *raw, GError **error)
{
  HubSettings *settings = self->settings;

  self->show_help = raw->help;
  self->show_version = raw->version;
  self->json = raw->json;
  self->log_names = raw->log_names;
  self->export_ca = g_strdup (raw->export_ca);
  settings->allow_remote = raw->allow_remote;
  settings->ask_code = raw->ask_code;

  return take_port (raw->port, settings, error) && take_caps (raw, settings, error)
         && take_addresses (raw->addresses, settings, error)
         && take_hosts (raw->allow_hosts, settings, error)
         && take_room_name (raw->room_name, settings, error) && take_files (raw, settings, error);
}

HubOptions *
hub_options_new (const char *const *arguments, GError **error)
{
  g_auto (RawOptions) raw = RAW_OPTIONS_INIT;
  g_autoptr (GOptionContext) context = build_context (&raw);
  g_autoptr (HubOptions) self = g_new0 (HubOptions, 1);
  g_autoptr (GError) parse_error = NULL;
  g_auto (GStrv) left = g_strdupv ((char **) arguments);

  self->settings = hub_settings_new ();
  if (!g_option_context_parse_strv (context, &left, &parse_error))
    {
      set_usage (error, "{}", parse_error->message);
      return NULL;
    }

  if (left[0] != NULL && left[1] != NULL)
    {
      /* Translators: {} is what was typed behind the program's name. */
      set_usage (error, _ ("“{}” is not understood: everything is said by options."), left[1]);
      return NULL;
    }

  if (!take_raw (self, &raw, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
hub_options_free (HubOptions *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->settings, hub_settings_free);
  g_free (self->export_ca);
  g_free (self);
}

char *
hub_options_dup_help (void)
{
  g_auto (RawOptions) raw = RAW_OPTIONS_INIT;
  g_autoptr (GOptionContext) context = build_context (&raw);

  return g_option_context_get_help (context, TRUE, NULL);
}
