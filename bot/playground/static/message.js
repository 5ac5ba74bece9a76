/** One message of a channel or a thread. */
import { attachmentNodes } from "./attachments.js";
import { avatar } from "./avatar.js";
import { blockNodes } from "./blocks.js";
import { isReply, mentions } from "./conversation.js";
import { clockTime, fullTime, h } from "./dom.js";
import { fileCards } from "./files.js";
import { icon } from "./icons.js";
import { messageTools } from "./messagetools.js";
import { mrkdwn } from "./mrkdwn.js";
import { reactionChips } from "./reactions.js";
import { readUpTo, threadKey } from "./readmarks.js";
import { streamFoot } from "./streaming.js";
import { workObjectNodes } from "./workobjects.js";

/** What the workspace itself writes down: who came and went, what a channel is called now, what was deleted. */
const isNotice = ({ subtype = "" }) => subtype === "tombstone" || /^(channel|group)_/.test(subtype);

/** @param {{inThread?: boolean, grouped?: boolean}} place where the message stands, and whether its author just spoke */
export function messageNode(message, app, { inThread = false, grouped = false } = {}) {
  const { workspace } = app;
  const name = authorOf(message, workspace);
  const bot = Boolean(message.bot_id);
  const marks = ["message", grouped && "grouped", message.ephemeral_to && "ephemeral", mentions(message, workspace.me) && "names-me", isNotice(message) && "notice"];
  return h(
    "article",
    {
      class: marks.filter(Boolean).join(" "), "aria-label": `${name}, ${clockTime(message.ts)}`, tabindex: "-1",
      data: { testid: message.ephemeral_to ? "ephemeral" : "message", ts: message.ts },
    },
    message.ephemeral_to && onlyYou(message, app),
    grouped ? h("time", { class: "gutter-time", title: fullTime(message.ts) }, clockTime(message.ts)) : avatar(message.user ?? message.bot_id, name, { bot }),
    h(
      "div",
      { class: "message-main" },
      message.subtype === "thread_broadcast" && !inThread ? broadcastOf(message, app) : null,
      grouped ? null : heading(message, app, name, bot),
      app.editing.isOf(message) ? app.editing.box(message) : body(message, app),
      streamFoot(message, workspace),
      workObjectNodes(message, workspace),
      fileCards(message.files),
      reactionChips(message, app),
      !inThread && !isReply(message) && message.reply_count ? repliesButton(message, app) : null,
    ),
    message.ephemeral_to || isNotice(message) || workspace.mine?.deleted ? null : messageTools(message, app, inThread),
  );
}

/** Whose message it is, in words. */
export function authorOf(message, workspace) {
  if (message.subtype === "tombstone") return "Deleted message";
  return message.bot_id ? (message.username ?? workspace.personName(message.user)) : workspace.personName(message.user);
}

function onlyYou(message, app) {
  return h(
    "div",
    { class: "only-you" },
    icon("eye", { size: 14 }), "Only visible to you",
    h("button", { type: "button", class: "link-button", data: { testid: "dismiss" }, onclick: () => app.acts.dismiss(message) }, "Dismiss"),
  );
}

function broadcastOf(message, app) {
  const open = h("button", { type: "button", class: "link-button", onclick: () => app.openThread(message.channel, message.thread_ts) }, "a thread");
  return h("div", { class: "broadcast-of" }, icon("reply", { size: 14 }), "replied to ", open);
}

function heading(message, app, name, bot) {
  const person = app.workspace.person(message.user);
  const home = person && person.team !== app.workspace.team && app.workspace.teamName(person.team);
  return h(
    "div",
    { class: "message-head" },
    h("span", { class: "author" }, name),
    bot && h("span", { class: "app-badge" }, "APP"),
    home && h("span", { class: "from-team" }, icon("shared", { size: 12 }), home),
    person?.deleted && h("span", { class: "muted small" }, "(deactivated)"),
    h("time", { class: "when", title: fullTime(message.ts), datetime: new Date(message.ts * 1000).toISOString() }, clockTime(message.ts)),
  );
}

function body(message, app) {
  const surface = app.surface({ channel: message.channel, ts: message.ts }, `${message.channel}:${message.ts}`);
  const edited = message.edited && h("span", { class: "edited", title: `Edited ${fullTime(message.edited.ts ?? message.ts)}` }, "(edited)");
  const hanging = attachmentNodes(message, surface);
  if (message.blocks?.length) return [h("div", { class: "blocks" }, blockNodes(message.blocks, surface)), edited, hanging];
  return [h("div", { class: "text" }, mrkdwn(message.text ?? "", surface.directory), edited), hanging];
}

function repliesButton(message, app) {
  const { workspace } = app;
  const users = (message.reply_users ?? []).slice(0, 4);
  const faces = users.map((id) => avatar(id, workspace.personName(id), { bot: workspace.person(id)?.role === "bot", size: "small" }));
  const count = message.reply_count;
  const read = readUpTo(workspace.me, threadKey(message.channel, message.ts));
  const fresh = read === "0" ? 0 : workspace.conversation(message.channel).unreadReplies(message.ts, read, workspace.me);
  return h(
    "button",
    { type: "button", class: fresh ? "replies unread" : "replies", title: users.map((id) => workspace.personName(id)).join(", "), data: { testid: "replies" }, onclick: () => app.openThread(message.channel, message.ts) },
    h("span", { class: "faces" }, faces),
    h("span", { class: "replies-count" }, `${count} ${count === 1 ? "reply" : "replies"}`),
    fresh ? h("span", { class: "replies-new", data: { testid: "replies-new" } }, `${fresh} new`) : null,
    message.latest_reply && h("span", { class: "replies-last" }, `Last reply at ${clockTime(message.latest_reply)}`),
    h("span", { class: "replies-open" }, "View thread"),
  );
}
