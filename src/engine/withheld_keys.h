// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/engine.h"

#include <QTimer>

namespace parvis {

/// What a new device of the person's sends before it is verified, their other devices get no keys of. Once it
/// is, its keys go to the key backup: they are fetched from there by themselves. Core thread.
class WithheldKeys : public QObject
{
    Q_OBJECT

public:
    /// @p waits: milliseconds from the moment that the device is seen as verified to the first look into the
    /// backup, and from each look to the next.
    explicit WithheldKeys(Engine &engine, QList<int> waits = {5'000, 30'000, 300'000});

private:
    void look();

    Engine &m_engine;
    const QList<int> m_waits;
    QTimer m_later; ///< until the other device has written its keys to the backup
    int m_looks = 0;
};

} // namespace parvis
