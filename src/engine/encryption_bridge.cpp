// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/encryption_bridge.h"

#include "engine/device_cards.h"

namespace parvis {

namespace {

Result<CryptoStatus> cryptoStatus(Engine &engine)
{
    CryptoStatus status;
    const auto keys = engine.sessionsWithoutBackup();
    if (!keys)
        return tl::unexpected(keys.error());
    status.keysToBackUp = *keys;
    const auto conflict = engine.machine().identityConflict();
    if (!conflict)
        return tl::unexpected(conflict.error());
    status.identityConflict = *conflict;
    const auto account = engine.cryptoStore().account();
    if (!account)
        return tl::unexpected(account.error());
    if (*account)
        status.oneTimeKeys = (*account)->serverOneTimeKeys;
    return status;
}

} // namespace

Task<CryptoStatus> EncryptionBridge::status()
{
    return m_link.askEngine(this, [](Engine &engine) { return cryptoStatus(engine); });
}

Task<QList<DeviceCard>> EncryptionBridge::devices(const UserId &user)
{
    return m_link.askEngine(this, [user](Engine &engine) { return deviceCards(engine, user); });
}

Task<void> EncryptionBridge::discardSession(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return engine.machine().discardSession(room); });
}

} // namespace parvis
