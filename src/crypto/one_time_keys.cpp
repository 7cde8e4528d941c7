// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"
#include "crypto/one_time_keys_p.h"
#include "crypto/own_keys_json_p.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr auto keyType = "signed_curve25519";

/// A count from the server, as a number that is safe to calculate with.
int sane(qint64 count)
{
    return int(std::clamp<qint64>(count, 0, 1'000'000));
}

} // namespace

Result<void> OneTimeKeys::replenish(CryptoStep &step, const SyncCrypto &sync)
{
    std::optional<int> held;
    const auto key = QLatin1StringView(keyType);
    if (sync.oneTimeKeyCounts && sync.oneTimeKeyCounts->contains(key))
        held = sane(sync.oneTimeKeyCounts->value(key));
    else if (sync.absentCountMeansZero)
        held = 0;
    m_awaitsCount = false;
    if (held) {
        if (auto done = count(step, *held); !done)
            return done;
    }
    if (m_upload || !step.account().deviceKeysUploaded)
        return {};
    m_nothingToUpload = false;
    if (auto done = renewFallback(step, sync.unusedFallbackKeyTypes); !done)
        return done;
    return held ? refill(step) : Result<void>();
}

Result<void> OneTimeKeys::count(CryptoStep &step, int held)
{
    AccountRecord &record = step.account();
    const int before = record.serverOneTimeKeys;
    if (held == before)
        return {};
    step.accountChanged();
    record.serverOneTimeKeys = held;
    if (before < 0 || held < before)
        return {};
    // Nothing but an upload of ours makes it grow, so one that was not answered has arrived.
    if (record.deviceKeysUploaded)
        return published(step);
    if (m_upload)
        record.serverOneTimeKeys = before; // to see it grow once the server shows our device
    return {};
}

Result<void> OneTimeKeys::published(CryptoStep &step)
{
    m_upload.reset();
    m_nothingToUpload = false;
    m_refusals.succeeded(0);
    OlmAccount *account = step.olmAccount();
    if (!account)
        return {};
    account->markKeysAsPublished();
    if (step.account().fallbackUnpublished) {
        step.account().fallbackUnpublished = false;
        step.account().fallbackPublishedMs = step.nowMs();
    }
    step.accountChanged();
    return {};
}

Result<void> OneTimeKeys::refill(CryptoStep &step)
{
    const int held = step.account().serverOneTimeKeys;
    if (held < 0 || held >= target)
        return {};
    OlmAccount *account = step.olmAccount();
    if (!account)
        return {};
    const auto waiting = account->unpublishedOneTimeKeys();
    if (!waiting)
        return tl::unexpected(waiting.error());
    if (!waiting->isEmpty())
        return {};
    step.accountChanged();
    return account->generateOneTimeKeys(target - held);
}

Result<void> OneTimeKeys::renewFallback(CryptoStep &step, const std::optional<QStringList> &unusedTypes)
{
    AccountRecord &record = step.account();
    if (!unusedTypes || record.fallbackUnpublished)
        return {};
    const qint64 age = step.nowMs() - record.fallbackPublishedMs;
    const bool clockWentBack = age < 0;
    const bool none = record.fallbackCreatedMs == 0;
    const bool used = !unusedTypes->contains(QLatin1StringView(keyType));
    if (none || clockWentBack || age >= fallbackLifeMs || (used && age >= fallbackShortestLifeMs)) {
        OlmAccount *account = step.olmAccount();
        if (!account)
            return {};
        if (auto done = account->generateFallbackKey(); !done)
            return done;
        record.fallbackCreatedMs = step.nowMs();
        record.fallbackUnpublished = true;
        record.previousFallbackKept = !none;
        step.accountChanged();
    } else if (record.previousFallbackKept && age >= previousFallbackLifeMs) {
        OlmAccount *account = step.olmAccount();
        if (!account)
            return {};
        account->forgetPreviousFallbackKey();
        record.previousFallbackKept = false;
        step.accountChanged();
    }
    return {};
}

Result<QByteArray> OneTimeKeys::build(CryptoStep &step)
{
    OlmAccount *account = step.olmAccount();
    if (!account)
        return QByteArray();
    QByteArrayList parts;
    if (!step.account().deviceKeysUploaded)
        parts.append("\"device_keys\":" + step.own().signedJson);
    const auto add = [&](const char *name, const Result<QHash<QString, Curve25519Key>> &keys, bool fallback) {
        return keys
            .and_then([&](const auto &map) { return signedKeyMap(*account, step.own(), map, fallback); })
            .map([&](const QByteArray &json) {
                if (!json.isEmpty())
                    parts.append('"' + QByteArray(name) + "\":" + json);
            });
    };
    if (auto done = add("one_time_keys", account->unpublishedOneTimeKeys(), false); !done)
        return tl::unexpected(done.error());
    if (auto done = add("fallback_keys", account->unpublishedFallbackKey(), true); !done)
        return tl::unexpected(done.error());
    return parts.isEmpty() ? QByteArray() : '{' + parts.join(',') + '}';
}

std::optional<OutgoingRequest> OneTimeKeys::request(CryptoStep &step)
{
    if (m_awaitsCount && step.account().deviceKeysUploaded)
        return {};
    if (m_upload && !m_buildAgain)
        return m_upload;
    // Not before the server was asked whether other keys stand under our device id.
    if ((m_nothingToUpload && step.account().deviceKeysUploaded) || !step.account().serverChecked
        || step.account().identityConflict || m_refusals.blocks(0, step.nowMs()))
        return {};
    const auto body = build(step);
    if (!body) {
        step.failure.first = step.failure.first.value_or(body.error());
        return {};
    }
    m_nothingToUpload = body->isEmpty() && !step.failure.first;
    m_withDeviceKeys = !step.account().deviceKeysUploaded;
    m_buildAgain = false;
    if (body->isEmpty()) {
        m_upload.reset();
        return {};
    }
    const RequestId id = m_upload
        ? m_upload->id
        : RequestId(u"upload-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces));
    m_upload = OutgoingRequest{id, KeysUpload{.body = *body}};
    return m_upload;
}

void OneTimeKeys::unanswered(CryptoStep &step)
{
    // Keys that were used meanwhile are not in the next body any more.
    m_buildAgain = true;
    // Without device keys nobody can write to us: they do not wait, and sending them twice does no harm.
    if (!step.account().deviceKeysUploaded)
        return;
    m_awaitsCount = true;
    m_refusals.failed(0, step.nowMs());
}

Result<void> OneTimeKeys::answered(CryptoStep &step, const QByteArray &body)
{
    m_awaitsCount = false;
    // Nothing was made since the upload was built, so all that is unpublished was in it.
    if (auto done = published(step); !done)
        return done;
    AccountRecord &record = step.account();
    record.deviceKeysUploaded = record.deviceKeysUploaded || m_withDeviceKeys;
    const auto answer = RawObject::parse(body);
    const auto held =
        answer ? answer->object(u"one_time_key_counts"_s).integer(QLatin1StringView(keyType)) : std::nullopt;
    if (!held)
        return {};
    record.serverOneTimeKeys = sane(*held);
    return refill(step);
}

Result<void> OneTimeKeys::rejected(CryptoStep &step, const Error &error, const QByteArray &body)
{
    m_upload.reset();
    m_refusals.failed(0, step.nowMs());
    // The only sign of it is Synapse's sentence (M_UNKNOWN, "One time key signed_curve25519:X already
    // exists").
    if (!body.contains("already exists") && !error.detail.contains("already exists"_L1))
        return {};
    OlmAccount *account = step.olmAccount();
    if (!account)
        return {};
    step.note(CryptoNote::Kind::OneTimeKeyConflict, step.own().user, step.own().device, {});
    account->markKeysAsPublished();
    step.accountChanged();
    if (step.account().fallbackUnpublished) {
        if (auto done = account->generateFallbackKey(); !done)
            return done;
        step.account().previousFallbackKept = true;
    }
    return account->generateOneTimeKeys(target);
}

} // namespace parvis::crypto
