/** What one can do with a message: the bar that shows over it, and its menu with the app's shortcuts. */
import { confirmed } from "./confirm.js";
import { h } from "./dom.js";
import { emoji } from "./glyphs.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { pickReaction, QUICK_REACTIONS } from "./reactions.js";
import { toast } from "./toast.js";

export function messageTools(message, app, inThread) {
  const quick = (name) => tool({ title: `React with :${name}:`, label: `React with ${name}`, data: { reaction: name }, act: () => app.acts.react(message, name) }, emoji(name));
  const reply = () => app.openThread(message.channel, message.thread_ts ?? message.ts);
  return h(
    "div",
    { class: "message-tools", role: "toolbar", "aria-label": "Message actions" },
    QUICK_REACTIONS.map(quick),
    tool({ title: "Find another reaction", popup: "dialog", data: { testid: "react" }, act: (button) => pickReaction(button, message, app) }, icon("smile")),
    inThread ? null : tool({ title: "Reply in thread", data: { testid: "reply-in-thread" }, act: reply }, icon("reply")),
    tool({ title: "More actions", popup: "listbox", data: { testid: "message-more" }, act: (button) => openMore(button, message, app) }, icon("moreUpright")),
  );
}

/** A button of the bar; Tab passes it by, for the focused message's letters do the same. */
function tool({ title, label = title, popup = null, data, act }, mark) {
  const button = h("button", { type: "button", class: "icon-button bare", title, "aria-label": label, "aria-haspopup": popup, "aria-expanded": popup && "false", tabindex: "-1", data, onclick: () => act(button) }, mark);
  return button;
}

function openMore(button, message, app) {
  const { workspace } = app;
  const own = message.user === workspace.me && !message.bot_id;
  const shortcuts = workspace.shortcuts.filter((each) => each.on_message);
  const items = [
    { label: "Copy link", value: "link", act: () => copyLink(message, app) },
    { label: "Mark unread from here", value: "unread", act: () => app.markUnread(message) },
    own && { label: "Edit message", value: "edit", act: () => app.editing.begin(message) },
    own && { label: "Delete message…", value: "erase", danger: true, act: () => erase(message, app) },
    ...shortcuts.map((each) => ({ label: each.name, description: each.description || workspace.appName, value: each.callback_id, group: workspace.appName, act: () => app.acts.useShortcut(message, each.callback_id) })),
  ];
  openMenu(button, { label: "Message actions", items: items.filter(Boolean), onPick: ({ act }) => act() });
}

async function copyLink(message, app) {
  const address = `${location.origin}/${app.placeOf(message)}`;
  const done = await navigator.clipboard.writeText(address).then(() => true, () => false);
  toast(done ? "The link is copied." : address);
}

const ERASING = {
  title: { type: "plain_text", text: "Delete message" }, text: { type: "plain_text", text: "Delete this message? This cannot be undone." },
  confirm: { type: "plain_text", text: "Delete" }, deny: { type: "plain_text", text: "Cancel" }, style: "danger",
};

async function erase(message, app) {
  if (await confirmed(ERASING, app.workspace)) app.acts.erase(message);
}
