// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_settings_port.h"

namespace parvis {

void FakeSettingsPort::subscribe(const QObject *context, ValueSink<Settings> sink)
{
    settings.subscribe(context, std::move(sink));
}

void FakeSettingsPort::subscribeSystemLook(const QObject *context, ValueSink<SystemLook> sink)
{
    look.subscribe(context, std::move(sink));
}

} // namespace parvis
