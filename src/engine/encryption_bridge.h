// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "engine/core_link.h"

namespace parvis {

/// EncryptionPort over the core. UI thread.
class EncryptionBridge final : public QObject, public EncryptionPort
{
public:
    explicit EncryptionBridge(CoreLink link) : m_link(link) {}

    [[nodiscard]] Task<CryptoStatus> status() override;
    [[nodiscard]] Task<QList<DeviceCard>> devices(const UserId &user) override;
    [[nodiscard]] Task<void> makeIdentity(Secret password, bool replace) override;
    [[nodiscard]] Task<PersonIdentity> identity(const UserId &user) override;
    [[nodiscard]] Task<void> acceptIdentity(const UserId &user) override;
    [[nodiscard]] Task<void> discardSession(const RoomId &room) override;

private:
    CoreLink m_link;
};

} // namespace parvis
