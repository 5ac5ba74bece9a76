/** The pane of one conversation: its heading, its messages and the box to write in. */
import { avatar } from "./avatar.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { authorOf } from "./message.js";
import { markRead, markUnread, readUpTo } from "./readmarks.js";
import { StatusLine } from "./statusline.js";
import { Timeline } from "./timeline.js";
import { announce } from "./toast.js";
import { ROLE_WORDS } from "./who.js";

export class ChannelPane {
  #app;
  #announced;
  #line;
  #held = false;
  #status;
  #drawn = "";

  /** `bare` leaves the heading to whoever holds this pane. */
  constructor(app, channel, { bare = false } = {}) {
    this.#app = app;
    this.channel = channel;
    const title = app.channelTitle(channel);
    const read = readUpTo(app.workspace.me, channel.id);
    this.#line = read === "0" ? null : read;
    this.#status = new StatusLine(app, channel.id);
    this.timeline = new Timeline(app, { label: `Messages in ${title}`, head: opening(app, channel, title), older: () => app.loadOlder(channel.id) });
    this.node = h(
      "section",
      { class: "pane channel-pane", "aria-label": title, data: { testid: "channel-pane" } },
      bare ? null : heading(app, channel, title), this.timeline.node, this.#status.node, this.#foot(title),
    );
  }

  draw() {
    const { workspace } = this.#app;
    const conversation = workspace.conversation(this.channel.id);
    if (document.hidden) this.#line = readUpTo(workspace.me, this.channel.id);
    else if (!this.#held) markRead(workspace.me, this.channel.id, conversation.latest());
    this.#status.draw();
    const now = `${conversation.version} ${this.#line}`;
    if (now === this.#drawn) return;
    this.#drawn = now;
    const messages = conversation.timeline(workspace.me);
    this.timeline.show(messages, { line: this.#line });
    this.#announce(messages.at(-1));
  }

  /** Everything from this message on counts as new until the reader comes back. */
  markUnread(message) {
    const { me } = this.#app.workspace;
    markUnread(me, this.channel.id, message.ts);
    this.#line = readUpTo(me, this.channel.id);
    this.#held = true;
  }

  /** New messages are spoken once, by author; drawing older ones is not news. */
  #announce(latest) {
    if (this.#announced !== undefined && latest && latest.ts > this.#announced)
      announce(`${authorOf(latest, this.#app.workspace)}: ${latest.text ?? "new message"}`);
    this.#announced = latest?.ts ?? "0";
  }

  #foot(title) {
    const app = this.#app;
    const { workspace } = app;
    const { channel } = this;
    if (workspace.mine?.deleted) return notice(`${workspace.mine.real_name}’s account is deactivated: nothing can be said or pressed.`);
    if (channel.is_archived) return notice("This channel is archived. It can be read, but nothing can be added.");
    if (!channel.members.includes(workspace.me)) return joinBox(app, channel, title);
    return this.#composer(title);
  }

  /** Whoever has just written wants to see what comes of it. */
  #composer(title) {
    const { acts, workspace } = this.#app;
    const then = (doing) => {
      this.timeline.toEnd();
      return doing;
    };
    return composer({
      placeholder: `Message ${title}`, testid: "composer", workspace, useShortcut: (id) => acts.useGlobalShortcut(id),
      send: (text) => then(acts.say(this.channel.id, text)), command: (command, text) => then(acts.command(this.channel.id, command, text)),
    });
  }
}

function notice(words) {
  return h("div", { class: "join-box", data: { testid: "cannot-write" } }, icon("lock"), h("span", {}, words));
}

function joinBox(app, channel, title) {
  return h(
    "div", { class: "join-box" }, h("span", {}, "You are looking at ", h("strong", {}, title)),
    h("button", { type: "button", class: "button", data: { testid: "join" }, onclick: () => app.acts.join(channel.id) }, "Join the channel"),
  );
}

function heading(app, channel, title) {
  const name = channel.name ? [icon(channel.is_private ? "lock" : "hash"), channel.name] : title;
  const partners = (channel.teams ?? []).filter((team) => team !== app.workspace.team).map((team) => app.workspace.teamName(team));
  const pill = (words, testid, mark = null) => h("span", { class: "pill", data: { testid } }, mark, words);
  return h(
    "header",
    { class: "pane-head" },
    app.menuButton(),
    h("h1", {}, name),
    channel.is_archived && pill("archived", "pill-archived", icon("archive", { size: 13 })),
    partners.length > 0 && pill(`shared with ${partners.join(", ")}`, "pill-shared", icon("shared", { size: 13 })),
    h("span", { class: "topic", title: channel.topic }, channel.topic ?? ""),
    channel.bot_is_member === false && !channel.is_direct && pill("the app is not in this channel", "pill-no-app"),
    channel.is_direct ? null : membersButton(app, channel),
  );
}

function membersButton(app, channel) {
  const { workspace } = app;
  const people = channel.members.map((id) => workspace.person(id)).filter(Boolean);
  const items = people.map((person) => ({
    label: person.real_name, description: [ROLE_WORDS[person.role], person.title, person.team !== workspace.team && workspace.teamName(person.team)].filter(Boolean).join(" · "),
    value: person.id, lead: avatar(person.id, person.real_name, { bot: person.role === "bot", size: "small" }),
  }));
  const button = h(
    "button",
    { type: "button", class: "members", title: "Members", "aria-label": `${people.length} members`, "aria-haspopup": "listbox", "aria-expanded": "false", data: { testid: "members" } },
    icon("people"), String(people.length),
  );
  button.addEventListener("click", () => openMenu(button, { label: "Members", items, search: items.length > 6, onPick: ({ value }) => app.talkTo(value) }));
  return button;
}

function opening(app, channel, title) {
  const words = channel.name ? `This is the very beginning of ${title}.` : "Only the two of you read this conversation.";
  const node = h("div", { class: "opening", data: { testid: "opening" } });
  return fill(node, h("h2", {}, title), h("p", {}, words, " ", channel.topic ?? ""));
}
