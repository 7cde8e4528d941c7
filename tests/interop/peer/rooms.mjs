// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// Rooms, messages, attachments, receipts.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { b64, client, crypto, describe, known, matches, room, sdk, until, wasm } from "./state.mjs";

/** What was not sent (or whose answer was lost) once more; what came back by the sync meanwhile was sent. */
async function sendAgain(id, txn, tries, error) {
    const ev = [...known()].find((one) => one.getRoomId() === id && one.getTxnId() === txn);
    for (; ev && tries > 0; tries--) {
        await new Promise((r) => setTimeout(r, 1000));
        if (ev.getId()?.startsWith("$")) return ev.getId();
        if (ev.status !== sdk.EventStatus.NOT_SENT) continue;
        try {
            return (await client.resendEvent(ev, room(id))).event_id;
        } catch (e) {
            error = e;
        }
    }
    throw error;
}

export const roomCommands = {
    /** {name?, encrypted?, invite?, dm?, options?}: options are createRoom's own. */
    async createRoom({ name, encrypted, invite = [], dm, options = {} }) {
        const initial_state = [...(options.initial_state ?? [])];
        if (encrypted) initial_state.push({ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } });
        const r = await client.createRoom({ name, invite, is_direct: dm, preset: dm ? "trusted_private_chat" : "private_chat", ...options, initial_state });
        if (dm) {
            const direct = client.getAccountData("m.direct")?.getContent() ?? {};
            for (const u of invite) direct[u] = [...(direct[u] ?? []), r.room_id];
            await client.setAccountData("m.direct", direct);
        }
        await until("the new room to sync down", 15000, () => client.getRoom(r.room_id)?.getMyMembership() === "join");
        if (encrypted) await until("encryption to be on", 15000, () => crypto().isEncryptionEnabledInRoom(r.room_id));
        return { room: r.room_id };
    },
    /** {room, user}: shares the room's past keys (MSC4268) where history is shared and this device is cross-signed. */
    async invite({ room: id, user, reason }) { await client.invite(id, user, { reason }); return {}; },
    async kick({ room: id, user, reason }) { await client.kick(id, user, reason); return {}; },
    /** {room, wait?=true, timeout?} waits for the invite (wait: false for a public room), joins, waits for the join to sync. */
    async join({ room: id, wait = true, timeout = 15000 }) {
        if (wait) await until(`an invite to ${id}`, timeout, () => client.getRoom(id)?.getMyMembership() === "invite");
        await client.joinRoom(id);
        await until("the join to sync", timeout, () => client.getRoom(id)?.getMyMembership() === "join");
        return {};
    },
    /** {room, visibility?}: what this client believes the room's history visibility to be, whatever the server says. */
    async pretendVisibility({ room: id, visibility }) {
        delete room(id).getHistoryVisibility;
        if (visibility) room(id).getHistoryVisibility = () => visibility;
        return {};
    },
    async leave({ room: id }) { await client.leave(id); return {}; },
    async waitMember({ room: id, user, membership = "join", timeout = 15000 }) {
        await until(`${user} to be ${membership}`, timeout, () => client.getRoom(id)?.getMember(user)?.membership === membership);
        return {};
    },
    async waitEncrypted({ room: id, timeout = 15000 }) {
        await until("encryption", timeout, async () => client.getRoom(id) && (await crypto().isEncryptionEnabledInRoom(id)));
        return {};
    },
    rooms: async () => client.getRooms().map((r) => ({
        room: r.roomId, name: r.name, membership: r.getMyMembership(), encrypted: r.hasEncryptionStateEvent(),
        joined: r.getJoinedMemberCount(), unread: r.getUnreadNotificationCount(), highlight: r.getUnreadNotificationCount("highlight"),
    })),

    /** {room, text, msgtype?, html?, mentions?, tries?=1}: the same event again, as the person would have it sent again. */
    async send({ room: id, text, msgtype = "m.text", html, mentions, extra, tries = 1 }) {
        const content = { msgtype, body: text, ...(html && { format: "org.matrix.custom.html", formatted_body: html }),
            ...(mentions && { "m.mentions": { user_ids: mentions } }), ...extra };
        const txn = client.makeTxnId();
        try {
            return { eventId: (await client.sendMessage(id, null, content, txn)).event_id };
        } catch (e) {
            return { eventId: await sendAgain(id, txn, tries - 1, e) };
        }
    },
    async reply({ room: id, to, text }) {
        return { eventId: (await client.sendMessage(id, { msgtype: "m.text", body: text, "m.relates_to": { "m.in_reply_to": { event_id: to } } })).event_id };
    },
    async edit({ room: id, of, text }) {
        return { eventId: (await client.sendMessage(id, { msgtype: "m.text", body: `* ${text}`, "m.new_content": { msgtype: "m.text", body: text },
            "m.relates_to": { rel_type: "m.replace", event_id: of } })).event_id };
    },
    async react({ room: id, to, key }) {
        return { eventId: (await client.sendEvent(id, "m.reaction", { "m.relates_to": { rel_type: "m.annotation", event_id: to, key } })).event_id };
    },
    async thread({ room: id, root, text }) {
        return { eventId: (await client.sendMessage(id, root, { msgtype: "m.text", body: text, "m.relates_to": {
            rel_type: "m.thread", event_id: root, is_falling_back: true, "m.in_reply_to": { event_id: root } } })).event_id };
    },
    async redact({ room: id, event: ev, reason }) { return { eventId: (await client.redactEvent(id, ev, undefined, { reason })).event_id }; },
    /** {room, type, content}: any other event; encrypted by the SDK where the room is. */
    async sendEvent({ room: id, type, content }) { return { eventId: (await client.sendEvent(id, type, content)).event_id }; },
    async sendState({ room: id, type, key = "", content }) { return { eventId: (await client.sendStateEvent(id, type, content, key)).event_id }; },
    /** {room, name, mime, data (base64) | path, msgtype?}: encrypted where the room is. */
    async sendFile({ room: id, name, mime = "application/octet-stream", data, path, msgtype = "m.file", extra }) {
        const bytes = path ? await readFile(path) : Buffer.from(data, "base64");
        const content = { msgtype, body: name, filename: name, info: { mimetype: mime, size: bytes.length }, ...extra };
        if (await crypto()?.isEncryptionEnabledInRoom(id)) {
            const enc = wasm.Attachment.encrypt(new Uint8Array(bytes));
            const info = JSON.parse(enc.mediaEncryptionInfo);
            const up = await client.uploadContent(new Blob([enc.encryptedData]), { type: "application/octet-stream", includeFilename: false });
            content.file = { ...info, url: up.content_uri };
        } else {
            content.url = (await client.uploadContent(new Blob([bytes]), { type: mime, name })).content_uri;
        }
        return { eventId: (await client.sendMessage(id, content)).event_id, sha256: createHash("sha256").update(bytes).digest("hex") };
    },
    /** {room, event, path?}: downloads an attachment, decrypts it, checks its hash. */
    async download({ room: id, event: evId, path, max = 65536 }) {
        const ev = [...known()].find((e) => e.getId() === evId && e.getRoomId() === id);
        if (!ev) throw new Error(`event ${evId} not known`);
        const { file, url } = ev.getContent();
        const http = client.mxcUrlToHttp(file?.url ?? url, undefined, undefined, undefined, false, true, true);
        const res = await fetch(http, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
        if (!res.ok) throw new Error(`download: ${res.status}`);
        let bytes = new Uint8Array(await res.arrayBuffer());
        if (file) bytes = wasm.Attachment.decrypt(new wasm.EncryptedAttachment(bytes, JSON.stringify(file)));
        if (path) await writeFile(path, bytes);
        return { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), data: bytes.length <= max ? b64(bytes) : undefined };
    },

    /** {room?, eventId?, sender?, type?, text?, key?, undecrypted?, timeout?}: the first known event that fits. */
    async waitMessage({ timeout = 15000, ...q }) {
        return describe(await until(`event ${JSON.stringify(q)}`, timeout, () => {
            for (const ev of known()) if (matches(ev, q)) return ev;
        }));
    },
    async waitRedacted({ room: id, event: evId, timeout = 15000 }) {
        await until(`${evId} to be gone`, timeout, () => [...known()].some((e) => e.getId() === evId && e.getRoomId() === id && e.isRedacted()));
        return {};
    },
    /** {room, limit?, paginate?}: the live timeline, oldest first. */
    async timeline({ room: id, limit = 50, paginate = 0 }) {
        if (paginate) await client.scrollback(room(id), paginate);
        const evs = room(id).getLiveTimeline().getEvents().slice(-limit);
        await Promise.all(evs.map((e) => client.decryptEventIfNeeded(e)));
        return Promise.all(evs.map(describe));
    },
    async threads({ room: id }) {
        return room(id).getThreads().map((t) => ({ root: t.id, length: t.length, last: t.replyToEvent?.getContent().body }));
    },
    async read({ room: id, event: evId }) {
        const ev = [...known()].find((e) => e.getId() === evId && e.getRoomId() === id);
        await client.sendReadReceipt(ev);
        return {};
    },
    async waitReceipt({ room: id, user, event: evId, timeout = 15000 }) {
        await until("receipt", timeout, () => room(id).getEventReadUpTo(user, true) === evId || room(id).hasUserReadEvent(user, evId));
        return {};
    },
    async typing({ room: id, on, ms = 5000 }) { await client.sendTyping(id, on, ms); return {}; },
    async waitTyping({ room: id, user, on = true, timeout = 15000 }) {
        await until("typing", timeout, () => !!room(id).getMember(user)?.typing === on);
        return {};
    },
    async displayName({ name }) { await client.setDisplayName(name); return {}; },
};
