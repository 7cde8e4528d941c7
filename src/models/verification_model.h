// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "client/room_list_port.h"
#include "client/verification_port.h"
#include "models/shown_error.h"
#include "models/verification_sentences.h"

#include <QHash>
#include <QImage>
#include <QObject>
#include <QQmlEngine>
#include <QSet>
#include <QStringList>

namespace parvis {

/// The verifications of the account as one dialog shows them, one after the other; closing it loses none.
/// What the other side may have written about itself is never an instruction here: only names are shown.
class VerificationModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(bool showing READ showing NOTIFY changed)
    Q_PROPERTY(Step step READ step NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(bool alarms READ alarms NOTIFY changed)
    Q_PROPERTY(QString partner READ partner NOTIFY changed)
    Q_PROPERTY(bool ownDevice READ ownDevice NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QStringList emojiSymbols READ emojiSymbols NOTIFY changed)
    Q_PROPERTY(QStringList emojiNames READ emojiNames NOTIFY changed)
    Q_PROPERTY(QString numbers READ numbers NOTIFY changed)
    Q_PROPERTY(bool canCompare READ canCompare NOTIFY changed)
    Q_PROPERTY(bool choosesHere READ choosesHere NOTIFY changed)
    Q_PROPERTY(bool canShow READ canShow NOTIFY changed)
    Q_PROPERTY(bool canRead READ canRead NOTIFY changed)
    Q_PROPERTY(bool canTryAgain READ canTryAgain NOTIFY changed)
    Q_PROPERTY(int more READ more NOTIFY changed)
    Q_PROPERTY(QString bannerText READ bannerText NOTIFY changed)
    Q_PROPERTY(bool bannerAsks READ bannerAsks NOTIFY changed)

public:
    enum Step {
        Nothing,
        Asking,     ///< the request is on its way out
        Failed,     ///< it did not get out: errorText
        Incoming,   ///< accept or decline
        AwaitOther, ///< the other side has to accept
        Choose,     ///< how to compare
        ShowCode,   ///< our QR code is shown
        ReadCode,   ///< theirs is to be read from a picture
        Preparing,
        Compare,
        ConfirmScan, ///< they read our code: does their device say so?
        Waiting,
        Done,
        Cancelled,
        Elsewhere, ///< another device of ours took it
    };
    Q_ENUM(Step)

    VerificationModel(VerificationPort &port, EncryptionPort &encryption, RoomListPort &rooms,
                      QObject *parent = nullptr);

    /// All other devices of ours, or the one with this id.
    Q_INVOKABLE void verifyOwn(const QString &deviceId);
    /// A person, in the direct conversation with them; where there is none, it is begun.
    Q_INVOKABLE void verifyPerson(const QString &userId, const QString &name);
    /// Opens the dialog on what waits.
    Q_INVOKABLE void show();
    /// Closes it: what is not over goes on, and can be shown again; what is over is put away.
    Q_INVOKABLE void hide();
    Q_INVOKABLE void accept();
    /// Declines, or ends it in whatever step.
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void compareEmoji();
    Q_INVOKABLE void showCode();
    Q_INVOKABLE void chooseRead();
    Q_INVOKABLE void backToChoice();
    /// @p file: a path, or the address that a file dialog gives.
    Q_INVOKABLE void readFile(const QString &file);
    Q_INVOKABLE void readClipboard();
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void mismatch();
    Q_INVOKABLE void tryAgain();
    void setOwnUser(const QString &userId);
    void retranslate() { Q_EMIT changed(); }

    [[nodiscard]] bool showing() const { return m_showing; }
    [[nodiscard]] Step step() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;
    /// It ended because somebody may stand between the two.
    [[nodiscard]] bool alarms() const { return VerificationSentences::alarms(m_current); }
    /// The name of the person or of the device.
    [[nodiscard]] QString partner() const;
    [[nodiscard]] bool ownDevice() const;
    [[nodiscard]] bool busy() const { return m_busy || m_asking; }
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    [[nodiscard]] QStringList emojiSymbols() const;
    /// In the language of the window.
    [[nodiscard]] QStringList emojiNames() const;
    [[nodiscard]] QString numbers() const;
    [[nodiscard]] bool canCompare() const { return m_current.canSas; }
    [[nodiscard]] bool canShow() const { return m_current.canShow; }
    [[nodiscard]] bool canRead() const { return m_current.canScan; }
    [[nodiscard]] bool canTryAgain() const;
    /// How to compare is chosen here, not on the other side.
    [[nodiscard]] bool choosesHere() const { return canCompare() || canShow() || canRead(); }
    /// How many others wait behind the one that is shown.
    [[nodiscard]] int more() const;
    /// What waits while the dialog is closed; empty: nothing.
    [[nodiscard]] QString bannerText() const;
    /// Somebody else asks, and waits for an answer.
    [[nodiscard]] bool bannerAsks() const;
    /// Our QR code, one pixel a module; null unless the step is ShowCode.
    [[nodiscard]] const QImage &picture() const { return m_picture; }

Q_SIGNALS:
    void changed();
    /// Somebody or something is verified now, or no longer trusted in the same way.
    void finished();

private:
    enum class Way { Choice, Show, Read };
    /// What was asked for by the person, so that it can be asked again.
    struct Wanted {
        UserId user; ///< empty: ourselves
        DeviceId device;
        QString name;
    };

    void take(const QList<VerificationInfo> &all);
    void follow();
    void ask(const Wanted &wanted);
    void begun(const Result<QString> &txn, int turn);
    void act(Task<void> task);
    void scan(const Result<QByteArray> &bytes, const QString &txn);
    void drawCode();
    void learnNames(const VerificationInfo &info);
    [[nodiscard]] const VerificationInfo *waiting() const;
    [[nodiscard]] bool waits(const VerificationInfo &info) const;
    [[nodiscard]] QString nameOf(const VerificationInfo &info) const;
    [[nodiscard]] QString stepText() const;

    VerificationPort &m_port;
    EncryptionPort &m_encryption;
    RoomListPort &m_rooms;
    UserId m_ownUser;
    QList<VerificationInfo> m_all;
    VerificationInfo m_current; ///< the one that the dialog is about; without an id: none
    Wanted m_wanted;
    QSet<QString> m_seen;      ///< ids that were shown: their end is told, too
    QSet<QString> m_put;       ///< ids that are over and were put away
    QSet<QString> m_announced; ///< ids whose end other models have heard of
    QHash<QString, QString> m_names;
    QImage m_picture;
    Way m_way = Way::Choice;
    bool m_showing = false;
    bool m_asking = false;
    bool m_busy = false;
    int m_turn = 0; ///< an answer to an earlier request is of no interest any more
    ShownError m_error;
};

} // namespace parvis
