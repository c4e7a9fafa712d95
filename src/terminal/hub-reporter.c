/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-reporter.h"

G_DEFINE_INTERFACE (HubReporter, hub_reporter, G_TYPE_OBJECT)

static void
hub_reporter_default_init (HubReporterInterface *iface)
{
}

void
hub_reporter_ready (HubReporter *self, HubSnapshot *snapshot)
{
  g_return_if_fail (HUB_IS_REPORTER (self));

  HUB_REPORTER_GET_IFACE (self)->ready (self, snapshot);
}

void
hub_reporter_event (HubReporter *self, const HubEvent *event, HubSnapshot *snapshot)
{
  g_return_if_fail (HUB_IS_REPORTER (self));

  HUB_REPORTER_GET_IFACE (self)->event (self, event, snapshot);
}

void
hub_reporter_answer (HubReporter *self, HubAnswer answer, HubSnapshot *snapshot)
{
  g_return_if_fail (HUB_IS_REPORTER (self));

  HUB_REPORTER_GET_IFACE (self)->answer (self, answer, snapshot);
}

void
hub_reporter_refuse (HubReporter *self, const char *sentence)
{
  g_return_if_fail (HUB_IS_REPORTER (self));

  HUB_REPORTER_GET_IFACE (self)->refuse (self, sentence);
}

void
hub_reporter_stopping (HubReporter *self)
{
  g_return_if_fail (HUB_IS_REPORTER (self));

  HUB_REPORTER_GET_IFACE (self)->stopping (self);
}

void
hub_reporter_stopped (HubReporter *self)
{
  g_return_if_fail (HUB_IS_REPORTER (self));

  HUB_REPORTER_GET_IFACE (self)->stopped (self);
}
