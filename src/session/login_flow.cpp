// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/login_flow.h"

#include "api/api_error.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::session {

namespace {

constexpr qsizetype longestId = 255;

Result<api::LoginWithPassword::Response> readAnswer(const HttpReply &reply, qint64 nowMs)
{
    if (reply.ok())
        return api::LoginWithPassword::parse(reply);
    Error error = errorFromReply(reply, nowMs);
    // Here "forbidden" is about the password: the person can try another one.
    if (error.code == "M_FORBIDDEN"_L1)
        error.kind = ErrorKind::Auth;
    return tl::unexpected(error);
}

/// An id is shown, stored and put into addresses: nothing in it may hide or turn what stands around it.
bool isVisible(const QString &id)
{
    const auto letters = id.toUcs4();
    return id.isValidUtf16() && std::none_of(letters.cbegin(), letters.cend(), [](char32_t letter) {
               switch (QChar::category(letter)) {
               case QChar::Other_Control:
               case QChar::Other_Format:
               case QChar::Other_Surrogate:
               case QChar::Other_PrivateUse:
               case QChar::Other_NotAssigned:
               case QChar::Separator_Space:
               case QChar::Separator_Line:
               case QChar::Separator_Paragraph:
                   return true;
               default:
                   return false;
               }
           });
}

/// "@name:server". Old names may hold any letter; a server's are those of a host name, an address and a port.
bool isUserId(const QString &id)
{
    const qsizetype colon = id.indexOf(u':');
    if (!id.startsWith(u'@') || colon < 2 || colon + 1 == id.size() || id.size() > longestId)
        return false;
    const auto server = QStringView(id).sliced(colon + 1);
    return isVisible(id) && std::all_of(server.cbegin(), server.cend(), [](QChar c) {
               return c.unicode() < 128 && (c.isLetterOrNumber() || QStringView(u".-:[]").contains(c));
           });
}

/// What makes an answer useless, or dangerous: keys of one device under the name of another.
template <typename Answer>
Result<void> check(const Answer &answer, const UserId &expected, const DeviceId &device)
{
    if (!isUserId(answer.userId.toString()))
        return fail(ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s, u"user_id"_s);
    const QString own = answer.deviceId.toString();
    if (own.size() > longestId || !isVisible(own))
        return fail(ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s, u"device_id"_s);
    if (!expected.isEmpty() && answer.userId != expected)
        return fail(ErrorKind::Usage, u"PARVIS_OTHER_ACCOUNT"_s);
    if (!device.isEmpty() && answer.deviceId != device)
        return fail(ErrorKind::Protocol, u"PARVIS_OTHER_DEVICE"_s);
    return {};
}

} // namespace

LoginFlow::LoginFlow(Http &http, const Clock &clock, QObject *parent)
    : QObject(parent), m_http(http), m_clock(clock)
{
}

Task<NewSession> LoginFlow::withPassword(Password login, const CancelToken &cancel)
{
    const api::LoginWithPassword request{.user = login.user,
                                         .password =
                                             std::make_shared<const Secret>(std::move(login.password)),
                                         .deviceId = login.deviceId,
                                         .deviceName = login.deviceName};
    HttpRequest http = request.build();
    http.url.prepend(login.baseUrl);
    http.cancel = cancel;
    return m_http.send(http).andThen(
        this,
        [this, base = login.baseUrl, expected = login.expected,
         device = login.deviceId](const HttpReply &reply) {
            return readAnswer(reply, m_clock.nowMs()).and_then([&](const auto &answer) -> Result<NewSession> {
                if (const auto good = check(answer, expected, device); !good) {
                    giveBack(base, answer.tokens);
                    return tl::unexpected(good.error());
                }
                return newSession(base, answer);
            });
        });
}

Task<NewSession> LoginFlow::withToken(NewSession opened)
{
    HttpRequest request = api::WhoAmI{}.build();
    request.url.prepend(opened.baseUrl);
    request.bearer = std::make_shared<const Secret>(opened.tokens.access.clone());
    const auto kept = std::make_shared<NewSession>(std::move(opened));
    return m_http.send(request).andThen(this, [this, kept](const HttpReply &reply) -> Result<NewSession> {
        if (!reply.ok())
            return tl::unexpected(errorFromReply(reply, m_clock.nowMs()));
        const auto whose = api::WhoAmI::parse(reply);
        if (!whose)
            return tl::unexpected(whose.error());
        if (const auto good = check(*whose, {}, {}); !good)
            return tl::unexpected(good.error());
        if (whose->userId != kept->userId)
            return fail(ErrorKind::Usage, u"PARVIS_OTHER_ACCOUNT"_s);
        // A token of no device has no keys to go with it.
        if (whose->deviceId.isEmpty() || whose->deviceId != kept->deviceId)
            return fail(ErrorKind::Usage, u"PARVIS_OTHER_DEVICE"_s);
        return std::move(*kept);
    });
}

NewSession LoginFlow::newSession(const QByteArray &baseUrl,
                                 const api::LoginWithPassword::Response &answer) const
{
    const api::TokenAnswer &tokens = answer.tokens;
    return {.userId = answer.userId,
            .deviceId = answer.deviceId,
            .baseUrl = baseUrl,
            .tokens = {.access = tokens.access->clone(),
                       .refresh = tokens.refresh ? tokens.refresh->clone() : Secret(),
                       .expiresAtMs = tokens.expiresInMs > 0 ? m_clock.nowMs() + tokens.expiresInMs : 0}};
}

void LoginFlow::giveBack(const QByteArray &baseUrl, const api::TokenAnswer &tokens)
{
    HttpRequest logout = api::Logout{}.build();
    logout.url.prepend(baseUrl);
    logout.bearer = tokens.access;
    m_http.send(logout).then(this, [](const Result<HttpReply> &) {}); // nothing hangs on it
}

Task<void> closeSession(ApiClient &client, bool everywhere)
{
    Promise<void> promise;
    auto task = promise.task();
    client.sendWithRetry(api::Logout{.everywhere = everywhere}, {.tries = 2, .totalMs = 10'000})
        .then(&client, [promise = std::move(promise)](Result<void> answer) mutable {
            const bool gone = !answer && answer.error().code == "M_UNKNOWN_TOKEN"_L1;
            promise.resolve(gone ? Result<void>() : std::move(answer));
        });
    return task;
}

} // namespace parvis::session
