/** What went over the wire between the app, the workspace and the helpdesk, newest first. */
import { api } from "./api.js";
import { arrange, fill, h } from "./dom.js";
import { faultsButton } from "./faultspanel.js";
import { icon } from "./icons.js";
import { kindOf, KINDS, refusalOf, wireRow } from "./wirerow.js";

const MOST_ROWS = 150;
const PAGE = 500;

export class WireDrawer {
  #app;
  #open = false;
  #stopped = null;
  #drawn = { length: -1, last: -1 };
  #rows = new Map();
  #list = h("ol", { class: "wire-list" });
  #count = h("span", { class: "wire-count", role: "status" });
  #filter = h("input", { class: "field wire-filter", type: "search", placeholder: "Filter: method, path, word…", "aria-label": "Filter the wire", data: { testid: "wire-filter" } });
  #kind = h("select", { class: "field wire-kind", "aria-label": "Kind", data: { testid: "wire-kind" } }, h("option", { value: "" }, "Everything"), Object.entries(KINDS).map(([value, words]) => h("option", { value }, words)));
  #refused = h("input", { type: "checkbox", data: { testid: "wire-refused" } });
  #pause = h("button", { type: "button", class: "button small", "aria-pressed": "false", data: { testid: "wire-pause" }, onclick: () => this.#turnPause() }, icon("pause", { size: 13 }), "Pause");
  #panel;
  #faults;

  constructor(app) {
    this.#app = app;
    for (const control of [this.#filter, this.#kind, this.#refused]) control.addEventListener("input", () => this.#redraw());
    const bar = h("div", { class: "wire-bar" }, this.#filter, this.#kind, h("label", { class: "wire-only" }, this.#refused, "Only refusals"), this.#pause, this.#count);
    this.#panel = h("div", { class: "wire-panel", hidden: true }, bar, h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Requests" }, this.#list));
    this.summary = h("span", { class: "wire-summary" });
    this.#faults = faultsButton(app);
    const toggle = h("button", { type: "button", class: "wire-toggle", "aria-expanded": "false", data: { testid: "wire-toggle" }, onclick: () => this.#turn(toggle) }, icon("wire"), "Wire inspector", this.summary);
    this.node = h("section", { class: "wire", "aria-label": "Wire inspector", data: { testid: "wire" } }, h("div", { class: "wire-head" }, toggle, this.#faults.node), this.#panel);
  }

  #turn(toggle) {
    this.#open = !this.#open;
    this.#panel.hidden = !this.#open;
    toggle.setAttribute("aria-expanded", String(this.#open));
    if (this.#open) this.#load();
  }

  /** The last exchanges from before this page was opened. */
  async #load() {
    const { workspace } = this.#app;
    const { last } = await api.wireSince(0, 1);
    const { entries } = await api.wireSince(Math.max(0, last - PAGE), PAGE);
    const known = new Set(entries.map(({ n }) => n));
    workspace.wire = [...entries, ...workspace.wire.filter(({ n }) => n > (entries.at(-1)?.n ?? 0) && !known.has(n))];
    this.#redraw();
  }

  /** While it stands still, one can read; what comes meanwhile is kept. */
  #turnPause() {
    this.#stopped = this.#stopped ? null : [...this.#app.workspace.wire];
    this.#pause.setAttribute("aria-pressed", String(Boolean(this.#stopped)));
    fill(this.#pause, icon(this.#stopped ? "play" : "pause", { size: 13 }), this.#stopped ? "Go on" : "Pause");
    this.#redraw();
  }

  #redraw() {
    this.#drawn = { length: -1, last: -1 };
    this.draw();
  }

  draw() {
    const { wire } = this.#app.workspace;
    this.#faults.draw();
    this.#drawSummary(wire.at(-1));
    const entries = this.#stopped ?? wire;
    const now = { length: entries.length, last: wire.at(-1)?.n ?? 0 };
    if (!this.#open || (now.length === this.#drawn.length && now.last === this.#drawn.last)) return;
    this.#drawn = now;
    this.#drawRows(entries.filter((entry) => this.#fits(entry)), wire.length - entries.length);
  }

  #drawRows(found, waiting) {
    const shown = found.slice(-MOST_ROWS).reverse();
    const kept = new Map(shown.map((entry) => [entry.n, this.#rows.get(entry.n) ?? wireRow(entry, this.#app.workspace)]));
    this.#rows = kept;
    arrange(this.#list, shown.length ? [...kept.values()] : [h("li", { class: "empty" }, "Nothing like this went over the wire yet.")]);
    this.#count.textContent = [found.length > shown.length ? `the latest ${shown.length} of ${found.length}` : `${found.length} shown`, waiting > 0 && `${waiting} waiting`].filter(Boolean).join(", ");
  }

  #drawSummary(last) {
    const text = last ? `${last.direction === "to_bot" ? "to the app" : "from the app"}: ${last.what} ${refusalOf(last) ? "failed" : last.status} in ${Math.round(last.ms)} ms` : "";
    if (this.summary.textContent !== text) this.summary.textContent = text;
  }

  #fits(entry) {
    const wanted = this.#filter.value.trim().toLowerCase();
    if (this.#kind.value && kindOf(entry) !== this.#kind.value) return false;
    if (this.#refused.checked && !refusalOf(entry)) return false;
    entry.words ??= JSON.stringify([entry.what, entry.path, entry.status, entry.error, entry.arguments, entry.answer]).toLowerCase();
    return entry.words.includes(wanted);
  }
}
