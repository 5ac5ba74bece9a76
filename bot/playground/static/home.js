/** The app's own place: its Home as published for this person, the conversation with it, and what it says of itself. */
import { avatar } from "./avatar.js";
import { blockNodes } from "./blocks.js";
import { ChannelPane } from "./channel.js";
import { fill, h } from "./dom.js";

const TABS = { home: "Home", messages: "Messages", about: "About" };

export class HomePane {
  #app;
  #tab;
  #body = h("div", { class: "home-body" });
  #drawn = null;
  #messages = null;

  constructor(app, tab = "home") {
    this.#app = app;
    this.#tab = tab;
    const { workspace } = app;
    const head = h("header", { class: "pane-head app-head" }, app.menuButton(), h("h1", {}, avatar("bot", workspace.appName, { bot: true, size: "small" }), workspace.appName), h("span", { class: "topic" }, workspace.app.description ?? ""));
    const tabs = h("nav", { class: "tabs app-tabs", "aria-label": "Parts of the app" }, Object.entries(TABS).map(([name, label]) => this.#link(name, label)));
    this.node = h("section", { class: "pane home-pane", "aria-label": "App Home", data: { testid: "home" } }, head, tabs, this.#content());
  }

  /** Messages are a channel pane, for reading and revealing. */
  get timeline() {
    return this.#messages?.timeline;
  }

  draw() {
    if (this.#messages) return void this.#messages.draw();
    if (this.#tab === "home") this.#drawHome();
  }

  markUnread(message) {
    this.#messages?.markUnread(message);
  }

  #link(name, label) {
    return h("a", { class: "tab", href: name === "home" ? "#/home" : `#/home/${name}`, "aria-current": name === this.#tab ? "page" : null, data: { testid: `tab-${name}` } }, label);
  }

  #content() {
    const { workspace } = this.#app;
    if (this.#tab === "messages") {
      this.#messages = new ChannelPane(this.#app, workspace.directWithApp(workspace.me), { bare: true });
      return this.#messages.node;
    }
    if (this.#tab === "about") fill(this.#body, about(workspace));
    return h("div", { class: "scroller", tabindex: "0" }, this.#body);
  }

  #drawHome() {
    const { workspace } = this.#app;
    const view = workspace.homes[workspace.me];
    if (view && view === this.#drawn) return;
    this.#drawn = view;
    if (!view) return void fill(this.#body, h("div", { class: "empty" }, h("h2", {}, "Nothing here yet"), h("p", {}, "The app has not published a Home for you.")));
    fill(this.#body, blockNodes(view.blocks, this.#app.surface({ view_id: view.id }, view.id, view.blocks)));
  }
}

function about({ app }) {
  const row = (name, description, hint) => h("li", {}, h("strong", {}, name), hint && h("span", { class: "muted" }, ` ${hint}`), description && h("div", { class: "muted" }, description));
  const list = (title, rows) => rows.length > 0 && [h("h3", {}, title), h("ul", { class: "about-list" }, rows)];
  return h(
    "div",
    { class: "about", data: { testid: "about" } },
    h("h2", {}, app.name), h("p", {}, app.long_description || app.description || "The app says nothing of itself."),
    list("Commands", (app.commands ?? []).map((each) => row(each.command, each.description, each.hint))),
    list("Shortcuts", (app.shortcuts ?? []).map((each) => row(each.name, each.description, each.on_message ? "on a message" : "anywhere"))),
  );
}
