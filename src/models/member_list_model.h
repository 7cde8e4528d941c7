// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_list_port.h"
#include "models/diff_list_model.h"

#include <QQmlEngine>

namespace parvis {

/// The people of the open conversation: who is in, who was invited; inviting and leaving.
class MemberListModel : public DiffListModel<MemberCard>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString filterText READ filterText WRITE setFilterText NOTIFY changed)
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
    void retranslate();

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void load();
    /// False where this is no Matrix id; else answers by errorText or noticeText.
    Q_INVOKABLE bool invite(const QString &userId);
    Q_INVOKABLE void leave();

    [[nodiscard]] QString filterText() const { return m_filterText; }
    void setFilterText(const QString &text);
    [[nodiscard]] int total() const { return int(m_all.size()); }
    [[nodiscard]] bool loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString noticeText() const { return m_noticeText; }

Q_SIGNALS:
    void changed();
    void left();

private:
    void show();
    void say(const QString &errorText, const QString &noticeText = {});
    [[nodiscard]] QString rank(const MemberCard &member) const;
    [[nodiscard]] QString spoken(const MemberCard &member) const;

    RoomListPort &m_port;
    RoomId m_room;
    QList<MemberCard> m_all;
    QString m_filterText;
    bool m_loading = false;
    QString m_errorText;
    QString m_noticeText;
};

} // namespace parvis
