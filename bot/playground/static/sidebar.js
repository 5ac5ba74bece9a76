/** The left column: workspace, places, channels with what is new, and who one acts as. */
import { avatar } from "./avatar.js";
import { arrange, h } from "./dom.js";
import { icon } from "./icons.js";
import { showKeys } from "./keys.js";
import { openMenu } from "./menu.js";
import { readUpTo } from "./readmarks.js";
import { channelHash } from "./route.js";
import { themeButton } from "./theme.js";
import { personItems, personSwitcher, teamSwitcher } from "./who.js";

export class Sidebar {
  #app;
  #team = h("div", { class: "workspace-head" });
  #live = h("span", { class: "live", id: "live-state", role: "status" });
  #lists = { top: h("ul"), channels: h("ul"), direct: h("ul"), apps: h("ul") };
  #person = h("div", { class: "acting" });
  #nodes = new Map();

  constructor(app) {
    this.#app = app;
    const { top, channels, direct, apps } = this.#lists;
    document.addEventListener("pointerdown", Sidebar.#leave);
    this.node = h(
      "div",
      { class: "sidebar" },
      this.#team,
      h("nav", { class: "places", "aria-label": "Places" }, top, head("Channels"), channels, head("Direct messages", this.#writeTo()), direct, head("Apps"), apps),
      h("div", { class: "side-foot" }, this.#live, themeButton(), sideButton("keys", "Keyboard shortcuts (?)", "help", showKeys)),
      this.#person,
    );
  }

  /** On a phone it lies over the page, until one touches something else. */
  static #leave({ target }) {
    if (!target.closest("#sidebar, .menu-button, .menu")) document.body.classList.remove("menu-open");
  }

  draw() {
    const { workspace } = this.#app;
    const { me } = workspace;
    arrange(this.#team, [this.#kept("team", `${workspace.team} ${workspace.teams.length}`, () => teamSwitcher(this.#app))]);
    arrange(this.#lists.top, [this.#helpdesk(), this.#threads()]);
    arrange(this.#lists.channels, workspace.channelsOf(me).map((channel) => this.#channel(channel)));
    arrange(this.#lists.direct, this.#people().map((channel) => this.#channel(channel)));
    arrange(this.#lists.apps, [this.#appEntry()]);
    arrange(this.#person, [this.#kept("person", `${me} ${workspace.mine?.deleted}`, () => personSwitcher(this.#app))]);
  }

  /** Direct messages with people; the app has a place of its own. */
  #people() {
    const { workspace } = this.#app;
    return workspace.directOf(workspace.me).filter((channel) => workspace.person(workspace.other(channel))?.role !== "bot");
  }

  #writeTo() {
    const button = sideButton("plus", "Write to somebody", "write-to", () => {
      const { workspace } = this.#app;
      const items = personItems(workspace, workspace.team).filter(({ value }) => value !== workspace.me).map((item) => ({ ...item, selected: false }));
      openMenu(button, { label: "Write to", items, search: true, onPick: ({ value }) => this.#app.talkTo(value) });
    });
    button.setAttribute("aria-haspopup", "listbox");
    return button;
  }

  /** The node of this key, made anew only when what it shows has changed; whoever stood on it stays on it. */
  #kept(key, shows, make) {
    const old = this.#nodes.get(key);
    if (old?.shows === shows) return old.node;
    const focused = old?.node.contains(document.activeElement);
    const node = make();
    this.#nodes.set(key, { shows, node });
    if (focused) {
      old.node.replaceWith(node);
      (node.matches("a, button") ? node : node.querySelector("a, button"))?.focus();
    }
    return node;
  }

  #entry({ symbol, ...place }) {
    return this.#kept(place.testid, JSON.stringify(place), () => entry({ symbol: symbol(), ...place }));
  }

  #helpdesk() {
    const open = this.#app.workspace.openTickets;
    return this.#entry({
      href: "#/helpdesk", label: "Helpdesk", symbol: () => icon("helpdesk"), current: this.#app.route.kind === "helpdesk", testid: "go-helpdesk",
      badge: open ? (open > 99 ? "99+" : String(open)) : null, words: open ? "open tickets" : null,
    });
  }

  #threads() {
    const { workspace, route } = this.#app;
    const fresh = workspace.threadsOf(workspace.me).filter((thread) => thread.fresh > 0).length;
    return this.#entry({
      href: "#/threads", label: "Threads", symbol: () => icon("reply"), current: route.kind === "threads", testid: "go-threads", strong: fresh > 0,
      badge: fresh ? String(fresh) : null, badgeClass: "count mention-count", words: fresh ? "threads with new replies" : null,
    });
  }

  #appEntry() {
    const { workspace, route } = this.#app;
    const { count } = this.#unread(workspace.directWithApp(workspace.me));
    return this.#entry({
      href: "#/home", label: workspace.appName, symbol: () => avatar("bot", workspace.appName, { bot: true, size: "tiny" }), current: route.kind === "home",
      testid: "go-home", strong: count > 0, badge: count ? String(count) : "APP", badgeClass: count ? "count mention-count" : "app-badge", words: count ? "new messages" : null,
    });
  }

  #unread(channel) {
    const { workspace } = this.#app;
    return workspace.conversation(channel.id).unread(readUpTo(workspace.me, channel.id), workspace.me);
  }

  #channel(channel) {
    const { workspace, route } = this.#app;
    const { count, mentions } = this.#unread(channel);
    const current = route.kind === "channel" && [channel.name, channel.id].includes(route.channel);
    const label = channel.name || this.#app.channelTitle(channel);
    return this.#entry({
      href: channelHash(channel.name || channel.id), label, current, testid: `channel-${channel.name || channel.id}`, strong: count > 0,
      symbol: () => symbolOf(channel, workspace, label), muted: channel.is_archived, marks: marksOf(channel, workspace), ...badges(count, channel.is_direct ? count : mentions),
    });
  }
}

/** Opens the column where it does not stand beside the page. */
export function menuButton() {
  const toggle = () => document.body.classList.toggle("menu-open");
  return h("button", { type: "button", class: "icon-button bare menu-button", "aria-label": "Channels and places", onclick: toggle }, icon("menu"));
}

function symbolOf(channel, workspace, label) {
  if (channel.is_direct) return avatar(workspace.other(channel), label, { size: "tiny" });
  return icon(channel.is_archived ? "archive" : channel.is_private ? "lock" : "hash");
}

/** What a reader of the list should know of a channel beside its name. */
function marksOf(channel, workspace) {
  const others = (channel.teams ?? []).filter((team) => team !== workspace.team).map((team) => workspace.teamName(team));
  return [channel.is_private && !channel.is_direct && "private", channel.is_archived && "archived", others.length && `shared with ${others.join(", ")}`].filter(Boolean).join(", ");
}

function head(words, button = null) {
  return h("div", { class: "places-head" }, h("h2", {}, words), button);
}

function sideButton(mark, title, testid, onclick) {
  return h("button", { type: "button", class: "side-button", title, "aria-label": title, data: { testid }, onclick }, icon(mark));
}

function entry({ href, label, symbol, current, testid, strong = false, muted = false, marks = "", badge = null, badgeClass = "count", words = null }) {
  const classes = ["place", strong && "unread", muted && "muted-place"].filter(Boolean).join(" ");
  return h(
    "li",
    {},
    h(
      "a",
      { href, class: classes, "aria-current": current ? "page" : null, title: marks || null, data: { testid } },
      symbol, h("span", { class: "place-name" }, label),
      marks.includes("shared") ? icon("shared", { size: 13 }) : null,
      marks && h("span", { class: "visually-hidden" }, `, ${marks}`),
      badge && h("span", { class: badgeClass }, badge), words && h("span", { class: "visually-hidden" }, words),
    ),
  );
}

function badges(count, mentions) {
  if (mentions) return { badge: `@${Math.min(mentions, 99)}`, badgeClass: "count mention-count", words: `${count} new, ${mentions} mention you` };
  if (count) return { badge: count > 99 ? "99+" : String(count), words: "new messages" };
  return {};
}
