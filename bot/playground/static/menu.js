/** Popover lists under a control: overflow menus, selects with search, the person switcher. */
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopover, place } from "./popover.js";

/**
 * Open a list under `anchor`.
 * @param {{label: string, items?: {label, node?, description?, value, selected?, danger?, group?, lead?}[],
 *   ask?: (query: string) => Promise<{items?: object[], note?: string}>, search?: boolean, multiple?: boolean,
 *   most?: number, onPick: (item) => void, onClose?: () => void}} options
 *   `items` are all there is, or `ask` finds them as one types; at most `most` can be picked.
 */
export function openMenu(anchor, options) {
  new Menu(anchor, options).open();
}

class Menu {
  #anchor;
  #options;
  #items;
  #list;
  #search;
  #panel;
  #asked = 0;
  #typed = { text: "", time: 0 };

  constructor(anchor, options) {
    this.#anchor = anchor;
    this.#options = options;
    this.#items = options.items ?? [];
    this.#list = h(
      "ul",
      { class: "menu-list", role: "listbox", "aria-label": options.label, "aria-multiselectable": options.multiple ? "true" : null },
    );
    this.#search = options.search || options.ask ? searchBox(options) : null;
    this.#panel = h("div", { class: "menu", data: { testid: "menu" } }, this.#search, this.#list);
    this.#panel.addEventListener("keydown", (event) => this.#key(event));
    this.#search?.addEventListener("input", () => this.#find(this.#search.value));
  }

  open() {
    this.#show(this.#items);
    if (!openPopover(this.#anchor, this.#panel, { onClose: this.#options.onClose })) return;
    (this.#search ?? this.#list.querySelector("[aria-selected=true]") ?? this.#rows()[0])?.focus();
    if (this.#options.ask) this.#find("");
  }

  #rows() {
    return [...this.#list.querySelectorAll("[role=option]:not([aria-disabled=true])")];
  }

  #find(query) {
    if (this.#options.ask) return void this.#ask(query);
    const wanted = query.trim().toLowerCase();
    this.#show(this.#items.filter((item) => !wanted || `${item.label} ${item.description ?? ""}`.toLowerCase().includes(wanted)));
    place(this.#panel, this.#anchor);
  }

  /** Only the latest question's answer is shown. */
  async #ask(query) {
    const question = ++this.#asked;
    this.#list.setAttribute("aria-busy", "true");
    if (!this.#rows().length) this.#show([], "Looking…");
    const { items = [], note } = await this.#options.ask(query);
    if (question !== this.#asked) return;
    this.#list.removeAttribute("aria-busy");
    this.#items = items;
    this.#show(items, note);
    place(this.#panel, this.#anchor);
  }

  #show(items, note = "Nothing found") {
    let group = null;
    const rows = items.flatMap((item) => {
      const heading = item.group && item.group !== group ? h("li", { class: "menu-group", role: "presentation" }, item.group) : null;
      group = item.group ?? group;
      return [heading, this.#row(item)];
    });
    fill(this.#list, rows.length ? rows : h("li", { class: "menu-empty", role: "presentation" }, h("span", { role: "status" }, note)));
    this.#limit();
  }

  #row(item) {
    const pick = () => this.#pick(item, row);
    const row = h(
      "li",
      {
        class: item.danger ? "menu-item danger" : "menu-item", role: "option", tabindex: "-1",
        "aria-selected": String(Boolean(item.selected)), data: { value: item.value ?? "" }, onclick: pick,
        onkeydown: (event) => [" ", "Enter"].includes(event.key) && pickByKey(event, pick),
      },
      this.#options.multiple && h("span", { class: "menu-box", "aria-hidden": "true" }, icon("check", { size: 12 })),
      item.lead,
      h(
        "span",
        { class: "menu-words" },
        h("span", {}, item.node ?? item.label),
        item.description && h("span", { class: "menu-description" }, item.description),
      ),
      this.#options.multiple ? null : h("span", { class: "menu-tick" }, icon("check", { size: 14 })),
    );
    return row;
  }

  #pick(item, row) {
    if (row.getAttribute("aria-disabled") === "true") return;
    if (this.#options.multiple) {
      item.selected = !item.selected;
      row.setAttribute("aria-selected", String(item.selected));
    } else this.#panel.hidePopover();
    this.#options.onPick(item);
    this.#limit();
  }

  /** Once as many are picked as may be, the others wait until one is given up. */
  #limit() {
    const { most, chosen } = this.#options;
    if (!most) return;
    const full = chosen() >= most;
    for (const row of this.#list.querySelectorAll("[role=option]"))
      row.setAttribute("aria-disabled", String(full && row.getAttribute("aria-selected") !== "true"));
  }

  #key(event) {
    const rows = this.#rows();
    const at = rows.indexOf(document.activeElement);
    const step = { ArrowDown: at + 1, ArrowUp: at < 0 ? rows.length - 1 : at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === "Tab") this.#panel.hidePopover();
    else if (event.key === "Enter" && at < 0) {
      event.preventDefault();
      rows[0]?.click();
    } else if (step !== undefined && !(at < 0 && ["Home", "End"].includes(event.key))) {
      event.preventDefault();
      rows[(step + rows.length) % rows.length]?.focus();
    } else if (at >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey) this.#letter(event, rows);
  }

  /** A letter goes to the search, or to the next entry that begins with what was typed. */
  #letter(event, rows) {
    if (this.#search) return void this.#search.focus();
    const now = performance.now();
    const text = (now - this.#typed.time < 700 ? this.#typed.text : "") + event.key.toLowerCase();
    this.#typed = { text, time: now };
    rows.find((row) => row.querySelector(".menu-words").textContent.trim().toLowerCase().startsWith(text))?.focus();
  }
}

function searchBox({ label }) {
  return h(
    "input",
    { class: "menu-search", type: "text", placeholder: "Search…", "aria-label": `Search ${label}`, autocomplete: "off", spellcheck: "false" },
  );
}

/** The key ends here: once the menu is gone, the focus is elsewhere and the key would mean something else. */
function pickByKey(event, pick) {
  event.preventDefault();
  event.stopPropagation();
  pick();
}
