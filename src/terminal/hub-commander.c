/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-commander.h"

#include "terminal/hub-command.h"
#include "terminal/hub-people.h"

struct _HubCommander
{
  GObject parent_instance;

  /* Owned */
  HubHost *host;
  HubReporter *reporter;
};

G_DEFINE_FINAL_TYPE (HubCommander, hub_commander, G_TYPE_OBJECT)

static gboolean
refuse (HubCommander *self, const GError *error)
{
  hub_reporter_refuse (self->reporter, error->message);

  return TRUE;
}

static gboolean
answer (HubCommander *self, HubAnswer answer)
{
  hub_reporter_answer (self->reporter, answer, hub_host_get_snapshot (self->host));

  return TRUE;
}

static gboolean
remove_guest (HubCommander *self, const HubCommand *command)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *people = hub_snapshot_get_people (hub_host_get_snapshot (self->host));
  const HubPerson *person = hub_people_find (people, command, &error);

  if (person == NULL)
    return refuse (self, error);

  hub_host_remove (self->host, person->id);
  return FALSE;
}

/* Returns: whether that is done; else `decided` follows */
static gboolean
execute (HubCommander *self, const HubCommand *command)
{
  switch (command->type)
    {
    case HUB_COMMAND_NOTHING:
      return TRUE;
    case HUB_COMMAND_HELP:
      return answer (self, HUB_ANSWER_HELP);
    case HUB_COMMAND_WHO:
      return answer (self, HUB_ANSWER_PEOPLE);
    case HUB_COMMAND_QR:
      return answer (self, HUB_ANSWER_QR);
    case HUB_COMMAND_REMOVE:
      return remove_guest (self, command);
    case HUB_COMMAND_LOCK:
      hub_host_set_locked (self->host, TRUE);
      return FALSE;
    case HUB_COMMAND_UNLOCK:
      hub_host_set_locked (self->host, FALSE);
      return FALSE;
    case HUB_COMMAND_CODE:
      hub_host_ask_code (self->host, HUB_CODE_ON);
      return FALSE;
    case HUB_COMMAND_CODE_NEW:
      hub_host_ask_code (self->host, HUB_CODE_NEW);
      return FALSE;
    case HUB_COMMAND_CODE_OFF:
      hub_host_ask_code (self->host, HUB_CODE_OFF);
      return FALSE;
    case HUB_COMMAND_QUIT:
      hub_host_stop (self->host);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static void
hub_commander_finalize (GObject *object)
{
  HubCommander *self = HUB_COMMANDER (object);

  g_clear_object (&self->host);
  g_clear_object (&self->reporter);

  G_OBJECT_CLASS (hub_commander_parent_class)->finalize (object);
}

static void
hub_commander_class_init (HubCommanderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_commander_finalize;
}

static void
hub_commander_init (HubCommander *self)
{
}

HubCommander *
hub_commander_new (HubHost *host, HubReporter *reporter)
{
  HubCommander *self = g_object_new (HUB_TYPE_COMMANDER, NULL);

  self->host = g_object_ref (host);
  self->reporter = g_object_ref (reporter);

  return self;
}

gboolean
hub_commander_execute (HubCommander *self, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubCommand) command = NULL;

  g_return_val_if_fail (HUB_IS_COMMANDER (self), TRUE);
  g_return_val_if_fail (hub_host_get_state (self->host) == HUB_HOST_READY, TRUE);

  command = hub_command_parse (line, length, &error);

  return command != NULL ? execute (self, command) : refuse (self, error);
}
