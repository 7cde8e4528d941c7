// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// Work on many keys: writing them into a file, taking them in from one, restoring all of the backup.
class KeyFilesModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(Work work READ work NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(double fraction READ fraction NOTIFY changed)
    Q_PROPERTY(QString progressText READ progressText NOTIFY changed)
    Q_PROPERTY(QString resultText READ resultText NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(bool passphraseWrong READ passphraseWrong NOTIFY changed)

public:
    enum Work { Nothing, Export, Import, Restore };
    Q_ENUM(Work)
    /// What a guesser would make of a passphrase.
    enum Strength { None, Weak, Fair, Strong };
    Q_ENUM(Strength)

    static constexpr int leastLength = 12;

    explicit KeyFilesModel(EncryptionPort &port, QObject *parent = nullptr);

    /// Forgets what the last work said; does not end one that runs.
    Q_INVOKABLE void begin(Work work);
    /// @p file: a path, or the address that a file dialog gives.
    Q_INVOKABLE void exportTo(const QString &file, const QString &passphrase);
    Q_INVOKABLE void importFrom(const QString &file, const QString &passphrase);
    Q_INVOKABLE void restore();
    Q_INVOKABLE void cancel();
    /// Where the keys may go: in the person's documents.
    Q_INVOKABLE QString suggestedPath(const QString &name) const;
    Q_INVOKABLE QString pathOf(const QString &file) const;
    Q_INVOKABLE Strength strength(const QString &passphrase) const;
    Q_INVOKABLE QString strengthText(const QString &passphrase) const;
    void retranslate() { Q_EMIT changed(); }

    [[nodiscard]] Work work() const { return m_work; }
    [[nodiscard]] bool busy() const { return m_busy; }
    /// 0 to 1; negative where it is not known how much there is.
    [[nodiscard]] double fraction() const;
    [[nodiscard]] QString progressText() const;
    [[nodiscard]] QString resultText() const;
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    [[nodiscard]] bool passphraseWrong() const { return m_passphraseWrong; }

Q_SIGNALS:
    void changed();
    /// There are keys that were not there before.
    void taken();

private:
    void start(Work work, Task<KeyCounts> task);

    EncryptionPort &m_port;
    Work m_work = Nothing;
    bool m_busy = false;
    bool m_finished = false;
    bool m_passphraseWrong = false;
    KeyProgress m_progress;
    KeyCounts m_counts;
    ShownError m_error;
};

} // namespace parvis
