// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/verifications.h"

#include "crypto/verification_flow_p.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

using Kind = VerificationMessage::Kind;
using State = VerificationState;

/// How long a request waits until its sender's devices are known.
constexpr qint64 patienceMs = 60'000;
constexpr qsizetype mostWaiting = 10;
constexpr qsizetype mostUnknown = 10;
constexpr qsizetype mostUsers = 100;
constexpr qsizetype mostSeen = 200;

bool isDue(qint64 nowMs, qint64 deadlineMs)
{
    // A clock that was set back by a day does not keep a verification open for a day.
    return nowMs >= deadlineMs || nowMs < deadlineMs - 2 * VerificationFlow::lifeMs;
}

} // namespace

Verifications::Verifications(StepContext &context, DeviceTracker &tracker)
    : m_context(context), m_tracker(tracker)
{
}

Verifications::~Verifications() = default;

// --- One step

Result<VerificationOutcome> Verifications::run(VerificationFlow *touched, const Work &work)
{
    for (const auto &flow : m_flows)
        flow->stepBegins();
    CryptoStep step(m_context);
    VerificationOutcome outcome;
    VerificationCall call{step, m_tracker, outcome};
    if (const auto done = work(call); !done)
        return tl::unexpected(step.failure.first.value_or(done.error()));
    if (const auto saved = step.commit(); !saved) {
        // Nothing of it happened for the outside: it cannot go on, or be done, as if it had.
        for (const auto &flow : m_flows) {
            if ((!touched || flow.get() == touched) && !flow->wasSettled())
                flow->abandon();
        }
        return tl::unexpected(saved.error());
    }
    forgetOld();
    return outcome;
}

Result<VerificationOutcome>
Verifications::act(const QString &flow,
                   const std::function<Result<void>(VerificationFlow &, VerificationCall &)> &what)
{
    VerificationFlow *found = findAny(flow);
    if (!found)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_VERIFICATION"_s);
    return run(found, [&](VerificationCall &call) { return what(*found, call); });
}

VerificationFlow *Verifications::find(const QString &flow, const RoomId &room) const
{
    const auto found = std::find_if(m_flows.cbegin(), m_flows.cend(), [&](const auto &one) {
        return one->isBound() && one->info().flow == flow && one->info().room == room;
    });
    return found == m_flows.cend() ? nullptr : found->get();
}

VerificationFlow *Verifications::findAny(const QString &flow) const
{
    const auto found = std::find_if(m_flows.cbegin(), m_flows.cend(),
                                    [&](const auto &one) { return one->info().flow == flow; });
    return found == m_flows.cend() ? nullptr : found->get();
}

qsizetype Verifications::active() const
{
    return std::count_if(m_flows.cbegin(), m_flows.cend(), [](const auto &flow) { return !flow->isOver(); });
}

bool Verifications::isActive() const
{
    return active() > 0 || !m_waiting.isEmpty();
}

QList<VerificationInfo> Verifications::all() const
{
    QList<VerificationInfo> infos;
    for (const auto &flow : m_flows) {
        if (flow->isBound())
            infos.append(flow->info());
    }
    return infos;
}

void Verifications::forgetOld()
{
    auto over =
        std::count_if(m_flows.cbegin(), m_flows.cend(), [](const auto &one) { return one->isOver(); });
    for (auto it = m_flows.begin(); it != m_flows.end() && over > mostOver;) {
        if ((*it)->isOver()) {
            it = m_flows.erase(it);
            --over;
        } else {
            ++it;
        }
    }
}

// --- What comes in

Result<VerificationOutcome> Verifications::receive(const ReceivedToDevice &event)
{
    const auto message = readMessage(event);
    // People are verified in rooms, where both see it; to-device messages are for one's own devices.
    if (!message || message->sender != m_context.own.user)
        return VerificationOutcome();
    return take(std::make_shared<const VerificationMessage>(*message));
}

Result<VerificationOutcome> Verifications::receive(const RoomVerificationEvent &event)
{
    const auto message = readMessage(event);
    return message ? take(std::make_shared<const VerificationMessage>(*message)) : VerificationOutcome();
}

Result<VerificationOutcome> Verifications::take(const std::shared_ptr<const VerificationMessage> &message)
{
    VerificationFlow *flow = find(message->flow, message->room);
    if (message->kind == Kind::Request ? findAny(message->flow) != nullptr
                                       : flow && seenBefore(message->event))
        return VerificationOutcome();
    const bool ownDevice =
        message->sender == m_context.own.user && message->fromDevice == m_context.own.device;
    if (message->kind == Kind::Request) {
        return run(nullptr, [&](VerificationCall &call) -> Result<void> {
            if (bindEcho(call, *message) || ownDevice || !mayAsk(call, *message)
                || !isKnownDevice(call, message))
                return {};
            request(call, *message);
            return {};
        });
    }
    // Our own words, come back. Only that we are ready is news, where nobody here said so: an earlier run
    // did.
    if (ownDevice && message->kind != Kind::Ready)
        return VerificationOutcome();
    if (message->kind == Kind::Cancel)
        m_waiting.removeIf([&](const Waiting &one) { return one.message->flow == message->flow; });
    if (!flow) {
        return run(nullptr, [&](VerificationCall &call) -> Result<void> {
            answerUnknown(call, *message);
            return {};
        });
    }
    return run(flow, [&](VerificationCall &call) -> Result<void> {
        const bool answer = message->kind == Kind::Ready && message->sender == flow->info().user
            && flow->info().byUs && flow->info().state == State::Requested;
        // In a room, any device of the person's may answer; of ours, those that were asked.
        if (answer && flow->info().room.isEmpty() && !flow->asked(message->fromDevice))
            return {};
        if (answer && !isKnownDevice(call, message))
            return {};
        flow->receive(call, *message);
        return {};
    });
}

bool Verifications::seenBefore(const EventId &event)
{
    if (event.isEmpty())
        return false;
    if (m_seen.contains(event))
        return true;
    m_seen.append(event);
    if (m_seen.size() > mostSeen)
        m_seen.removeFirst();
    return false;
}

bool Verifications::bindEcho(const VerificationCall &call, const VerificationMessage &message)
{
    if (message.sender != call.step.own().user || message.room.isEmpty())
        return false;
    for (const auto &flow : m_flows) {
        const VerificationInfo &info = flow->info();
        if (!flow->isBound() && info.room == message.room && message.fromDevice == call.step.own().device
            && message.content.text(u"to"_s) == info.user.toString())
            flow->bind(message.flow);
    }
    return true; // in rooms our user asks others
}

bool Verifications::mayAsk(const VerificationCall &call, const VerificationMessage &message)
{
    const qint64 age = call.step.nowMs() - message.sentMs;
    if (age > oldestMs || age < -newestMs)
        return false;
    if (!message.room.isEmpty() && message.content.text(u"to"_s) != call.step.own().user.toString())
        return false;
    if (!shortStrings(message.content, u"methods"_s))
        return false;
    return !heardTooOften(message.sender, call.step.nowMs());
}

bool Verifications::heardTooOften(const UserId &user, qint64 nowMs)
{
    if (!m_asked.contains(user) && m_asked.size() >= mostUsers)
        m_asked.removeIf([&](auto it) { return nowMs - it->sinceMs > oldestMs || nowMs < it->sinceMs; });
    if (!m_asked.contains(user) && m_asked.size() >= mostUsers)
        return true;
    Asked &asked = m_asked[user];
    if (nowMs - asked.sinceMs > oldestMs || nowMs < asked.sinceMs)
        asked = {.sinceMs = nowMs, .count = 0};
    return ++asked.count > requestsPerUser;
}

bool Verifications::isKnownDevice(VerificationCall &call,
                                  const std::shared_ptr<const VerificationMessage> &message)
{
    if (call.step.devices.find(message->sender, message->fromDevice))
        return true;
    // It may be new: the server is asked before anybody is.
    m_tracker.track(call.step, {message->sender});
    m_tracker.invalidate(call.step, {message->sender});
    const bool waits = std::any_of(m_waiting.cbegin(), m_waiting.cend(),
                                   [&](const Waiting &one) { return one.message->flow == message->flow; });
    if (!waits && m_waiting.size() < mostWaiting)
        m_waiting.append({message, call.step.nowMs() + patienceMs});
    return false;
}

void Verifications::request(VerificationCall &call, const VerificationMessage &message)
{
    auto flow = std::make_unique<VerificationFlow>(VerificationFlow::Start{
        .id = message.flow,
        .user = message.sender,
        .device = message.fromDevice,
        .room = message.room,
        .byUs = false,
        .asked = {},
        .methods = shortStrings(message.content, u"methods"_s).value_or(QStringList()),
        .startedMs = std::min(message.sentMs, call.step.nowMs())});
    const auto other = std::find_if(m_flows.cbegin(), m_flows.cend(), [&](const auto &one) {
        return !one->isOver() && one->info().user == message.sender;
    });
    if (other != m_flows.cend()) {
        // The specification: two at a time with the same user are one too many, and nobody knows which.
        (*other)->cancel(call, CancelCode::User);
        flow->cancel(call, CancelCode::User);
    } else if (active() >= mostActive) {
        return;
    }
    m_flows.push_back(std::move(flow));
}

/// After a restart the other side still waits for us. Once for each, and not for ever.
void Verifications::answerUnknown(VerificationCall &call, const VerificationMessage &message)
{
    const bool waits = message.kind == Kind::Ready || message.kind == Kind::Accept
        || message.kind == Kind::Key || message.kind == Kind::Mac;
    if (!waits || !message.room.isEmpty() || m_answeredUnknown.contains(message.flow)
        || m_answeredUnknown.size() >= mostUnknown)
        return;
    m_answeredUnknown.append(message.flow);
    const QString device = message.fromDevice.isEmpty() ? u"*"_s : message.fromDevice.toString();
    const QJsonObject content{{"transaction_id"_L1, message.flow},
                              {"code"_L1, word(CancelCode::UnknownTransaction)},
                              {"reason"_L1, sentence(CancelCode::UnknownTransaction)}};
    const QJsonObject body{
        {"messages"_L1, QJsonObject{{message.sender.toString(), QJsonObject{{device, content}}}}}};
    call.step.queueToDevice(typeOf(Kind::Cancel), QJsonDocument(body).toJson(QJsonDocument::Compact));
}

Result<VerificationOutcome> Verifications::devicesChanged()
{
    VerificationOutcome all;
    const auto waiting = std::exchange(m_waiting, {});
    for (const Waiting &one : waiting) {
        {
            CryptoStep step(m_context);
            if (!step.devices.find(one.message->sender, one.message->fromDevice)) {
                m_waiting.append(one);
                continue;
            }
        }
        // It was counted when it came, and is no repetition.
        m_seen.removeAll(one.message->event);
        if (const auto asked = m_asked.find(one.message->sender); asked != m_asked.end())
            --asked->count;
        const auto outcome = take(one.message);
        if (!outcome)
            return outcome;
        all.toRooms += outcome->toRooms;
    }
    return all;
}

Result<VerificationOutcome> Verifications::tick()
{
    return run(nullptr, [&](VerificationCall &call) -> Result<void> {
        const qint64 now = call.step.nowMs();
        for (const auto &flow : m_flows) {
            if (!flow->isOver() && isDue(now, flow->deadlineMs()))
                flow->timeOut(call);
        }
        m_waiting.removeIf([&](const Waiting &one) { return now >= one.untilMs; });
        return {};
    });
}

void Verifications::roomRequestSent(const QString &handle, const EventId &event)
{
    VerificationFlow *flow = findAny(handle);
    if (flow && !flow->isBound())
        flow->bind(event.toString());
}

} // namespace parvis::crypto
