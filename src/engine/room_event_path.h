// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "engine/file_uploads.h"
#include "send/room_encryptor.h"
#include "send/send_queue.h"
#include "store/cache/cache.h"

#include <QHash>
#include <QJsonObject>

namespace parvis {

/// The send queue's way to the server: encrypts where the room is encrypted, puts, keeps. Core thread.
class RoomEventPath final : public QObject, public EventPath
{
public:
    /// @p files: null where no row has one.
    RoomEventPath(ApiClient &api, Cache &cache, crypto::CryptoMachine &machine, RoomEncryptor &encryptor,
                  const Clock &clock, FileUploads *files = nullptr);

    [[nodiscard]] Task<WireEvent> prepare(const store::QueueRow &row) override;
    [[nodiscard]] Task<EventId> put(const store::QueueRow &row, const WireEvent &event) override;
    [[nodiscard]] Result<void> keep(const store::QueueRow &row, const WireEvent &event,
                                    const EventId &id) override;
    [[nodiscard]] bool mayHaveLeft(const store::QueueRow &row) override;

private:
    [[nodiscard]] Task<bool> isEncrypted(const RoomId &room);
    [[nodiscard]] Task<WireEvent> encrypt(const store::QueueRow &row, const QByteArray &content);
    [[nodiscard]] Task<WireEvent> inClear(const store::QueueRow &row, const QByteArray &content);
    /// The content of the row's event, its file at the server.
    [[nodiscard]] Task<QByteArray> complete(const store::QueueRow &row, bool encrypted);
    [[nodiscard]] bool isKnownClear(const RoomId &room) const;
    /// It takes the place of an encrypted room, as both of them say: then it is encrypted too, whatever its
    /// server says of it.
    /// By what else than the machine it is known that the room is encrypted: the content of such an event;
    /// empty: by nothing.
    [[nodiscard]] Result<QByteArray> settingsByOthers(const RoomId &room) const;
    [[nodiscard]] Result<bool> followsEncrypted(const RoomId &room) const;
    /// False where another event has had this very ciphertext already.
    [[nodiscard]] Result<bool> isFirst(const RoomId &room, QJsonObject event);

    ApiClient &m_api;
    Cache &m_cache;
    crypto::CryptoMachine &m_machine;
    RoomEncryptor &m_encryptor;
    const Clock &m_clock;
    FileUploads *m_files;
    QHash<RoomId, qint64> m_clear; ///< when the server said of them that they are not encrypted
};

} // namespace parvis
