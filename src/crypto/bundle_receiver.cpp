// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/attachment_encryption.h"
#include "crypto/shared_history.h"
#include "crypto/shared_history_p.h"
#include "crypto/sizes_p.h"

#include <QSet>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype maxFile = 4096;
constexpr qsizetype maxDeviceKeys = 8192; // of a device with two signatures: 800

/// Judged when the bundle is wanted and not now: of whom we share no room with, no identity is known yet.
QByteArray deviceKeysOf(const ReceivedOlm &received)
{
    const bool listed =
        received.device && (received.device->ownerSigned || received.message.senderDeviceJson.isEmpty());
    const QByteArray &keys = listed ? received.device->signedJson : received.message.senderDeviceJson;
    return keys.size() <= maxDeviceKeys ? keys : QByteArray();
}

/// The bundles that wait, as this step leaves them.
class Waiting
{
public:
    explicit Waiting(CryptoStep &step) : m_step(step)
    {
        m_rows = step.failure.take(step.store().bundles());
        for (const BundleRecord &row : std::as_const(step.changes.bundles)) {
            m_rows.removeIf([&](const BundleRecord &old) { return isSamePlace(old, row); });
            m_rows.append(row);
        }
        m_rows.removeIf([&](const BundleRecord &row) {
            return step.changes.deletedBundles.contains({row.room, row.sender})
                && !step.changes.bundles.contains(row);
        });
        const auto accepted = step.failure.take(step.store().invitations());
        for (const InvitationRecord &one : accepted)
            m_accepted.insert({one.room, one.inviter});
    }

    void dropWhere(const std::function<bool(const BundleRecord &)> &fits)
    {
        const QList<BundleRecord> before = m_rows;
        for (const BundleRecord &row : before) {
            if (fits(row))
                drop(row);
        }
    }
    /// There is a place for one more of @p sender's.
    void makePlace(const UserId &sender)
    {
        const auto ofSender = [&](const BundleRecord &row) { return row.sender == sender; };
        if (std::count_if(m_rows.cbegin(), m_rows.cend(), ofSender) >= SharedHistory::mostOfOneSender)
            dropOneOf(sender);
        if (m_rows.size() >= SharedHistory::mostBundles)
            dropOneOf(whoHasMost());
    }

private:
    static bool isSamePlace(const BundleRecord &a, const BundleRecord &b)
    {
        return a.room == b.room && a.sender == b.sender;
    }
    /// An invitation goes with it, whether or not the person has answered it.
    [[nodiscard]] bool isInvited(const BundleRecord &row) const
    {
        return m_step.isInvited(row.room, row.sender) || m_accepted.contains({row.room, row.sender});
    }
    /// Counted without what an invitation goes with, as long as there is anything else.
    [[nodiscard]] UserId whoHasMost() const
    {
        const bool allInvited =
            std::all_of(m_rows.cbegin(), m_rows.cend(), [&](const auto &row) { return isInvited(row); });
        QHash<UserId, int> counts;
        UserId most;
        for (const BundleRecord &row : m_rows) {
            if (isInvited(row) && !allInvited)
                continue;
            const int count = ++counts[row.sender];
            if (count > counts.value(most))
                most = row.sender;
        }
        return most;
    }
    /// The oldest, of those without an invitation if there are any.
    void dropOneOf(const UserId &sender)
    {
        const auto ofSender = [&](const BundleRecord &row) { return row.sender == sender; };
        auto row = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                [&](const auto &one) { return ofSender(one) && !isInvited(one); });
        if (row == m_rows.cend())
            row = std::find_if(m_rows.cbegin(), m_rows.cend(), ofSender);
        if (row != m_rows.cend())
            drop(BundleRecord(*row));
    }
    void drop(const BundleRecord &row)
    {
        m_step.changes.bundles.removeAll(row);
        m_step.changes.deletedBundles.append({row.room, row.sender});
        m_rows.removeAll(row);
    }

    CryptoStep &m_step;
    QList<BundleRecord> m_rows; ///< the oldest first
    QSet<QPair<RoomId, UserId>> m_accepted;
};

} // namespace

void receiveBundle(CryptoStep &step, const ReceivedOlm &received)
{
    const OlmPlaintext &message = received.message;
    const auto content = RawObject::parse(message.content);
    const RoomId room(content ? content->text(u"room_id"_s) : QString());
    const QByteArray file = content ? content->raw(u"file"_s) : QByteArray();
    const auto parsed = file.size() > maxFile
        ? Result<EncryptedFile>(fail(ErrorKind::TooLarge, u"PARVIS_KEY_BUNDLE"_s))
        : EncryptedFile::parse(file);
    if (room.isEmpty() || room.toString().size() > maxIdLetters || !parsed || parsed->url.isEmpty()) {
        step.note(CryptoNote::Kind::ToDeviceRejected, message.sender, {}, u"PARVIS_KEY_BUNDLE"_s);
        return;
    }
    Waiting waiting(step);
    const qint64 oldest = step.nowMs() - SharedHistory::keptMs;
    waiting.dropWhere([&](const BundleRecord &row) {
        return row.receivedMs < oldest || (row.room == room && row.sender == message.sender);
    });
    waiting.makePlace(message.sender);
    step.changes.bundles.append({.room = room,
                                 .sender = message.sender,
                                 .senderKey = message.senderKey,
                                 .signingKey = message.claimedKey,
                                 .file = file,
                                 .receivedMs = step.nowMs(),
                                 .deviceKeys = deviceKeysOf(received)});
}

} // namespace parvis::crypto
