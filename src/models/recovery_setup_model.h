// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>
#include <QStringList>

namespace parvis {

/// Setting up what brings the messages back: explained, made, shown once, asked back. Or the same after
/// everything that was there is given up.
class RecoverySetupModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(Step step READ step NOTIFY changed)
    Q_PROPERTY(bool resets READ resets NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool keyWaits READ keyWaits NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY changed)
    Q_PROPERTY(QStringList groups READ groups NOTIFY changed)
    Q_PROPERTY(QString spokenKey READ spokenKey NOTIFY changed)
    Q_PROPERTY(bool noted READ noted NOTIFY changed)

public:
    enum Step {
        Explain,
        Password, ///< the server asks for it
        Browser,  ///< the server asks on a page of its own
        ShowKey,
        AskBack,
        Finished,
    };
    Q_ENUM(Step)

    explicit RecoverySetupModel(EncryptionPort &port, QObject *parent = nullptr);

    /// Whose key it is, for whoever finds it again in a file or on paper.
    void setOwnUser(const QString &userId) { m_ownUser = userId; }

    /// From the first page; @p resets: what exists is given up.
    Q_INVOKABLE void begin(bool resets);
    /// Makes it; what the server asks for in between leads to Password or Browser.
    Q_INVOKABLE void makeKey();
    Q_INVOKABLE void withPassword(const QString &password);
    Q_INVOKABLE void openPage();
    /// Into the clipboard, of which the system's other programs can read.
    Q_INVOKABLE void copyKey();
    /// @p file: a path, or the address that a file dialog gives.
    Q_INVOKABLE void saveKey(const QString &file);
    /// The person says that they have it.
    Q_INVOKABLE void goOn();
    Q_INVOKABLE void backToKey();
    /// All of it, or its last three groups, however they are spaced.
    Q_INVOKABLE void confirm(const QString &typed);
    /// The dialog is closed: the key is wiped here. It comes again with the next makeKey().
    Q_INVOKABLE void leave();
    /// Another account: what was begun is not for it.
    void forget();
    void retranslate() { Q_EMIT changed(); }

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool resets() const { return m_resets; }
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] bool keyWaits() const { return m_keyWaits; }
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] QString noticeText() const;
    [[nodiscard]] QStringList groups() const;
    /// Letter by letter, as a screen reader would else read it as words.
    [[nodiscard]] QString spokenKey() const;
    /// It was copied or saved.
    [[nodiscard]] bool noted() const { return m_notice != Notice::Nothing; }

Q_SIGNALS:
    void changed();
    void keyWaitsChanged();
    /// Identity, backup or storage are others now.
    void done();

private:
    enum class Notice { Nothing, Copied, Saved };

    void ask(Secret password);
    void take(Result<Secret> key);
    void go(Step step, ShownError error = {});
    void setKeyWaits(bool waits);
    [[nodiscard]] QString letters() const;

    EncryptionPort &m_port;
    Step m_step = Explain;
    bool m_resets = false;
    bool m_busy = false;
    bool m_keyWaits = false;
    bool m_wrong = false; ///< what was typed is not the key
    int m_turn = 0;       ///< an answer to an earlier one is of no interest any more
    Notice m_notice = Notice::Nothing;
    ShownError m_error;
    QString m_page;
    QString m_ownUser;
    Secret m_key;
};

} // namespace parvis
