// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/encryption_bridge.h"

#include "engine/device_cards.h"
#include "engine/identity_setup.h"

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
    const auto own = engine.machine().ownIdentity();
    if (!own)
        return tl::unexpected(own.error());
    status.crossSigning = own->verified && own->holdsMaster && own->holdsSelfSigning && own->holdsUserSigning;
    status.verified = own->verified && own->thisDeviceSigned;
    status.identityExists = own->exists;
    status.identityChanged = own->changed;
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

Task<void> EncryptionBridge::makeIdentity(Secret password, bool replace)
{
    auto shared = std::make_shared<Secret>(std::move(password));
    return m_link.askEngine(this, [shared, replace](Engine &engine) {
        return IdentitySetup::run(engine, std::move(*shared), replace);
    });
}

Task<PersonIdentity> EncryptionBridge::identity(const UserId &user)
{
    return m_link.askEngine(this, [user](Engine &engine) {
        return deviceCards(engine, user).andThen(&engine, [&engine, user](const QList<DeviceCard> &) {
            return engine.machine().identity(user).map([](const crypto::IdentityView &view) {
                return PersonIdentity{.known = view.known,
                                      .verified = view.verified,
                                      .violated = view.violated,
                                      .changed = view.changed};
            });
        });
    });
}

Task<void> EncryptionBridge::acceptIdentity(const UserId &user)
{
    return m_link.askEngine(this, [user](Engine &engine) {
        auto done = engine.machine().acceptIdentity(user);
        if (done)
            Q_EMIT engine.trustChanged({user});
        return done;
    });
}

Task<void> EncryptionBridge::discardSession(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return engine.machine().discardSession(room); });
}

} // namespace parvis
