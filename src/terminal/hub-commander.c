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

static void
answer (HubCommander *self, HubAnswer answer)
{
  hub_reporter_answer (self->reporter, answer, hub_host_get_snapshot (self->host));
}

static void
remove_guest (HubCommander *self, const HubCommand *command)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *people = hub_snapshot_get_people (hub_host_get_snapshot (self->host));
  const HubPerson *person = hub_people_find (people, command, &error);

  if (person != NULL)
    hub_host_remove (self->host, person->id);
  else
    hub_reporter_refuse (self->reporter, error->message);
}

static void
execute (HubCommander *self, const HubCommand *command)
{
  switch (command->type)
    {
    case HUB_COMMAND_NOTHING:
      break;
    case HUB_COMMAND_HELP:
      answer (self, HUB_ANSWER_HELP);
      break;
    case HUB_COMMAND_WHO:
      answer (self, HUB_ANSWER_PEOPLE);
      break;
    case HUB_COMMAND_REMOVE:
      remove_guest (self, command);
      break;
    case HUB_COMMAND_LOCK:
      hub_host_set_locked (self->host, TRUE);
      break;
    case HUB_COMMAND_UNLOCK:
      hub_host_set_locked (self->host, FALSE);
      break;
    case HUB_COMMAND_CODE:
      hub_host_ask_code (self->host, HUB_CODE_ON);
      break;
    case HUB_COMMAND_CODE_NEW:
      hub_host_ask_code (self->host, HUB_CODE_NEW);
      break;
    case HUB_COMMAND_CODE_OFF:
      hub_host_ask_code (self->host, HUB_CODE_OFF);
      break;
    case HUB_COMMAND_QR:
      answer (self, HUB_ANSWER_QR);
      break;
    case HUB_COMMAND_QUIT:
      hub_host_stop (self->host);
      break;
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

void
hub_commander_execute (HubCommander *self, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubCommand) command = NULL;

  g_return_if_fail (HUB_IS_COMMANDER (self));
  g_return_if_fail (hub_host_get_state (self->host) == HUB_HOST_READY);

  command = hub_command_parse (line, length, &error);
  if (command != NULL)
    execute (self, command);
  else
    hub_reporter_refuse (self->reporter, error->message);
}
