// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/composer_port.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace parvis {

/// The drafts: on the disk, and in memory as well until the disk has taken them. What a conversation has
/// there is read before anything is written over it.
class DraftBox : public QObject
{
    Q_OBJECT

public:
    explicit DraftBox(ComposerPort &port, QObject *parent = nullptr);
    ~DraftBox() override;

    /// Somebody writes in this room, and no longer in the one before; loaded() follows. Empty: in none.
    void open(const RoomId &room);
    /// The open room's draft is this now; before it was loaded, this comes behind what will be.
    void type(const QString &text);
    /// The open room's draft is being sent with a file: it is in sight no longer, and on the disk, in front
    /// of what is typed since, until queued() or letGo(). type() follows at once.
    void hold(const QString &text);
    /// The queue has what was held.
    void queued(const RoomId &room, const QString &text);
    /// What was held comes back by type() or giveBack(), at once.
    void letGo(const RoomId &room, const QString &text);
    /// A message that was refused is a draft again, in front of what was typed since.
    void giveBack(const RoomId &room, const QString &text);
    /// Asks once more for what could not be read or written.
    void tryAgain();
    /// Another person's turn.
    void forget();

    /// The disk still has to answer for something that is typed.
    [[nodiscard]] bool busy() const;
    /// It has answered, and something typed is in memory alone.
    [[nodiscard]] bool refused() const;

    /// A message in front of what is there.
    [[nodiscard]] static QString joined(const QString &text, const QString &since);

Q_SIGNALS:
    void loaded(const RoomId &room, const QString &text);
    void failed(const Error &error);
    /// busy() or refused() may have changed.
    void changed();

private:
    struct Entry {
        std::optional<QString> whole; ///< none: what is on the disk is not known
        QStringList held;             ///< in front of all, while the queue does not have it
        QString front;                ///< until it is: what belongs in front of it, and what behind
        QString behind;
        bool reading = false;
        bool dirty = false; ///< the disk lacks something of this
        int writing = 0;
        int written = 0; ///< counts the writes: only the answer to the last one matters

        /// What the disk has to have; needs whole.
        [[nodiscard]] QString all() const;
        [[nodiscard]] bool underway() const { return reading || writing > 0; }
    };
    /// An answer that finds another entry in its place is of no interest.
    using Shared = std::shared_ptr<Entry>;

    Shared entry(const RoomId &room);
    void read(const RoomId &room, const Shared &entry);
    void takeRead(const RoomId &room, const Shared &entry, const Result<QString> &stored);
    void write(const RoomId &room, const Shared &entry);
    void takeWritten(const RoomId &room, const Shared &entry, const Result<void> &done);
    void say(const Error &error);
    void drop(const RoomId &room);

    ComposerPort &m_port;
    RoomId m_open;
    /// Of the open room, and of those of which the disk lacks something.
    QHash<RoomId, Shared> m_entries;
};

} // namespace parvis
