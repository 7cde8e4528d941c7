// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/key_files_model.h"

#include "models/typed_secret.h"

#include <QDir>
#include <QLocale>
#include <QSet>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

KeyFilesModel::KeyFilesModel(EncryptionPort &port, QObject *parent) : QObject(parent), m_port(port)
{
    port.subscribeKeyProgress(this, [this](const KeyProgress &progress) {
        m_progress = progress;
        Q_EMIT changed();
    });
}

void KeyFilesModel::begin(Work work)
{
    if (m_busy)
        return;
    m_work = work;
    m_finished = false;
    m_passphraseWrong = false;
    m_counts = {};
    m_error = {};
    Q_EMIT changed();
}

void KeyFilesModel::start(Work work, Task<KeyCounts> task)
{
    begin(work);
    m_busy = true;
    Q_EMIT changed();
    std::move(task).then(this, [this](const Result<KeyCounts> &counts) {
        m_busy = false;
        m_finished = counts.has_value();
        m_counts = counts.value_or(KeyCounts());
        // Whoever stopped it knows.
        const bool stopped = !counts && counts.error().code == "PARVIS_CANCELLED"_L1;
        m_passphraseWrong = !counts && counts.error().code == "PARVIS_KEY_EXPORT_PASSPHRASE"_L1;
        m_error = stopped ? ShownError() : ShownError::of(counts);
        Q_EMIT changed();
        if (m_work != Export)
            Q_EMIT taken();
    });
}

void KeyFilesModel::exportTo(const QString &file, const QString &passphrase)
{
    if (!m_busy && !file.isEmpty() && passphrase.size() >= leastLength)
        start(Export, m_port.exportKeys(pathOf(file), typedSecret(passphrase)));
}

void KeyFilesModel::importFrom(const QString &file, const QString &passphrase)
{
    if (!m_busy && !file.isEmpty() && !passphrase.isEmpty())
        start(Import, m_port.importKeys(pathOf(file), typedSecret(passphrase)));
}

void KeyFilesModel::restore()
{
    if (!m_busy)
        start(Restore, m_port.restoreBackup());
}

void KeyFilesModel::cancel()
{
    if (m_busy)
        m_port.cancelKeyWork();
}

QString KeyFilesModel::suggestedPath(const QString &name) const
{
    const QDir documents(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    return QDir::toNativeSeparators(documents.filePath(name));
}

QString KeyFilesModel::pathOf(const QString &file) const
{
    const QUrl url(file);
    auto path = url.isLocalFile() ? url.toLocalFile() : file.trimmed();
    if (path.startsWith("~/"_L1))
        path = QDir::homePath() + path.mid(1);
    return QDir::toNativeSeparators(path);
}

KeyFilesModel::Strength KeyFilesModel::strength(const QString &passphrase) const
{
    if (passphrase.size() < leastLength)
        return passphrase.isEmpty() ? None : Weak;
    // Whoever has the file can guess without end, but each guess costs: length counts, and so does variety.
    const QSet<QChar> different(passphrase.cbegin(), passphrase.cend());
    if (different.size() < 6)
        return Weak;
    const auto words = passphrase.simplified().count(u' ') + 1;
    const bool digits =
        std::any_of(passphrase.cbegin(), passphrase.cend(), [](QChar c) { return c.isDigit(); });
    const bool letters =
        std::any_of(passphrase.cbegin(), passphrase.cend(), [](QChar c) { return c.isLetter(); });
    if (words >= 5 || (passphrase.size() >= 20 && different.size() >= 10 && letters))
        return Strong;
    return digits && letters && passphrase.size() >= 16 ? Strong : Fair;
}

QString KeyFilesModel::strengthText(const QString &passphrase) const
{
    switch (strength(passphrase)) {
    case None:
        return tr("%n characters or more; five words are better. Nobody can give it back to you.", "",
                  leastLength);
    case Weak:
        return tr("Too easy to guess. %n characters or more; five words are better.", "", leastLength);
    case Fair:
        return tr("Acceptable. A few words more would make it strong.");
    case Strong:
        return tr("Strong.");
    }
    Q_UNREACHABLE();
    return {};
}

double KeyFilesModel::fraction() const
{
    if (!m_busy || m_progress.kind == KeyProgress::Kind::None || m_progress.total <= 0)
        return -1;
    return std::clamp(double(m_progress.done) / double(m_progress.total), 0.0, 1.0);
}

QString KeyFilesModel::progressText() const
{
    if (!m_busy)
        return {};
    const auto share = fraction();
    const auto percent = share < 0 ? QString() : tr("%1%").arg(int(share * 100));
    switch (m_work) {
    case Nothing:
        return {};
    case Export:
        return percent.isEmpty() ? tr("The keys are being written…")
                                 : tr("The keys are being written: %1").arg(percent);
    case Import:
        return percent.isEmpty() ? tr("The keys are being read…")
                                 : tr("The keys are being read: %1").arg(percent);
    case Restore:
        return percent.isEmpty() ? tr("The keys are being fetched…")
                                 : tr("The keys are being fetched: %1").arg(percent);
    }
    Q_UNREACHABLE();
    return {};
}

QString KeyFilesModel::resultText() const
{
    if (!m_finished)
        return {};
    const auto done = int(std::min<qint64>(m_counts.done, std::numeric_limits<int>::max()));
    switch (m_work) {
    case Nothing:
        return {};
    case Export:
        return tr("%n key(s) written. Whoever has the file and the passphrase can read your messages.", "",
                  done);
    case Import:
        return m_counts.total == 0 ? tr("There was no key in the file.")
            : done == 0            ? tr("This device had all of these keys already.")
                                   : tr("%n new key(s) taken in. Their messages become readable.", "", done);
    case Restore:
        return m_counts.total == 0 ? tr("There is no key in the backup yet.")
            : done == 0            ? tr("This device had all of the backup’s keys already.")
                                   : tr("%n key(s) restored. Their messages become readable.", "", done);
    }
    Q_UNREACHABLE();
    return {};
}

} // namespace parvis
