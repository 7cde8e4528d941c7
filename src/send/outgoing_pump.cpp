// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "send/outgoing_pump.h"

#include "base/log.h"
#include "net/retry.h"

#include <algorithm>

using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// So often, which takes about a minute, an answer that came from no homeserver is taken for a portal's,
/// which goes away; then for that of a proxy, which never lets this very request through. To-device messages
/// wait for each other: one that is never taken must not hold up all others.
constexpr int mostStrangeAnswers = 8;

/// Between two parts of the key backup: a large one is not worth that the person waits, here or at the
/// server.
constexpr int betweenUploadsMs = 100;

} // namespace

OutgoingPump::OutgoingPump(CryptoMachine &machine, CryptoTransport &transport, const Clock &clock)
    : m_machine(machine), m_transport(transport), m_clock(clock)
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &OutgoingPump::kick);
    m_uploadRest.setSingleShot(true);
    connect(&m_uploadRest, &QTimer::timeout, this, &OutgoingPump::kick);
}

void OutgoingPump::kick()
{
    if (!m_online)
        return;
    if (m_storePause.wait.leftMs(m_clock.nowMs()) > 0) {
        m_idle = false;
        return wakeLater();
    }
    const auto requests = m_machine.outgoing();
    if (!requests) {
        qCWarning(log::crypto) << "the outgoing requests cannot be read:" << requests.error().code;
        Q_EMIT stuck(requests.error());
        return;
    }
    m_idle = requests->isEmpty();
    m_pauses.removeIf([&](const auto &entry) {
        return std::none_of(requests->cbegin(), requests->cend(),
                            [&](const OutgoingRequest &request) { return request.id == entry.key(); });
    });
    bool toDeviceTaken = m_toDeviceInFlight;
    for (const OutgoingRequest &request : *requests) {
        const bool toDevice = std::holds_alternative<SendToDevice>(request.what);
        // Order matters between to-device messages: one that waits holds up those behind it.
        if (toDevice && std::exchange(toDeviceTaken, true))
            continue;
        if (m_inFlight.contains(request.id))
            continue;
        if (m_uploadRest.isActive() && std::holds_alternative<BackupUpload>(request.what))
            continue;
        const auto pause = m_pauses.constFind(request.id);
        if (pause != m_pauses.cend() && pause->wait.leftMs(m_clock.nowMs()) > 0)
            continue;
        start(request);
    }
    wakeLater();
}

void OutgoingPump::setOnline(bool online)
{
    if (m_online == online)
        return;
    m_online = online;
    if (!online)
        return m_wake.stop();
    for (Pause &pause : m_pauses)
        pause.wait.delayMs = 0;
    m_storePause.wait.delayMs = 0;
    kick();
}

std::optional<Error> OutgoingPump::trouble(const QList<RequestId> &requests) const
{
    if (m_storePause.attempts > 0)
        return m_storePause.error;
    for (auto it = m_pauses.cbegin(); it != m_pauses.cend(); ++it) {
        const bool concerns = it->toDevice || requests.contains(it.key());
        if (concerns && !m_inFlight.contains(it.key()))
            return it->error;
    }
    return std::nullopt;
}

void OutgoingPump::start(const OutgoingRequest &request)
{
    m_inFlight.insert(request.id);
    const bool toDevice = std::holds_alternative<SendToDevice>(request.what);
    if (toDevice)
        m_toDeviceInFlight = true;
    qCInfo(log::crypto) << (toDevice ? "to-device" : "key request") << log::shortId(request.id.toString())
                        << "leaves";
    const bool upload = std::holds_alternative<BackupUpload>(request.what);
    const auto *query = std::get_if<KeysQuery>(&request.what);
    const QList<UserId> asked = query ? query->users : QList<UserId>();
    const Kind kind = toDevice                                     ? Kind::ToDevice
        : query || std::holds_alternative<KeysClaim>(request.what) ? Kind::InParts
                                                                   : Kind::Other;
    m_transport.send(request).then(
        this, [this, id = request.id, toDevice, kind, upload, asked](Result<CryptoReply> reply) {
            if (upload)
                m_uploadRest.start(betweenUploadsMs);
            if (toDevice)
                m_toDeviceInFlight = false;
            m_inFlight.remove(id);
            qCInfo(log::crypto) << (toDevice ? "to-device" : "key request") << log::shortId(id.toString())
                                << "is answered";
            const bool done = finish(id, kind, reply ? *std::move(reply) : CryptoReply{{}, reply.error()});
            if (done && !asked.isEmpty())
                Q_EMIT devicesAnswered(asked);
            Q_EMIT progressed();
            kick();
        });
}

bool OutgoingPump::finish(const RequestId &id, Kind kind, const CryptoReply &reply)
{
    const bool toDevice = kind == Kind::ToDevice;
    if (reply.error && !isRefused(id, kind, *reply.error)) {
        pause(id, toDevice, *reply.error);
        if (const auto told = m_machine.markUnanswered(id); !told)
            standStill(id, toDevice, told.error());
        return false;
    }
    const auto outcome =
        reply.error ? m_machine.markFailed(id, *reply.error, reply.body) : m_machine.markSent(id, reply.body);
    if (outcome)
        take(id, *outcome);
    else
        standStill(id, toDevice, outcome.error());
    return outcome.has_value();
}

bool OutgoingPump::isRefused(const RequestId &id, Kind kind, const Error &error)
{
    // No network, a token that is no longer taken: it says nothing about the request, which is sent again.
    if (isTransient(error) || error.kind == ErrorKind::Auth)
        return false;
    // The homeserver looked at this very request; or it is too large, and whoever says so is right.
    if (error.code.startsWith("M_"_L1) || error.code == "PARVIS_REQUEST_TOO_LARGE"_L1)
        return true;
    // It would be as large the next time; and a claim that is made once more uses up everybody's keys.
    if (kind == Kind::InParts && error.code == "PARVIS_REPLY_TOO_LARGE"_L1)
        return true;
    const bool strange = error.kind == ErrorKind::Protocol || error.kind == ErrorKind::Forbidden
        || error.kind == ErrorKind::NotFound || error.kind == ErrorKind::TooLarge;
    return strange && ++m_pauses[id].strangeAnswers >= mostStrangeAnswers;
}

void OutgoingPump::take(const RequestId &id, const AnswerOutcome &outcome)
{
    m_pauses.remove(id);
    m_storePause = {};
    if (!outcome.devicesChanged.isEmpty())
        Q_EMIT devicesChanged(outcome.devicesChanged);
    if (!outcome.notes.isEmpty())
        Q_EMIT noted(outcome.notes);
    if (!outcome.roomKeys.isEmpty())
        Q_EMIT roomKeysArrived(outcome.roomKeys);
    if (outcome.backupOpened)
        Q_EMIT backupOpened();
}

void OutgoingPump::standStill(const RequestId &id, bool toDevice, const Error &error)
{
    // No answer can be noted while the store fails, and the machine may ask for the same under another id:
    // without a pause for all, queries would go out as fast as they are answered, and claims use up keys.
    if (error.kind == ErrorKind::Storage)
        prolong(m_storePause, error);
    else
        pause(id, toDevice, error);
    Q_EMIT stuck(error);
}

void OutgoingPump::pause(const RequestId &id, bool toDevice, const Error &error)
{
    Pause &pause = m_pauses[id];
    pause.toDevice = toDevice;
    prolong(pause, error);
}

void OutgoingPump::prolong(Pause &pause, const Error &error)
{
    pause.wait = {m_clock.nowMs(), retry::delayMs(++pause.attempts, error)};
    pause.error = error;
}

void OutgoingPump::wakeLater()
{
    const qint64 now = m_clock.nowMs();
    qint64 wait = m_machine.outgoingAgainMs();
    for (auto it = m_pauses.cbegin(); it != m_pauses.cend(); ++it) {
        if (!m_inFlight.contains(it.key()) && (wait < 0 || it->wait.leftMs(now) < wait))
            wait = it->wait.leftMs(now);
    }
    if (m_storePause.wait.leftMs(now) > 0)
        wait = m_storePause.wait.leftMs(now);
    if (wait >= 0)
        m_wake.start(int(std::clamp<qint64>(wait, 10, 60'000)));
}

} // namespace parvis
