// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_trust_p.h"
#include "crypto/key_backup_p.h"

namespace parvis::crypto {

QList<OutgoingRequest> KeyBackup::requests(CryptoStep &step)
{
    QList<OutgoingRequest> found;
    const auto target = versions.target(step);
    // Where another identity stands at our name, nobody knows yet whose backup it is: read, but not fed.
    const bool violated = identityView(step, step.own().user).violated;
    for (const auto &request :
         {versions.request(step), uploads.request(step, violated ? std::nullopt : target),
          downloads.request(step, target)}) {
        if (request)
            found.append(*request);
    }
    return found;
}

bool KeyBackup::owns(const RequestId &id) const
{
    return versions.owns(id) || uploads.owns(id) || downloads.owns(id);
}

Result<void> KeyBackup::answered(CryptoStep &step, const RequestId &id, const QByteArray &body,
                                 AnswerOutcome &outcome)
{
    if (versions.owns(id))
        return versions.answered(step, body);
    if (uploads.owns(id))
        uploads.answered(step, body);
    else if (const auto news = downloads.answered(step, body, versions.target(step)))
        outcome.roomKeys.append(*news);
    return {};
}

Result<void> KeyBackup::rejected(CryptoStep &step, const RequestId &id, const Error &error)
{
    if (versions.owns(id))
        return versions.rejected(step, error);
    const bool another =
        uploads.owns(id) ? uploads.rejected(step.nowMs(), error) : downloads.rejected(step.nowMs(), error);
    if (another)
        versions.check();
    return {};
}

} // namespace parvis::crypto
