// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_list_port.h"
#include "models/date_texts.h"
#include "models/diff_list_model.h"
#include "models/shown_error.h"

#include <QQmlEngine>

#include <memory>

namespace parvis {

/// A room of the list with the texts that are drawn.
struct RoomRow {
    RoomSummary room;
    QString section; ///< what stands above the first of its kind
    QString preview;
    QString timeText;
    QString initials;
    int colour = 0;
    QString spoken; ///< the whole row as one sentence, for a screen reader
};

/// The rooms in the order in which the core sorted them, under the filter of the person.
class RoomListModel : public DiffListModel<RoomRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString filterText READ filterText WRITE setFilterText NOTIFY filterChanged)
    Q_PROPERTY(Show show READ show WRITE setShow NOTIFY filterChanged)
    Q_PROPERTY(bool filtered READ filtered NOTIFY filterChanged)
    Q_PROPERTY(bool loaded READ loaded NOTIFY loadedChanged)
    Q_PROPERTY(int unreadRooms READ unreadRooms NOTIFY totalsChanged)
    Q_PROPERTY(int unreadMessages READ unreadMessages NOTIFY totalsChanged)
    Q_PROPERTY(int highlights READ highlights NOTIFY totalsChanged)
    Q_PROPERTY(QString busyRoom READ busyRoom NOTIFY actionChanged)
    Q_PROPERTY(QString actionError READ actionError NOTIFY actionChanged)
    Q_PROPERTY(QString failedRoom READ failedRoom NOTIFY actionChanged)

public:
    enum Show {
        All,
        Unread,
        People,
        Rooms,
        Favourites,
        LowPriority,
        Mentions,
        Invitations,
        Knocks,
        Spaces,
    };
    Q_ENUM(Show)
    enum Role {
        RoomIdRole = Qt::UserRole,
        NameRole,
        SectionRole,
        PreviewRole,
        TimeTextRole,
        UnreadRole,
        HighlightRole,
        MarkedUnreadRole,
        FavouriteRole,
        LowPriorityRole,
        InvitedRole,
        ExternalRole,
        EncryptedRole,
        DirectRole,
        DraftRole,
        FailedRole,
        InitialsRole,
        ColourRole,
        SpokenRole,
    };

    explicit RoomListModel(RoomListPort &port, QObject *parent = nullptr);
    ~RoomListModel() override;

    /// Subscribes; before it the list is empty.
    void follow();
    void setTexts(const DateTexts &texts);
    /// The open room stays in the list whatever the filter.
    void keep(const RoomId &room);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// The row of a room, or -1.
    Q_INVOKABLE int rowOf(const QString &roomId) const;
    /// The room @p step rows away, or an empty text at the ends.
    Q_INVOKABLE QString neighbour(const QString &roomId, int step) const;
    Q_INVOKABLE QString firstRoom() const;
    /// Answers by accepted(); a failure is in actionError, about failedRoom.
    Q_INVOKABLE void accept(const QString &roomId);
    /// Answers by declined(); a failure as above.
    Q_INVOKABLE void decline(const QString &roomId);

    [[nodiscard]] QString filterText() const { return m_filter.text; }
    void setFilterText(const QString &text);
    [[nodiscard]] Show show() const { return Show(m_filter.show); }
    void setShow(Show show);
    [[nodiscard]] bool filtered() const
    {
        return m_filter.show != RoomFilter::Show::All || !m_filter.text.isEmpty();
    }
    [[nodiscard]] bool loaded() const { return m_loaded; }
    [[nodiscard]] int unreadRooms() const { return m_totals.rooms + m_totals.invites; }
    [[nodiscard]] int unreadMessages() const { return m_totals.messages; }
    [[nodiscard]] int highlights() const { return m_totals.highlights; }
    [[nodiscard]] QString busyRoom() const { return m_busyRoom; }
    [[nodiscard]] QString actionError() const { return m_actionError.text(); }
    [[nodiscard]] QString failedRoom() const { return m_failedRoom; }

Q_SIGNALS:
    void filterChanged();
    void loadedChanged();
    void totalsChanged();
    void actionChanged();
    /// The invitation @p asked is answered, maybe long after; @p joined is the room it led to.
    void accepted(const QString &asked, const QString &joined);
    void declined(const QString &roomId);

private:
    void subscribe();
    void begin(const QString &roomId);
    void end(const QString &roomId, ShownError error);
    [[nodiscard]] RoomRow row(const RoomSummary &room) const;
    [[nodiscard]] QString spoken(const RoomRow &row) const;

    RoomListPort &m_port;
    std::unique_ptr<QObject> m_subscription; ///< one for each filter
    DateTexts m_texts;
    RoomFilter m_filter;
    UnreadTotals m_totals;
    bool m_followed = false;
    bool m_loaded = false;
    QString m_busyRoom;
    ShownError m_actionError;
    QString m_failedRoom; ///< the one that actionError is about
};

} // namespace parvis
