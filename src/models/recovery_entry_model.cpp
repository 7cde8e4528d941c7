// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/recovery_entry_model.h"

#include "models/typed_secret.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

RecoveryEntryModel::RecoveryEntryModel(EncryptionPort &port, QObject *parent) : QObject(parent), m_port(port)
{
}

void RecoveryEntryModel::begin()
{
    ++m_turn;
    m_busy = false;
    m_opened = false;
    m_status = {};
    m_result = {};
    m_error = {};
    m_port.status().then(this, [this, turn = m_turn](const Result<CryptoStatus> &status) {
        if (!status || turn != m_turn)
            return;
        m_status = *status;
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

bool RecoveryEntryModel::looksLikeKey(const QString &typed)
{
    // 35 bytes in base 58 are 47 or 48 letters; some more or less were mistyped, and the error says so.
    constexpr qsizetype least = 40;
    constexpr qsizetype most = 56;
    qsizetype letters = 0;
    const bool plain = std::all_of(typed.cbegin(), typed.cend(), [&letters](QChar c) {
        const bool gap = c.isSpace() || c.category() == QChar::Punctuation_Dash;
        letters += gap ? 0 : 1;
        return gap || (c.unicode() < 128 && c.isLetterOrNumber());
    });
    return plain && letters >= least && letters <= most && typed.trimmed().startsWith(u'E');
}

void RecoveryEntryModel::recover(const QString &typed)
{
    if (m_busy)
        return;
    m_busy = true;
    m_error = {};
    Q_EMIT changed();
    const bool key = looksLikeKey(typed);
    m_port
        .recover(key ? typedSecret(typed) : Secret(), key ? Secret() : typedSecret(typed),
                 renews() && m_status.backupUnwanted)
        .then(this, [this, turn = m_turn](const Result<RecoveryResult> &result) {
            if (result)
                Q_EMIT recovered();
            if (turn != m_turn)
                return;
            m_busy = false;
            m_error = ShownError::of(result);
            m_opened = result.has_value();
            m_result = result.value_or(RecoveryResult());
            Q_EMIT changed();
        });
}

QString RecoveryEntryModel::hintText() const
{
    if (renews() && m_status.backupUnwanted)
        return tr("The key backup was switched off. Your recovery key switches it on again: a new backup is "
                  "made, and its key is kept under your recovery key.");
    if (renews() && m_status.backupKeyOwed)
        return tr(
            "A new key backup was begun here, and was not finished. With your recovery key its key is kept "
            "under your recovery key, which then opens your messages again.");
    if (renews())
        return tr(
            "There is no key backup on the server any more. With your recovery key a new backup is made, "
            "and its key is kept under your recovery key. What this device can read is backed up again.");
    return tr("It was shown when the recovery was set up: twelve groups of four letters and digits. If you "
              "chose a passphrase in another application, type that.");
}

QString RecoveryEntryModel::resultText() const
{
    if (!m_opened)
        return {};
    if (m_result.renewed)
        return tr("A new key backup was made, and its key is kept under your recovery key. Your message keys "
                  "go there by themselves.");
    if (m_result.identity && m_result.backup)
        return tr("This device is verified and can read your key backup. Earlier messages become readable as "
                  "you come "
                  "to them.");
    if (m_result.identity)
        return tr("This device is verified. There is no key backup that it could read.");
    return m_result.backup
        ? tr("This device can read your key backup. It is not verified yet: verify it with another device.")
        : tr("The key is right, but nothing on the server belongs to it. Verify this device with another "
             "one.");
}

} // namespace parvis
