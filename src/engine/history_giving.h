// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/attachment_encryption.h"
#include "crypto/shared_history.h"
#include "engine/engine.h"
#include "engine/engine_work.h"

namespace parvis {

/// Gives the keys of a room's past to one person who is about to be invited (MSC4268): fetches what only the
/// backup has, uploads the bundle, tells the person's devices. Core thread; deletes itself.
class HistoryGiving : public EngineWork
{
    Q_OBJECT

public:
    /// Longer than that no invitation waits for it.
    static constexpr int patienceMs = 60'000;

    /// Answers when the invitation may go. Nothing that goes wrong is a reason not to invite: it is logged,
    /// and the person reads from then on.
    [[nodiscard]] static Task<void> run(Engine &engine, const RoomId &room, const UserId &user);

private:
    /// The bundle, encrypted.
    struct Sealed {
        QByteArray ciphertext;
        std::shared_ptr<crypto::EncryptedFile> file; ///< null: there is nothing to give
    };

    HistoryGiving(Engine &engine, RoomId room, UserId user);
    void begin();
    void fetchBackup(const QString &version);
    void askForDevices();
    void look();
    void upload();
    void told(const Result<crypto::SharedHistory::Giving> &giving);
    void finish(const QString &why);

    const RoomId m_room;
    const UserId m_user;
    QByteArray m_file;    ///< empty: not uploaded yet
    bool m_asked = false; ///< for the person's devices; before that nobody seems to have any
    bool m_uploading = false;
    QList<crypto::RequestId> m_messages; ///< are queued, and have to be taken by the server
    QTimer m_patience;
    Promise<void> m_promise;
    bool m_done = false;
};

} // namespace parvis
