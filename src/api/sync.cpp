// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/sync.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

HttpRequest longPoll(HttpRequest request, int serverTimeoutMs)
{
    request.longPoll = true;
    request.timeoutMs = serverTimeoutMs + HttpRequest::defaultTimeoutMs;
    request.maxReplyBytes = maxSyncBytes;
    return request;
}

} // namespace

HttpRequest SyncV3::build() const
{
    const QByteArray items =
        query({{"filter", filter},
               {"since", since},
               {"timeout", QString::number(timeoutMs)},
               {"full_state", fullState ? u"true"_s : QString()},
               {"set_presence", presence},
               {"use_state_after", useStateAfter ? u"true"_s : QString()},
               {"org.matrix.msc4222.use_state_after", useStateAfter ? u"true"_s : QString()}});
    return longPoll(getFrom(v3({u"sync"_s}) + items), timeoutMs);
}

Result<QByteArray> SyncV3::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest SlidingSync::build() const
{
    const QByteArray items = query({{"pos", pos}, {"timeout", QString::number(timeoutMs)}});
    return longPoll(postTo("/_matrix/client/unstable/org.matrix.simplified_msc3575/sync" + items, body),
                    timeoutMs);
}

Result<QByteArray> SlidingSync::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest UploadFilter::build() const
{
    HttpRequest request = postTo(v3({u"user"_s, userId.toString(), u"filter"_s}), filter);
    request.idempotent = true; // the same filter gets the same id, or an unused one more
    return request;
}

Result<QString> UploadFilter::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const QString id = fields.text("filter_id"_L1);
        return fields.result(id);
    });
}

} // namespace parvis::api
