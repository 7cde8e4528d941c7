# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The refusals of Parvis, one by one: where it stands, what is left without it, and what must fail then.

A test is the name of a unit test (`olm_messages`: tests/crypto/tst_olm_messages.cpp), or a script of this folder and a case of it
(`test_rooms.py::Rooms.test_x`). `find` stands exactly once in the file.
"""
from dataclasses import dataclass

CRYPTO = "src/crypto/"


@dataclass(frozen=True)
class Refusal:
    name: str
    path: str
    find: str
    replace: str
    tests: tuple


def refusal(name, path, find, replace, *tests):
    return Refusal(name, path if "/" in path else CRYPTO + path, find, replace, tests)


def never(name, path, condition, *tests):
    """`if (condition)` never holds."""
    return refusal(name, path, f"if ({condition})", f"if (false && ({condition}))", *tests)


DEVICES = (
    never("device: foreign ids", "device_keys.cpp",
          '''id.isEmpty() || user.isEmpty() || keys["user_id"_L1].toString() != user.toString()
        || keys["device_id"_L1].toString() != id''', "device_keys"),
    never("device: endless id", "device_keys.cpp", "id.toUtf8().size() > maxDeviceId", "device_keys"),
    never("device: weak keys", "device_keys.cpp", "!isSafeKey(read.curveKey) || !isSafeKey(read.signingKey)",
          "device_keys"),
    refusal("device: its own signature", "device_keys.cpp",
            "if (auto verified = verifySigned(json, user, id, read.signingKey); !verified)",
            "if (auto verified = verifySigned(json, user, id, read.signingKey); !verified && false)",
            "device_keys"),
    never("one-time key: weak", "device_keys.cpp", "!isSafeKey(key)", "device_keys"),
    refusal("one-time key: the device's signature", "device_keys.cpp",
            "if (auto verified = verifySigned(json, user, device.toString(), signer); !verified)",
            "if (auto verified = verifySigned(json, user, device.toString(), signer); !verified && false)",
            "device_keys"),
    never("device: named like a key of the identity", "device_tracker.cpp",
          "identity && isKeyOf(identity->keys(), device)", "identities"),
    never("device: another signing key", "device_tracker.cpp", "known && known->signingKey != keys->signingKey",
          "device_tracking"),
    never("device: other keys for ours", "device_tracker.cpp",
          "ours && (keys->curveKey != step.own().keys.curve || keys->signingKey != step.own().keys.signing)",
          "device_tracking"),
    never("device: our own Curve25519 key", "device_tracker.cpp", "!ours && keys->curveKey == step.own().keys.curve",
          "borrowed_keys"),
    never("device: more than a thousand", "device_tracker.cpp", "ids.size() > maxDevicesPerUser", "device_queries"),
    refusal("device: ours stays where it is hidden", "device_tracker.cpp",
            "if (ours || devices.contains(device.device.toString()))",
            "if (devices.contains(device.device.toString()))", "device_tracking"),
    never("our device: the alarm stops sending", "room_key_sharing.cpp", "step.account().identityConflict",
          "test_identities.py::Identities.test_otherKeysForOurOwnDevice"),
)

IDENTITIES = (
    never("identity: too large", "cross_signing_keys.cpp", "json.size() > maxObjectBytes", "cross_signing_keys"),
    never("identity: foreign user", "cross_signing_keys.cpp",
          'user.isEmpty() || object->text(u"user_id"_s) != user.toString()', "cross_signing_keys"),
    never("identity: usage", "cross_signing_keys.cpp", "!hasUsage(*object, role)", "cross_signing_keys"),
    never("identity: not one key", "cross_signing_keys.cpp", "ids.size() != 1", "cross_signing_keys"),
    never("identity: the id is not the key", "cross_signing_keys.cpp", 'ids.first() != u"ed25519:"_s + value',
          "cross_signing_keys"),
    never("identity: weak key", "cross_signing_keys.cpp", "!isSafeKey(key)", "cross_signing_keys"),
    never("identity: the master key again", "cross_signing_keys.cpp", "key->key == master", "cross_signing_keys"),
    refusal("identity: the master's signature", "cross_signing_keys.cpp",
            "if (auto verified = verifySigned(json, user, master.toString(), master); !verified)",
            "if (auto verified = verifySigned(json, user, master.toString(), master); !verified && false)",
            "cross_signing_keys"),
    never("identity: one key in two roles", "cross_signing_keys.cpp", "others->key == self->key",
          "cross_signing_keys"),
    never("identity: hidden is no news", "identity_keeper.cpp", "json.master.isEmpty()", "identities"),
    never("identity: the old signature goes with the old key", "identity_keeper.cpp", "other", "identities"),
    never("identity: verified only by one known as ours", "identity_keeper.cpp", "ownIdentityVerified(step)",
          "identities"),
    refusal("identity: another one is a violation", "identity_trust.cpp",
            ".violated = identity->wasVerified && !verified,", ".violated = false,", "identities"),
    refusal("identity: another one is a change", "identity_trust.cpp",
            ".changed = !verified && identity->pinned != identity->master.key,", ".changed = false,", "identities"),
    never("identity: ours, exchanged, verifies nobody", "identity_trust.cpp",
          "own && (own->verified.isEmpty() || own->verified != own->master.key)",
          "test_identities.py::Identities.test_ourOwnIdentityIsExchanged"),
    refusal("identity: sending stops for whom was verified", "room_key_sharing.cpp",
            "if (auto fine = evenViolated ? Result<void>() : checkIdentities(step, users); !fine)",
            "if (auto fine = Result<void>(); !fine)", "sharing_rule"),
    refusal("sharing: unsigned devices", "sharing_rule.cpp",
            "return trust < DeviceTrust::Signed ? Exclusion::Unsigned : Exclusion::None;",
            "return Exclusion::None;", "sharing_rule"),
    refusal("sharing: unverified people", "sharing_rule.cpp",
            "return trust < DeviceTrust::Verified ? Exclusion::Unverified : Exclusion::None;",
            "return Exclusion::None;", "sharing_rule"),
    never("sharing: blocked devices", "sharing_rule.cpp", "device.trust == LocalTrust::Blacklisted", "sharing_rule"),
    never("sharing: dehydrated devices", "sharing_rule.cpp", "device.dehydrated && trust < DeviceTrust::Signed",
          "test_identities.py::Identities.test_dehydratedDevices"),
)

OLM = (
    never("olm: another algorithm", "olm_receiver.cpp",
          'content.text(u"algorithm"_s) != QLatin1StringView(olmAlgorithm)', "olm_messages"),
    never("olm: weak key of the sender", "olm_receiver.cpp", "!bytes || !isSafeKey(senderKey)", "olm_messages"),
    never("olm: a replay", "olm_receiver.cpp", "m_step.sessions.knowsHash(envelope->hash)", "olm_messages"),
    never("olm: too many bad ones", "olm_receiver.cpp", "m_failures.value(source) >= maxFailuresPerDevice",
          "unwedging"),
    refusal("olm: one-time keys are used once", "olm_receiver.cpp",
            "account->removeOneTimeKey(*session);\n", "", "one_time_keys"),
    never("olm: another signing key than the device's", "olm_receiver.cpp",
          "device && device->signingKey != message.claimedKey", "olm_messages"),
    never("olm: dehydrated devices say nothing", "olm_receiver.cpp", "dehydrated", "olm_messages"),
    never("olm: unknown devices", "olm_receiver.cpp",
          '!device && !message.senderDeviceKeys && message.type != "m.room_key"_L1', "olm_messages"),
    refusal("olm: a new session once an hour", "olm_receiver.cpp",
            "if (device.unwedgePending || device.dehydrated || recent(device.lastUnwedgeMs))",
            "if (device.unwedgePending || device.dehydrated)", "unwedging"),
    never("olm: a session of this hour", "olm_receiver.cpp",
          "session->record.reaches(device.signingKey) && recent(session->record.createdMs)", "unwedging"),
    never("olm: sender", "olm_plaintext.cpp", 'object->text(u"sender"_s) != sender.toString()', "olm_messages"),
    never("olm: recipient", "olm_plaintext.cpp", 'object->text(u"recipient"_s) != own.user.toString()',
          "olm_messages"),
    never("olm: the recipient's key", "olm_plaintext.cpp",
          'object->object(u"recipient_keys"_s).text(u"ed25519"_s) != own.keys.signing.toString()', "olm_messages"),
    never("olm: no key of the sender", "olm_plaintext.cpp", "message.claimedKey.isEmpty()", "olm_messages"),
    never("olm: another's device keys", "olm_plaintext.cpp",
          'keys.text(u"user_id"_s) != message.sender.toString()',
          "test_to_device.py::ToDevice.test_everyFieldOfThePlaintext"),
    never("olm: device keys of another message", "olm_plaintext.cpp",
          "device->curveKey != message.senderKey || device->signingKey != message.claimedKey", "olm_messages"),
    never("olm: keys and secrets in clear", "to_device_handler.cpp", "mustBeEncrypted(type)", "olm_messages"),
    never("olm: events without measure", "to_device_handler.cpp", "json.size() > maxEvent", "olm_messages"),
    never("claim: more than one key", "session_claims.cpp",
          'names.size() != 1 || !names.first().startsWith("signed_curve25519:"_L1)',
          "test_to_device.py::ToDevice.test_keysOfLowOrderAndOfOthersHands"),
)

MEGOLM = (
    refusal("megolm: strict signatures", "megolm_inbound.cpp",
            "if (!creator || !ed25519Verify(*creator, content, QByteArrayView(*bytes).last(signatureBytes)))",
            "if (!creator)", "megolm"),
    never("megolm: frames that two readers take differently", "megolm_inbound.cpp", "!isWellFormed(content)",
          "hostile_messages"),
    never("megolm: messages without measure", "megolm_inbound.cpp", "message.size() > maxMessageBytes", "megolm"),
    refusal("megolm: unconnected ratchets", "megolm_inbound.cpp",
            "if (id() != other.id() || !ours || !theirs || !ours->equals(theirs->view()))",
            "if (!ours || !theirs)", "room_keys"),
    never("room key: the id is the key's", "room_key_receiver.cpp", "megolm->id() != session", "room_keys"),
    never("room key: another algorithm", "room_key_receiver.cpp",
          '!content || content->text(u"algorithm"_s) != QLatin1StringView(megolmAlgorithm)', "room_keys"),
    never("room key: copies of one user", "room_key_receiver.cpp",
          "same == copies.cend() && !hasPlaceFor(step, copies, *offered)", "room_keys"),
    refusal("room key: keys of unknown rooms", "room_key_receiver.cpp",
            "for (qsizetype i = 0; i <= strays.size() - maxStraysPerSender; ++i)",
            "for (qsizetype i = 0; i < 0; ++i)", "room_keys"),
    refusal("room key: another sender takes nothing over", "room_key_receiver.cpp",
            "if (!sameSender || comparison == MegolmInbound::Comparison::Unconnected) {",
            "if (comparison == MegolmInbound::Comparison::Unconnected) {", "room_keys"),
    refusal("room key: another signing key is no owner", "room_key_receiver.cpp",
            "if (record.claimedKey.isEmpty() || record.claimedKey == device->signingKey) {", "if (true) {",
            "room_reading"),
    refusal("withheld: so many of one sender", "room_key_receiver.cpp",
            "before + newOnes >= maxWithheldPerSender)", "before + newOnes >= 1'000'000)", "room_keys"),
    refusal("reading: state events", "room_decryptor.cpp",
            '''if (event->contains(u"state_key"_s))''', '''if (false && event->contains(u"state_key"_s))''',
            "room_reading"),
    refusal("reading: the event's sender owns the session", "room_decryptor.cpp",
            "return !copy.sender.isEmpty() && copy.sender != sender;", "return copy.sender.isEmpty() && false;",
            "room_reading"),
    never("reading: another room", "room_decryptor.cpp", 'inner->text(u"room_id"_s) != room.toString()',
          "room_reading"),
    never("reading: state inside", "room_decryptor.cpp", 'inner->contains(u"state_key"_s)', "room_reading"),
    never("reading: encrypted inside", "room_decryptor.cpp", 'type == "m.room.encrypted"_L1', "room_reading"),
    never("reading: a replay", "room_decryptor.cpp", "step.rooms.claimIndex(use) != use", "room_reading"),
    never("shield: imported keys", "room_decryptor.cpp", "session.imported", "room_reading"),
    never("shield: exchanged identities", "room_decryptor.cpp", "identityView(step, session.sender).violated",
          "sharing_rule"),
    refusal("room: encrypted for ever", "room_settings.cpp",
            "if (!record.encrypted || (!record.supported && supported)) {", "if (true) {", "rotation"),
    refusal("room: rotation is bounded", "room_settings.cpp",
            "return std::clamp(content.integer(name).value_or(fallback), low, high);",
            "return content.integer(name).value_or(fallback);", "rotation"),
    refusal("room: rotation becomes stricter only", "room_settings.cpp",
            "record.rotationMessages = std::min(record.rotationMessages, messages);",
            "record.rotationMessages = messages;", "rotation"),
    never("room: an unknown algorithm", "room_key_sharing.cpp", "!room.supported", "rotation"),
    refusal("sharing: whoever lost the right to read", "room_key_sharing.cpp",
            "if (someoneLost(step, shares, users, strategy))", "if (false)", "rotation"),
    refusal("sharing: the key before the message", "room_key_sharing.cpp",
            "progress.ready = !progress.needsClaim && !progress.moreToShare && !isPending(step, *session);",
            "progress.ready = !progress.needsClaim && !progress.moreToShare;", "room_sharing"),
)

VERIFICATION = (
    never("sas: another key than promised", "sas_exchange.cpp",
          "m_starter && !sasCommitmentHolds(m_commitment, theirs, m_start)",
          "test_verifications.py::Verifications.test_aKeyThatWasNotPromised"),
    never("sas: a key at another time", "sas_exchange.cpp",
          "m_stage != (m_starter ? Stage::KeySent : Stage::Accepting)", "sas_exchange"),
    never("sas: our own key", "sas.cpp",
          "publicKeyBytes(theirs.toString()) == publicKeyBytes(own.publicKey.toString())", "sas"),
    never("sas: the list of MACs", "sas_exchange.cpp", "!sasListHolds(m_shared, context, macs)",
          "test_verifications.py::Verifications.test_macsThatVouchForSomethingElse"),
    refusal("sas: a list of nothing", "sas.cpp", "return !macs.keys.isEmpty() && holds(", "return holds(", "sas"),
    never("sas: MACs twice", "sas_exchange.cpp", "m_stage != Stage::KeysKnown || m_theirs", "sas_exchange"),
    refusal("sas: a device named like the identity", "sas_exchange.cpp",
            "if (!m_theirs || m_other.device.toString() == master.toString())", "if (!m_theirs)", "sas_exchange"),
    refusal("sas: a MAC of another key", "sas_exchange.cpp", "        return holds;\n", "        return true;\n",
            "sas_exchange"),
    never("sas: too many ids", "sas_exchange.cpp",
          "!listed || !list || list->size() > maxText || listed->names().size() > maxKeys", "sas_exchange"),
    never("trust: keys that changed on the way", "verification_trust.cpp", "*now != frozen",
          "verification_altered"),
    refusal("trust: a device says nothing of a person", "verification_trust.cpp",
            "return shown.master && ownIdentityVerified(step) && userVerified(step, user, frozen.master);",
            "return ownIdentityVerified(step) && userVerified(step, user, frozen.master);",
            "verification_person"),
    never("request: old or of the future", "verifications.cpp", "age > oldestMs || age < -newestMs",
          "verification_requests"),
    never("request: to somebody else", "verifications.cpp",
          '!message.room.isEmpty() && message.content.text(u"to"_s) != call.step.own().user.toString()',
          "verification_person"),
    refusal("request: too often", "verifications.cpp", "return ++asked.count > requestsPerUser;",
            "return ++asked.count < 0;", "verification_requests"),
    refusal("request: of others by to-device", "verifications.cpp",
            "if (!message || message->sender != m_context.own.user)", "if (!message)",
            "verification_requests"),
    never("request: of an unknown device", "verifications.cpp",
          "answer && !isKnownDevice(call, message)", "verification_person"),
    refusal("request: two of one person", "verifications.cpp", "if (other != m_flows.cend()) {", "if (false) {",
            "verification_requests"),
    refusal("flow: third persons", "verification_flow.cpp",
            '''        return; // whoever else it is: not theirs to touch
''', "", "verification_person"),
    never("flow: a start of another device", "verification_flow.cpp",
          "m_info.state == State::Requested || message.fromDevice != m_info.device", "verification_requests"),
    refusal("flow: done before it is", "verification_flow.cpp", '''    if (!m_finished) {
        cancel(call, CancelCode::UnexpectedMessage);
        return;
    }
    setState(State::Done);''', "    setState(State::Done);", "verification_codes"),
    never("qr: another verification", "verification_flow_qr.cpp", "code->flowId != m_info.flow",
          "verification_codes"),
    never("qr: other keys", "verification_flow_qr.cpp", "!fits(call, *code)", "verification_codes"),
    never("qr: another secret", "verification_flow_qr.cpp", "!m_qrSecret.equals(shown->view())",
          "verification_codes"),
    never("qr: a code that was not shown", "verification_flow_qr.cpp",
          "m_info.state != State::Ready || m_qr != Qr::Shown", "verification_codes"),
    refusal("qr: a short secret", "verification_qr.cpp",
            "if (idSize == 0 || rest.size() < idSize + 2 * keyBytes + minSecret)",
            "if (idSize == 0 || rest.size() < idSize + 2 * keyBytes)", "verification_qr"),
    never("qr: weak keys", "verification_qr.cpp", "!isKey(first) || !isKey(second)", "verification_qr"),
)

SECRETS = (
    refusal("storage: an altered secret", "secret_storage.cpp",
            "if (!constantTimeEqual(hmacSha256(keys->mac.view(), stored.ciphertext), stored.mac))", "if (false)",
            "secret_storage"),
    refusal("storage: rounds in reason", "secret_storage.cpp",
            "return rounds >= 1 && rounds <= qint64(maxPassphraseRounds);", "return rounds >= 0;",
            "secret_storage"),
    never("storage: other bits", "secret_storage.cpp",
          'object.contains(u"bits"_s) && object.integer(u"bits"_s) != keyBytes * 8', "secret_storage"),
    never("storage: the key of another identity", "key_recovery.cpp", "!*taken", "recovery_setup"),
    refusal("backup: another's key gets nothing", "backup_versions.cpp",
            "m_ours = m_holdsKey || (m_seen && isSignedByUs(step, m_seen->authData));", "m_ours = m_seen.has_value();",
            "test_secrets.py::Secrets.test_aBackupOfAnothersKey"),
    never("backup: weak keys", "backup_versions.cpp",
          "seen.version.isEmpty() || seen.version.size() > maxVersion || !isSafeKey(seen.key)", "key_backup"),
    never("backup: copies of one session", "key_import_rules.cpp", "imported >= maxImportedCopies", "key_restore"),
    refusal("import: other algorithms", "exported_session.cpp", 'if (object.text(u"algorithm"_s) != megolm)',
            "if (false)", "key_export"),
)

NETWORK = (
    never("http: a redirect in clear", "src/net/http_exchange.cpp", "!mayConnect(target.toEncoded())", "qt_http"),
    refusal("http: a token goes nowhere else", "src/net/http_exchange.cpp",
            "else if (!reads || elsewhere)", "else if (!reads)", "qt_http"),
    never("http: a loop", "src/net/http_exchange.cpp", "++m_redirects > QtHttp::maxRedirects", "qt_http"),
    refusal("http: encrypted, or on this computer", "src/net/http.cpp",
            'return url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url.host()));',
            'return url.scheme().startsWith("http"_L1);', "qt_http"),
    refusal("sending: what was encrypted once", "src/engine/room_event_path.cpp",
            "auto encrypted = row.ciphertext ? Task<bool>::ready(true) : isEncrypted(row.roomId);",
            "auto encrypted = isEncrypted(row.roomId);", "room_event_path"),
    refusal("sending: in clear only after the server was asked", "src/engine/room_event_path.cpp",
            "if (*known || isKnownClear(room))", "if (true)", "room_event_path"),
)

REFUSALS = DEVICES + IDENTITIES + OLM + MEGOLM + VERIFICATION + SECRETS + NETWORK
