// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/recovery_setup_model.h"

#include "models/consent_page.h"
#include "models/pool_work.h"
#include "models/typed_secret.h"

#include <QClipboard>
#include <QDate>
#include <QFile>
#include <QGuiApplication>
#include <QLocale>
#include <QMimeData>
#include <QSaveFile>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype groupSize = 4;
constexpr qsizetype askedGroups = 3;

QString withoutSpaces(const QString &text)
{
    QString bare;
    for (const QChar c : text) {
        if (!c.isSpace())
            bare += c;
    }
    return bare;
}

/// For nobody else on this computer.
Result<void> writeKey(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(text) != text.size() || !file.commit())
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s);
    return {};
}

} // namespace

RecoverySetupModel::RecoverySetupModel(EncryptionPort &port, QObject *parent) : QObject(parent), m_port(port)
{
}

void RecoverySetupModel::begin(bool resets)
{
    leave();
    m_resets = resets;
    go(Explain);
}

void RecoverySetupModel::go(Step step, ShownError error)
{
    m_busy = false;
    m_wrong = false;
    m_step = step;
    m_error = std::move(error);
    Q_EMIT changed();
}

void RecoverySetupModel::makeKey()
{
    if (!m_busy)
        ask({});
}

void RecoverySetupModel::withPassword(const QString &password)
{
    if (!m_busy && !password.isEmpty())
        ask(typedSecret(password));
}

void RecoverySetupModel::ask(Secret password)
{
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    m_port.setUpRecovery(std::move(password), m_resets).then(this, [this, turn = m_turn](Result<Secret> key) {
        if (key)
            setKeyWaits(true);
        if (turn == m_turn)
            take(std::move(key));
        Q_EMIT done();
    });
}

void RecoverySetupModel::take(Result<Secret> key)
{
    if (key) {
        m_key = *std::move(key);
        m_resets = false; // asked for once more, the same key comes: nothing is given up twice
        return go(ShowKey);
    }
    const auto &error = key.error();
    if (error.code == "PARVIS_PASSWORD_NEEDED"_L1)
        return go(Password, m_step == Password ? ShownError(error) : ShownError());
    if (error.code == "PARVIS_AUTH_IN_BROWSER"_L1) {
        m_page = error.detail;
        return go(Browser);
    }
    go(m_step, ShownError(error, ErrorText::During::Confirming));
}

void RecoverySetupModel::openPage()
{
    if (!openConsentPage(m_page))
        go(Browser, ShownError({ErrorKind::Protocol, u"PARVIS_BAD_URL"_s, {}, 0}));
}

QString RecoverySetupModel::letters() const
{
    return withoutSpaces(QString::fromLatin1(m_key.view()));
}

QStringList RecoverySetupModel::groups() const
{
    QStringList all;
    const auto bare = letters();
    for (qsizetype at = 0; at < bare.size(); at += groupSize)
        all += bare.mid(at, groupSize);
    return all;
}

QString RecoverySetupModel::spokenKey() const
{
    QStringList spoken;
    for (const auto &group : groups()) {
        QStringList signs;
        for (const QChar c : group)
            signs += c.isUpper() ? tr("capital %1").arg(c) : QString(c);
        spoken += signs.join(u' ');
    }
    return spoken.join(u", "_s);
}

void RecoverySetupModel::copyKey()
{
    // Whoever keeps a history of what was copied (Klipper, Windows, the password safes' convention) leaves it
    // out.
    auto *secret = new QMimeData; // the clipboard owns it
    secret->setText(groups().join(u' '));
    secret->setData(u"x-kde-passwordManagerHint"_s, "secret");
    secret->setData(u"application/x-qt-windows-mime;value=\"ExcludeClipboardContentFromMonitorProcessing\""_s,
                    "1");
    QGuiApplication::clipboard()->setMimeData(secret);
    m_notice = Notice::Copied;
    Q_EMIT changed();
}

void RecoverySetupModel::saveKey(const QString &file)
{
    const QUrl url(file);
    const auto path = url.isLocalFile() ? url.toLocalFile() : file;
    if (path.isEmpty() || m_key.isEmpty())
        return;
    // As it may be printed: what it is, whose, since when, what for.
    const auto day = QLocale().toString(QDate::currentDate(), QLocale::LongFormat);
    const auto text =
        QStringList{tr("Recovery key of Parvis. Keep it where only you can find it."),
                    {},
                    tr("Account: %1").arg(m_ownUser),
                    tr("Saved on: %1").arg(day),
                    {},
                    groups().join(u' '),
                    {},
                    tr("On a new device, sign in, then enter this key: your messages come back."),
                    {}}
            .join(u'\n')
            .toUtf8();
    besideTheWindow([path, text] {
        return writeKey(path, text);
    }).then(this, [this, turn = m_turn](const Result<void> &written) {
        if (turn != m_turn)
            return;
        m_error = ShownError::of(written);
        if (written)
            m_notice = Notice::Saved;
        Q_EMIT changed();
    });
}

QString RecoverySetupModel::noticeText() const
{
    switch (m_notice) {
    case Notice::Nothing:
        return {};
    case Notice::Copied:
        return tr("Copied. Paste it into your password safe now.");
    case Notice::Saved:
        return tr("Saved. Whoever has this file can read your messages: put it where only you can find it.");
    }
    Q_UNREACHABLE();
    return {};
}

void RecoverySetupModel::goOn()
{
    if (m_step == ShowKey)
        go(AskBack);
}

void RecoverySetupModel::backToKey()
{
    if (m_step == AskBack && !m_busy)
        go(ShowKey);
}

void RecoverySetupModel::confirm(const QString &typed)
{
    if (m_busy || m_step != AskBack)
        return;
    const auto whole = letters();
    const auto part = groups().mid(std::max<qsizetype>(0, groups().size() - askedGroups)).join(QString());
    const auto given = withoutSpaces(typed);
    m_wrong = given.isEmpty() || (given != whole && given != part);
    if (m_wrong) {
        m_error = {};
        Q_EMIT changed();
        return;
    }
    m_busy = true;
    Q_EMIT changed();
    m_port.recoveryKeySeen().then(this, [this, turn = m_turn](const Result<void> &seen) {
        if (seen)
            setKeyWaits(false);
        if (turn != m_turn)
            return;
        if (seen)
            m_key = {};
        go(seen ? Finished : AskBack, ShownError::of(seen));
    });
}

QString RecoverySetupModel::errorText() const
{
    return m_wrong
        ? tr("This is not the end of the key that was shown. Look at it again, then try once more.")
        : m_error.text();
}

void RecoverySetupModel::leave()
{
    ++m_turn;
    m_key = {};
    m_notice = Notice::Nothing;
    m_page.clear();
    m_resets = false;
    go(Explain);
}

void RecoverySetupModel::forget()
{
    leave();
    setKeyWaits(false);
}

void RecoverySetupModel::setKeyWaits(bool waits)
{
    m_keyWaits = waits;
    Q_EMIT keyWaitsChanged();
    Q_EMIT changed();
}

} // namespace parvis
