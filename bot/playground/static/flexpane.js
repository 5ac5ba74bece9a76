/** Beside the conversation: the details of a work object that this person opened, as the app presents them. */
import { fill, h, link } from "./dom.js";
import { icon } from "./icons.js";
import { visit } from "./links.js";
import { objectFields, objectHead, titleOf } from "./workobjects.js";

export class Flexpane {
  #app;
  #pane = null;
  #closed = null;

  constructor(app) {
    this.#app = app;
    this.node = h("aside", { class: "flexpane", hidden: true, "aria-label": "Details", tabindex: "-1", data: { testid: "flexpane" } });
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
  }

  draw() {
    const { workspace } = this.#app;
    const pane = workspace.flexpanes.get(workspace.me) ?? null;
    if (pane === this.#pane) return;
    const opened = pane && pane.trigger_id !== this.#pane?.trigger_id;
    this.#pane = pane;
    this.node.hidden = !pane || pane.trigger_id === this.#closed;
    if (!pane) return;
    const close = h(
      "button",
      { type: "button", class: "icon-button bare", "aria-label": "Close details", onclick: () => this.#close() },
      icon("close"),
    );
    fill(
      this.node,
      h("header", { class: "pane-head" }, h("h2", {}, "Details"), h("span", { class: "topic" }), close),
      h("div", { class: "flexpane-body", "aria-live": "polite" }, contents(pane, workspace)),
    );
    if (opened && !this.node.hidden) this.node.focus();
  }

  #close() {
    this.#closed = this.#pane.trigger_id;
    this.node.hidden = true;
  }
}

function contents({ answer, url }, workspace) {
  if (answer.metadata) return details(answer.metadata, workspace);
  if (answer.user_auth_url) return h("p", {}, link(answer.user_auth_url, "Connect your account"), " to see the details.");
  if (answer.error) return failure(answer.error, url);
  return h("p", { class: "muted" }, h("span", { class: "spinner" }), "Asking the app…");
}

function failure({ custom_title: title, custom_message: message, status }, url) {
  return [h("h3", {}, title ?? "There is nothing to show"), h("p", {}, message ?? status.replaceAll("_", " ")), h("p", {}, link(url, "Open it where it lives"))];
}

function details(entity, workspace) {
  const { primary_actions: first = [], overflow_actions: more = [] } = entity.entity_payload.actions ?? {};
  const links = [...first, ...more].filter(({ url }) => url).map(({ text, url }) => h("button", { type: "button", class: "button", onclick: () => visit(url, workspace) }, text));
  return h(
    "article",
    { "aria-label": titleOf(entity) },
    objectHead(entity),
    objectFields(entity, workspace),
    links.length ? h("div", { class: "actions" }, links) : null,
  );
}
