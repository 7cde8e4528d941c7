// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// Which devices get the keys of what is sent: the administration's rule, narrowed by the person's wishes.
#include "engine/client_trust.h"
#include "engine/engine.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

QString settingName()
{
    return u"only_verified"_s;
}

} // namespace

ReadersRule Engine::policyRule() const
{
    return toClient(m_encryptFor);
}

Result<void> Engine::readReadersRule()
{
    const auto wish = m_accounts.setting(settingName());
    if (!wish)
        return tl::unexpected(wish.error());
    m_onlyVerified = *wish == "1"_L1;
    applyReadersRule();
    return {};
}

void Engine::applyReadersRule()
{
    const auto wished =
        m_onlyVerified ? crypto::SharingStrategy::VerifiedDevices : crypto::SharingStrategy::AllDevices;
    m_machine->setSharingStrategy(std::max(m_encryptFor, wished)); // in the order of their strictness
}

Result<void> Engine::setOnlyVerifiedEverywhere(bool on)
{
    if (auto kept = m_accounts.setSetting(settingName(), on ? u"1"_s : u"0"_s); !kept)
        return kept;
    if (std::exchange(m_onlyVerified, on) == on)
        return {};
    applyReadersRule();
    lookAtCryptoAgain();
    Q_EMIT readersRuleChanged({});
    return {};
}

Result<void> Engine::setOnlyVerified(const RoomId &room, bool on)
{
    const auto known = m_cache.rooms().room(room);
    if (!known)
        return tl::unexpected(known.error());
    if (!*known)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s);
    auto set = m_machine->setOnlyVerified(room, on);
    if (set)
        Q_EMIT readersRuleChanged(room);
    return set;
}

} // namespace parvis
