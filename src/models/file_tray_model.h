// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "models/shown_error.h"

#include <QAbstractListModel>
#include <QHash>
#include <QQmlEngine>
#include <QUrl>

#include <optional>

class QImage;

namespace parvis {

/// The files that are joined to what is written in the open conversation. Nothing of them goes before the
/// person sends; those of other conversations wait there. In memory alone: they are still where they were.
class FileTrayModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ComposerModel owns it")

    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(bool waits READ waits NOTIFY changed)
    Q_PROPERTY(bool sendable READ sendable NOTIFY changed)
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY changed)

public:
    /// How far a joined file is. Ready may carry the error of a try that can be repeated.
    enum Step { Checking, Ready, Taking, Refused };
    Q_ENUM(Step)
    enum Role {
        FileIdRole = Qt::UserRole,
        NameRole,
        DetailsRole,
        IconNameRole,
        StepRole,
        ErrorTextRole,
        SpokenRole,
    };

    /// So many at once, so that a slip of the hand does not send a whole disk.
    static constexpr int mostFiles = 50;

    explicit FileTrayModel(MediaPort &port, QObject *parent = nullptr);

    void setRoom(const RoomId &room);
    /// Somebody else signs in.
    void forget();
    void retranslate();

    /// Joins those that are files of this computer; what is wrong with one is said in its row.
    Q_INVOKABLE void add(const QList<QUrl> &files);
    /// Joins the files or the picture that were copied elsewhere; false: there are none, the text is pasted.
    Q_INVOKABLE bool paste();
    /// Takes a file away again, unless it is on its way already.
    Q_INVOKABLE void remove(int fileId);
    /// Sends what is ready, one after the other, the first with @p caption. What is refused stays.
    void send(const QString &caption);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

    [[nodiscard]] int count() const { return rowCount(); }
    /// Something is joined that is not on its way yet: what is written goes with it.
    [[nodiscard]] bool waits() const;
    /// Something can be sent, and nothing is still being looked at.
    [[nodiscard]] bool sendable() const;
    /// A file is being taken, in whatever conversation: until then the window stays.
    [[nodiscard]] bool busy() const { return m_taking; }
    /// Why not all were joined.
    [[nodiscard]] QString noticeText() const;

Q_SIGNALS:
    void changed();
    /// A file of this conversation is on its way.
    void sent(const parvis::RoomId &room);
    /// The file that this was written for was not taken.
    void captionRefused(const parvis::RoomId &room, const QString &caption);

private:
    /// A joined file: a place on the disk, or the bytes of a picture.
    struct Entry {
        int id = 0;
        QString path = {};
        QByteArray bytes = {};
        OutgoingFile facts = {};
        Step step = Checking;
        std::optional<Error> error = {};
        QString caption = {};
    };

    void join(Entry entry);
    void joinPicture(const QImage &picture);
    void inspect(const Entry &entry);
    /// In whatever conversation; null: the person has taken it away.
    [[nodiscard]] Entry *find(int id);
    void settle(int id, Step step, const std::optional<Error> &error);
    void show(int id);
    void takeNext();
    void take(const RoomId &room, const Entry &entry);
    void taken(const RoomId &room, int id, const Result<TransactionId> &txn);
    void drop(const RoomId &room, int id);
    [[nodiscard]] const QList<Entry> &entries() const;
    [[nodiscard]] static QString details(const Entry &entry);
    [[nodiscard]] static QString errorText(const Entry &entry);

    MediaPort &m_port;
    RoomId m_room;
    QHash<RoomId, QList<Entry>> m_entries;
    QList<std::pair<RoomId, int>> m_waiting; ///< to be taken, in the order of sending
    int m_lastId = 0;
    bool m_taking = false;
    bool m_tooMany = false;
};

} // namespace parvis
