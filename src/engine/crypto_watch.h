// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "client/encryption_port.h"

#include <QObject>
#include <QTimer>

namespace parvis {

class Engine;

/// How the account's encryption stands now, read from the stores.
[[nodiscard]] Result<CryptoStatus> cryptoStatus(Engine &engine);

/// Keeps that value as it is by now. Looks again when something of it may have changed, at most ten times a
/// second. Core thread.
class CryptoWatch : public QObject
{
public:
    explicit CryptoWatch(Engine &engine);

    [[nodiscard]] ObservableValue<CryptoStatus> &status() { return m_status; }
    /// Something that no signal tells has changed.
    void lookAgain();

private:
    void look();

    Engine &m_engine;
    QTimer m_soon;
    ObservableValue<CryptoStatus> m_status;
};

} // namespace parvis
