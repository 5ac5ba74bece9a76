/** Completion in the box to write in: commands with their hints, people, channels, emoji. */
import { avatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { emoji, emojiNames } from "./glyphs.js";
import { icon } from "./icons.js";

const MOST = 8;

/** What fits to what stands before the caret: `{hint?, items: [{label, insert, description?, lead?, from}]}`. */
export function suggest(box, workspace, withCommands) {
  const before = box.value.slice(0, box.selectionStart ?? box.value.length);
  if (withCommands && before.startsWith("/")) return commands(before, workspace.commands);
  const [, sign, word = ""] = /(?:^|\s)([@#:])([\p{L}\p{N}_+-][\p{L}\p{N}_+ -]*)?$/u.exec(before) ?? [];
  if (!sign || (sign === ":" && word.length < 2) || /\s\S*\s/.test(word)) return { items: [] };
  const from = before.length - word.length - 1;
  return { items: SOURCES[sign](word.toLowerCase(), workspace).slice(0, MOST).map((item) => ({ ...item, from })) };
}

const SOURCES = {
  "@": (word, { people, team, channels, me }) => {
    const near = new Set(channels.filter(({ members }) => members.includes(me)).flatMap(({ members }) => members));
    const found = people.filter((person) => !person.deleted && (person.team === team || near.has(person.id)) && `${person.real_name} ${person.name}`.toLowerCase().includes(word));
    const special = ["here", "channel"].filter((name) => word && name.startsWith(word)).map((name) => ({ label: `@${name}`, insert: `@${name} `, description: "Notify everybody in here" }));
    const person = ({ id, real_name, title, role }) => ({ label: real_name, insert: `@${real_name} `, description: title, lead: avatar(id, real_name, { bot: role === "bot", size: "small" }) });
    return [...found.map(person), ...special];
  },
  "#": (word, workspace) => workspace.channelsOf(workspace.me).filter(({ name }) => name.includes(word)).map(({ name, topic, is_private }) => ({
    label: name, insert: `#${name} `, description: topic, lead: icon(is_private ? "lock" : "hash"),
  })),
  ":": (word) => emojiNames().filter((name) => name.startsWith(word)).map((name) => ({ label: `:${name}:`, insert: `:${name}: `, lead: emoji(name) })),
};

/** Commands that begin like what is written, then the words that the command's hint offers. */
function commands(text, known) {
  const exact = known.find((each) => text.startsWith(`${each.command} `));
  const whole = ({ command, hint, description }) => ({ label: command, hint, insert: `${command} `, description, from: 0 });
  if (!exact) return { items: known.filter((each) => each.command.startsWith(text.trim())).map(whole) };
  const begun = text.slice(exact.command.length + 1);
  const offered = [...(exact.hint ?? "").matchAll(/(?:^|\|)\s*([a-z][a-z-]+)/g)].map(([, word]) => word);
  const items = offered.filter((word) => word.startsWith(begun) && word !== begun).map((word) => ({ label: `${exact.command} ${word}`, insert: `${exact.command} ${word} `, from: 0 }));
  return { hint: begun.trim() ? null : exact, items };
}

export class Suggestions {
  #items = [];
  #at = 0;
  #box;
  #changed;

  constructor(id) {
    this.node = h("ul", { class: "suggestions", id, role: "listbox", "aria-label": "Suggestions", hidden: true, onpointerdown: (event) => event.preventDefault() });
  }

  show({ hint = null, items }, box, changed) {
    [this.#items, this.#at, this.#box, this.#changed] = [items, 0, box, changed];
    const usage = hint && h(
      "li", { class: "suggestion usage", role: "presentation", data: { testid: "usage" } },
      h("span", {}, h("strong", {}, hint.command), h("span", { class: "muted" }, ` ${hint.hint ?? ""}`)), h("span", { class: "menu-description" }, hint.description),
    );
    fill(this.node, usage, items.map((item, index) => this.#row(item, index)));
    this.node.hidden = !hint && items.length === 0;
    this.#mark();
  }

  hide() {
    this.node.hidden = true;
    this.#box?.removeAttribute("aria-activedescendant");
  }

  /** True when the key was meant for the list. */
  key(event) {
    if (this.node.hidden || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") this.hide();
    else if (!this.#items.length) return false;
    else if (step) this.#move(step);
    else if ((event.key === "Tab" && !event.shiftKey) || (event.key === "Enter" && this.#completes())) this.#take(this.#items[this.#at]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** Enter sends what is whole already; a half-written word it completes. */
  #completes() {
    const { from, insert } = this.#items[this.#at];
    const typed = this.#box.value.slice(from, this.#box.selectionStart);
    return typed.trim() !== insert.trim() && !insert.startsWith(`${typed.trim()} `);
  }

  #move(step) {
    this.#at = (this.#at + step + this.#items.length) % this.#items.length;
    this.#mark();
  }

  #take(item) {
    const end = this.#box.selectionStart;
    this.#box.setRangeText(item.insert, item.from, end, "end");
    this.#box.focus();
    this.#changed();
  }

  #row(item, index) {
    return h(
      "li",
      { role: "option", class: "suggestion", id: `${this.node.id}-${index}`, onclick: () => this.#take(item) },
      item.lead && h("span", { class: "suggestion-lead" }, item.lead),
      h("span", { class: "suggestion-words" }, h("span", {}, h("strong", {}, item.label), item.hint && h("span", { class: "muted" }, ` ${item.hint}`)), item.description && h("span", { class: "menu-description" }, item.description)),
    );
  }

  #mark() {
    const options = [...this.node.querySelectorAll("[role=option]")];
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.#at)));
    if (options[this.#at]) this.#box?.setAttribute("aria-activedescendant", options[this.#at].id);
    else this.#box?.removeAttribute("aria-activedescendant");
  }
}
