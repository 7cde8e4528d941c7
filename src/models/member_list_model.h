// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_list_port.h"
#include "models/diff_list_model.h"
#include "models/shown_error.h"

#include <QQmlEngine>

namespace parvis {

/// The people of the open conversation: who is in, who was invited; inviting and leaving.
class MemberListModel : public DiffListModel<MemberCard>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString filterText READ filterText WRITE setFilterText NOTIFY changed)
    Q_PROPERTY(bool shown READ shown WRITE setShown NOTIFY changed)
    Q_PROPERTY(int total READ total NOTIFY changed)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY changed)

public:
    enum Role {
        UserIdRole = Qt::UserRole,
        NameRole,
        OrganisationRole,
        RankRole, ///< "Admin", "Moderator", "Invited" or empty
        ExternalRole,
        InitialsRole,
        ColourRole,
        SpokenRole,
    };

    explicit MemberListModel(RoomListPort &port, QObject *parent = nullptr);

    void setRoom(const RoomId &room);
    /// How many the conversation says it has: another number means that the list is out of date.
    void setCount(int count);
    void retranslate();

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// False where this is no Matrix id; else answers by errorText or noticeText.
    Q_INVOKABLE bool invite(const QString &userId);
    Q_INVOKABLE void leave();

    [[nodiscard]] QString filterText() const { return m_filterText; }
    void setFilterText(const QString &text);
    [[nodiscard]] bool shown() const { return m_shown; }
    /// Somebody looks: only then are the members asked for.
    void setShown(bool shown);
    [[nodiscard]] int total() const { return int(m_all.size()); }
    [[nodiscard]] bool loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    [[nodiscard]] QString noticeText() const;

Q_SIGNALS:
    void changed();
    /// The person is no longer in this conversation, which may have been closed meanwhile.
    void left(const QString &roomId);

private:
    void load();
    void show();
    void say(ShownError error, const QString &invited = {});
    [[nodiscard]] QString rank(const MemberCard &member) const;
    [[nodiscard]] QString spoken(const MemberCard &member) const;

    RoomListPort &m_port;
    RoomId m_room;
    QList<MemberCard> m_all;
    QString m_filterText;
    bool m_shown = false;
    bool m_loading = false;
    int m_count = 0;
    ShownError m_error;
    QString m_invited; ///< the last one who was, for the notice
};

} // namespace parvis
