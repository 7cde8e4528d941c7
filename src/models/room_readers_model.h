// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "models/date_texts.h"
#include "models/diff_list_model.h"
#include "models/shown_error.h"

#include <QQmlEngine>

namespace parvis {

/// Somebody in the open conversation, or a device of theirs, as it is drawn.
struct ReaderRow {
    UserId userId;
    DeviceId deviceId; ///< empty: the person
    QString name;
    QString line; ///< whether it reads, and why
    int level = 0;
    QString spoken;

    bool operator==(const ReaderRow &) const = default;
};

/// Who will be able to read what is sent to the open conversation, who will not, and why: those first who
/// will not.
class RoomReadersModel : public DiffListModel<ReaderRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(bool shown READ shown WRITE setShown NOTIFY changed)
    Q_PROPERTY(QString barText READ barText NOTIFY changed)
    Q_PROPERTY(bool barWarns READ barWarns NOTIFY changed)
    Q_PROPERTY(QString sinceText READ sinceText NOTIFY changed)
    Q_PROPERTY(QString ruleText READ ruleText NOTIFY changed)
    Q_PROPERTY(QString excludedText READ excludedText NOTIFY changed)
    Q_PROPERTY(QString unsignedText READ unsignedText NOTIFY changed)
    Q_PROPERTY(bool onlyVerified READ onlyVerified WRITE setOnlyVerified NOTIFY changed)
    Q_PROPERTY(bool onlyVerifiedEverywhere READ onlyVerifiedEverywhere NOTIFY changed)
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    enum Role { UserIdRole = Qt::UserRole, IsDeviceRole, NameRole, LineRole, LevelRole, SpokenRole };
    /// As ReaderSentences::Level, for QML; the signs of StateLine.
    enum Level { Unknown, Good, Caution, Danger };
    Q_ENUM(Level)

    explicit RoomReadersModel(EncryptionPort &port, QObject *parent = nullptr);

    /// The header of the open conversation; asks again where it counts others than before.
    void setRoom(const RoomHeader &header);
    /// Asks again, where somebody looks or is told of.
    void refresh();
    void setTexts(const DateTexts &texts);
    /// The person has read the bar; it comes back once it would count others.
    Q_INVOKABLE void putOff();

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// The list is in sight: only then, and where somebody is excluded, it is asked for.
    [[nodiscard]] bool shown() const { return m_shown; }
    void setShown(bool shown);
    /// What has to be known before writing; empty: nothing.
    [[nodiscard]] QString barText() const;
    /// Somebody cannot read at all. Else it is about devices of people who read on others.
    [[nodiscard]] bool barWarns() const { return m_counts.people > 0; }
    [[nodiscard]] QString sinceText() const;
    [[nodiscard]] QString ruleText() const;
    [[nodiscard]] QString excludedText() const;
    [[nodiscard]] QString unsignedText() const;
    [[nodiscard]] bool onlyVerified() const { return m_readers.onlyVerified || onlyVerifiedEverywhere(); }
    void setOnlyVerified(bool on);
    /// It is so for every conversation: this one cannot have it otherwise.
    [[nodiscard]] bool onlyVerifiedEverywhere() const
    {
        return m_readers.rule == ReadersRule::VerifiedDevices && !m_readers.onlyVerified;
    }
    [[nodiscard]] bool known() const { return m_known; }
    [[nodiscard]] QString errorText() const { return m_error.text(); }

Q_SIGNALS:
    void changed();

private:
    void take(RoomReaders readers);
    void show();

    EncryptionPort &m_port;
    DateTexts m_texts;
    RoomId m_room; ///< empty: none, or none that is encrypted and that the person is in
    bool m_canSend = false;
    ReaderCounts m_counts; ///< the newest that are known
    ReaderCounts m_putOff; ///< those of the bar that the person has read
    RoomReaders m_readers;
    bool m_known = false;
    bool m_shown = false;
    int m_turn = 0; ///< what was asked for before is of no interest any more
    ShownError m_error;
};

} // namespace parvis
