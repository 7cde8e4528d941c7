// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The account as answers of /v3/sync, as bytes: building one must not be part of what a client is measured by.

export const KEY_COUNTS = '"device_one_time_keys_count":{"signed_curve25519":50},' +
    '"device_unused_fallback_key_types":["signed_curve25519"]';

export const joinTexts = (events) => events.map((event) => event.json).join(",");

const unread = (count, highlight) =>
    `"unread_notifications":{"notification_count":${count},"highlight_count":${highlight}},"unread_thread_notifications":{}`;

function stateAtStart(room, lazy) {
    const wanted = lazy ? room.lazyMembers(room.timelineTexts) : null;
    const members = [...room.memberTexts].filter(([id]) => !wanted || wanted.has(id)).map(([, event]) => event);
    return joinTexts([...room.stateTexts, ...members]);
}

function joinedRoom(room, lazy) {
    return `{"timeline":{"events":[${joinTexts(room.timelineTexts)}],"limited":true,"prev_batch":"${room.prevBatch}"}` +
        `,"state":{"events":[${stateAtStart(room, lazy)}]}` +
        `,"account_data":{"events":[${room.accountData.join(",")}]}` +
        `,"ephemeral":{"events":[${room.receipts}]},${unread(room.unread, room.highlight)}` +
        `,"summary":{"m.heroes":${JSON.stringify(room.heroes)},"m.joined_member_count":${room.joined}` +
        `,"m.invited_member_count":0}}`;
}

/** The answer without `since`. @p lazy: member events of heroes and speakers alone. */
export function initialSync(account, lazy) {
    const parts = [`{"next_batch":"s0",${KEY_COUNTS},"account_data":{"events":[${account.accountData.join(",")}]}` +
        `,"presence":{"events":[${account.presence.join(",")}]},"to_device":{"events":[]}` +
        `,"device_lists":{"changed":[],"left":[]},"rooms":{"join":{`];
    account.rooms.forEach((room, i) => parts.push(`${i ? "," : ""}"${room.id}":${joinedRoom(room, lazy)}`));
    const invites = account.invites.map((one) => `"${one.id}":{"invite_state":{"events":${one.events}}}`);
    parts.push(`},"invite":{${invites.join(",")}},"leave":{},"knock":{}}}`);
    // Bytes of each part alone: all of a large account is longer than a string may be.
    return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

function batchRoom(part) {
    return `"${part.room.id}":{"timeline":{"events":[${joinTexts(part.events)}],"limited":false` +
        `,"prev_batch":"${part.room.prevBatch}"},"state":{"events":[]},"account_data":{"events":[]}` +
        `,"ephemeral":{"events":[${part.receipts}]},${unread(part.unread, 0)},"summary":{}}`;
}

/** The answer to `since=s<b>`. */
export function incrementalSync(account, b, batch) {
    const presence = account.presence[b % account.presence.length];
    return Buffer.from(`{"next_batch":"s${b + 1}",${KEY_COUNTS},"presence":{"events":[${presence}]}` +
        `,"rooms":{"join":{${batch.map(batchRoom).join(",")}}}}`);
}

export const quietSync = (b) => Buffer.from(`{"next_batch":"s${b}",${KEY_COUNTS}}`);
