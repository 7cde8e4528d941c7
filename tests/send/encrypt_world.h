// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/peer.h"
#include "send/outgoing_pump.h"
#include "send/room_encryptor.h"

#include <deque>
#include <functional>

namespace parvis {

using namespace Qt::StringLiterals;

/// Takes requests to the key server in memory. Held ones wait; a failure is answered instead of the server.
class FakeCryptoTransport final : public CryptoTransport
{
public:
    FakeCryptoTransport(crypto::FakeKeyServer &server, crypto::FakeKeyServer::Address own)
        : m_server(server), m_own(std::move(own))
    {
    }

    std::function<bool(const crypto::OutgoingRequest &)> holds = {};
    std::function<std::optional<Error>(const crypto::OutgoingRequest &)> fails = {};
    bool losesAnswers = false; ///< the server does it, and nobody hears of it
    QList<crypto::OutgoingRequest> sent;

    Task<CryptoReply> send(const crypto::OutgoingRequest &request) override
    {
        sent += request;
        if (holds && holds(request)) {
            m_held.push_back({request, {}});
            return m_held.back().promise.task();
        }
        return Task<CryptoReply>::ready(reply(request));
    }
    void release()
    {
        for (auto &held : std::exchange(m_held, {}))
            held.promise.resolve(reply(held.request));
    }
    [[nodiscard]] bool isHolding() const { return !m_held.empty(); }

    template <typename Kind>
    [[nodiscard]] QList<crypto::RequestId> idsOf() const
    {
        QList<crypto::RequestId> ids;
        for (const auto &request : sent) {
            if (std::holds_alternative<Kind>(request.what))
                ids += request.id;
        }
        return ids;
    }

private:
    CryptoReply reply(const crypto::OutgoingRequest &request)
    {
        if (const auto failure = fails ? fails(request) : std::nullopt)
            return {{}, failure};
        const auto answer = ask(request);
        if (losesAnswers)
            return {{}, Error{ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s, {}, 0}};
        return answer ? CryptoReply{*answer, {}} : CryptoReply{{}, answer.error()};
    }
    Result<QByteArray> ask(const crypto::OutgoingRequest &request)
    {
        if (const auto *upload = std::get_if<crypto::KeysUpload>(&request.what))
            return m_server.upload(m_own, upload->body);
        if (const auto *query = std::get_if<crypto::KeysQuery>(&request.what))
            return m_server.query(query->body);
        if (const auto *claim = std::get_if<crypto::KeysClaim>(&request.what))
            return m_server.claim(claim->body);
        m_server.sendToDevice(m_own.first, std::get<crypto::SendToDevice>(request.what));
        return QByteArray("{}");
    }

    struct Held {
        crypto::OutgoingRequest request;
        Promise<CryptoReply> promise;
    };
    crypto::FakeKeyServer &m_server;
    crypto::FakeKeyServer::Address m_own;
    std::deque<Held> m_held;
};

/// A list that a test changes.
class FakeMembers final : public MemberSource
{
public:
    Result<crypto::RoomMembers> members;

    Task<crypto::RoomMembers> completeMembers(const RoomId &) override
    {
        return Task<crypto::RoomMembers>::ready(members);
    }
};

/// Anna writes; Bruno and Carole have devices at the key server.
struct EncryptWorld {
    crypto::FakeKeyServer server;
    FakeClock clock;
    crypto::Peer anna{server, clock, u"@anna:x"_s, u"ANNA"_s};
    crypto::Peer bruno{server, clock, u"@bruno:x"_s, u"BRUNO"_s};
    crypto::Peer carole{server, clock, u"@carole:x"_s, u"CAROLE"_s};
    FakeCryptoTransport transport{server, anna.address};
    FakeMembers members;
    RoomId room{u"!r:x"_s};

    EncryptWorld()
    {
        bruno.sync();
        carole.sync();
        anna.sync();
        anna.encryptRoom(room);
    }
    [[nodiscard]] static bool isClaim(const crypto::OutgoingRequest &request)
    {
        return std::holds_alternative<crypto::KeysClaim>(request.what);
    }
    [[nodiscard]] static bool isToDevice(const crypto::OutgoingRequest &request)
    {
        return std::holds_alternative<crypto::SendToDevice>(request.what);
    }
    /// What @p reader makes of a message, having heard everything that the server has for the device.
    [[nodiscard]] bool reads(crypto::Peer &reader, const QByteArray &content) const
    {
        reader.encryptRoom(room);
        reader.sync();
        const auto answers = reader.machine->decrypt(room, {anna.roomEvent(room, content)});
        return answers && std::holds_alternative<crypto::DecryptedEvent>(answers->first());
    }
};

} // namespace parvis
