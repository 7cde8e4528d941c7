// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "models/shown_error.h"

#include <QAbstractListModel>
#include <QHash>
#include <QQmlEngine>
#include <QSet>
#include <QUrl>

#include <optional>

class QImage;

namespace parvis {

/// The files that are joined to what is written in the open conversation. Nothing of them goes before the
/// person sends; those of other conversations wait there. The disk knows of each until the queue has it:
/// after a restart they are here again.
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

    /// What an earlier run has left there follows.
    void setRoom(const RoomId &room);
    /// Asks once more for what could not be read.
    void tryAgain();
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
    /// It is not known yet what an earlier run has left in the open conversation.
    [[nodiscard]] bool loading() const { return m_loading.contains(m_room); }
    /// A file is being taken, or the disk does not know of one yet, in whatever conversation: until then the
    /// window stays.
    [[nodiscard]] bool busy() const { return m_taking || m_joining > 0; }
    /// Why not all were joined.
    [[nodiscard]] QString noticeText() const;

Q_SIGNALS:
    void changed();
    /// A file of this conversation is on its way.
    void sent(const parvis::RoomId &room);
    /// The file that this was written for is in the queue, and this with it.
    void captionTaken(const parvis::RoomId &room, const QString &caption);
    /// The file that this was written for was not taken.
    void captionRefused(const parvis::RoomId &room, const QString &caption);
    /// What is joined cannot be read from the disk, or not be taken away there.
    void failed(const parvis::Error &error);

private:
    /// A joined file: a place on the disk, or the bytes of a picture.
    struct Entry {
        int id = 0;
        RoomId room = {};
        std::optional<qint64> kept = {}; ///< its id on the disk
        QString path = {};
        QByteArray bytes = {};
        OutgoingFile facts = {};
        Step step = Checking;
        std::optional<Error> error = {};
        QString caption = {};
    };

    void load();
    void takeLoaded(const RoomId &room, const QList<JoinedFile> &files);
    void join(Entry entry);
    void joinPicture(const QImage &picture);
    void takePicture(int id, const Result<QByteArray> &bytes);
    /// Tells the disk of it, unless it knows.
    [[nodiscard]] Task<qint64> keep(const Entry &entry);
    void keepAndInspect(const Entry &entry);
    void takeKept(int id, const Result<qint64> &kept);
    void inspect(int id, qint64 kept);
    void takeAway(qint64 kept);
    /// In whatever conversation; null: the person has taken it away.
    [[nodiscard]] Entry *find(int id);
    void settle(int id, Step step, const std::optional<Error> &error);
    void show(int id);
    void takeNext();
    void take(const Entry &entry);
    void taken(int id, const Result<TransactionId> &txn);
    void refused(int id, const Error &error);
    void drop(int id);
    [[nodiscard]] const QList<Entry> &entries() const;
    [[nodiscard]] static QString details(const Entry &entry);
    [[nodiscard]] static QString errorText(const Entry &entry);

    MediaPort &m_port;
    RoomId m_room;
    QHash<RoomId, QList<Entry>> m_entries;
    QList<int> m_waiting;  ///< to be taken, in the order of sending
    QSet<RoomId> m_loaded; ///< what an earlier run has left there is in m_entries
    QSet<RoomId> m_loading;
    int m_person = 0; ///< counts those who were signed in: an answer for one before is of no interest
    int m_lastId = 0;
    int m_joining = 0; ///< how many the disk has not answered for
    bool m_taking = false;
    bool m_tooMany = false;
};

} // namespace parvis
