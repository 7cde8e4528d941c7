// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/crypto_transport.h"

#include "api/api_error.h"
#include "api/keys.h"
#include "api/room_keys.h"

namespace parvis {

namespace {

HttpRequest build(const crypto::OutgoingRequest &request)
{
    if (const auto *upload = std::get_if<crypto::KeysUpload>(&request.what))
        return api::UploadKeys{.body = upload->body}.build();
    if (const auto *query = std::get_if<crypto::KeysQuery>(&request.what))
        return api::QueryKeys{.body = query->body}.build();
    if (const auto *claim = std::get_if<crypto::KeysClaim>(&request.what))
        return api::ClaimKeys{.body = claim->body}.build();
    if (const auto *signatures = std::get_if<crypto::SignaturesUpload>(&request.what))
        return api::UploadSignatures{.body = signatures->body}.build();
    if (std::holds_alternative<crypto::BackupVersionQuery>(request.what))
        return api::GetBackupVersion{}.build();
    if (const auto *keys = std::get_if<crypto::BackupUpload>(&request.what))
        return api::PutBackupKeys{.version = keys->version, .body = keys->body}.build();
    if (const auto *key = std::get_if<crypto::BackupDownload>(&request.what))
        return api::GetBackupKeys{.version = key->version, .room = key->room, .session = key->session}
            .build();
    const auto &toDevice = std::get<crypto::SendToDevice>(request.what);
    return api::SendToDevice{.eventType = toDevice.eventType, .txnId = toDevice.txnId, .body = toDevice.body}
        .build();
}

} // namespace

Task<CryptoReply> ApiCryptoTransport::send(const crypto::OutgoingRequest &request)
{
    Promise<CryptoReply> promise;
    auto task = promise.task();
    m_api.exchange(build(request))
        .then(this, [this, promise = std::move(promise)](Result<HttpReply> reply) mutable {
            if (!reply)
                return promise.resolve(CryptoReply{{}, reply.error()});
            CryptoReply answer{.body = reply->body, .error = std::nullopt};
            if (!reply->ok())
                answer.error = errorFromReply(*reply, m_clock.nowMs());
            promise.resolve(std::move(answer));
        });
    return task;
}

} // namespace parvis
