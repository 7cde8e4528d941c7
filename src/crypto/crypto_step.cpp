// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/cross_signing_p.h"
#include "crypto/crypto_step_p.h"

#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype maxNotes = 200;

} // namespace

CryptoStep::CryptoStep(StepContext &context)
    : devices(context.store, failure),
      identities(context.store, failure),
      sessions(context.store, context.pickleKey, failure),
      rooms(context.store, failure),
      m_context(context),
      m_nowMs(context.clock.nowMs())
{
}

AccountRecord &CryptoStep::account()
{
    if (!m_account)
        m_account = failure.take(m_context.store.account()).value_or(AccountRecord());
    return *m_account;
}

OlmAccount *CryptoStep::olmAccount()
{
    if (m_olmAccount)
        return &*m_olmAccount;
    auto opened = OlmAccount::fromPickle(account().pickle, m_context.pickleKey);
    if (!opened) {
        if (!failure.first)
            failure.first = Error{ErrorKind::Crypto, u"PARVIS_CRYPTO_PICKLE"_s, opened.error().code, 0};
        return nullptr;
    }
    m_olmAccount = std::move(*opened);
    return &*m_olmAccount;
}

TransactionId CryptoStep::queueToDevice(const QString &eventType, const QByteArray &body, const RoomId &room,
                                        const SessionId &session)
{
    quint64 last = changes.toDevice.isEmpty() ? failure.take(m_context.store.lastToDeviceSeq())
                                              : changes.toDevice.constLast().seq;
    const TransactionId txnId(QUuid::createUuid().toString(QUuid::WithoutBraces));
    changes.toDevice.append({.seq = last + 1,
                             .txnId = txnId,
                             .eventType = eventType,
                             .body = body,
                             .room = room,
                             .session = session});
    return txnId;
}

const QByteArray &CryptoStep::ownKeysForPeers()
{
    if (m_ownKeysForPeers.isEmpty())
        m_ownKeysForPeers = crypto::ownKeysForPeers(*this);
    return m_ownKeysForPeers;
}

void CryptoStep::note(CryptoNote::Kind kind, const UserId &user, const DeviceId &device,
                      const QString &detail)
{
    if (notes.size() < maxNotes)
        notes.append({kind, user, device, detail});
}

void CryptoStep::noteForLater(const CryptoNote &note)
{
    if (m_context.carried.size() < maxNotes && !m_context.carried.contains(note))
        m_context.carried.append(note);
}

QList<CryptoNote> CryptoStep::takeNotes()
{
    return std::exchange(m_context.carried, {}) + notes;
}

Result<void> CryptoStep::collectAccount()
{
    if (!m_accountChanged)
        return {};
    if (m_olmAccount) {
        auto pickle = m_olmAccount->pickle(m_context.pickleKey);
        if (!pickle)
            return tl::unexpected(pickle.error());
        account().pickle = *pickle;
    }
    changes.account = account();
    return {};
}

Result<void> CryptoStep::commit()
{
    if (failure.first)
        return tl::unexpected(*failure.first);
    if (auto done = collectAccount(); !done)
        return done;
    devices.collect(changes);
    identities.collect(changes);
    if (auto done = sessions.collect(changes); !done)
        return done;
    rooms.collect(changes);
    if (changes == CryptoChanges())
        return {};
    return m_context.store.save(changes);
}

} // namespace parvis::crypto
