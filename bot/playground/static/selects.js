/** Select menus, single and multiple, with search. */
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { asking, entryOf, SOURCES } from "./sources.js";
import { words } from "./text.js";

const SEARCHED_FROM = 7;

const valueOf = (raw) => raw?.value ?? raw;

/** What both kinds have in common: the entries, marked where they are chosen, or a way to ask the app for them. */
function choices(element, block, surface, isChosen) {
  const kind = element.type.replace("multi_", "");
  const mark = (entry) => ({ ...entry, selected: isChosen(entry) });
  const entries = () => SOURCES[kind].entries(element, surface);
  if (kind !== "external_select") return { entries, menu: () => ({ items: entries().map(mark), search: entries().length >= SEARCHED_FROM }) };
  const ask = asking(element, block, surface);
  return { entries, menu: () => ({ ask: async (query) => markAll(await ask(query), mark) }) };
}

const markAll = (answer, mark) => ({ ...answer, items: answer.items?.map(mark) });

/** Opened by a click, by Enter, and by the arrow down. */
function control(element, block) {
  const node = h("button", {
    type: "button", class: "select", "aria-haspopup": "listbox", "aria-expanded": "false",
    data: { actionId: element.action_id ?? "", blockId: block.block_id ?? "" },
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    node.click();
  });
  return node;
}

const placeholderOf = (element, ready) => words(element.placeholder) || ready;

function face(node, entry, placeholder) {
  const label = entry ? [entry.lead, h("span", { class: "select-words" }, entry.node ?? entry.label)] : placeholder;
  fill(node, h("span", { class: entry ? "select-value" : "select-value placeholder" }, label), icon("chevron"));
}

/** The conversation in which the person is, where the element asks for it. */
function startingConversation(element, surface) {
  return element.default_to_current_conversation ? surface.conversation() : null;
}

export function select(element, block, surface) {
  const { word } = SOURCES[element.type];
  const key = `selected_${word}`;
  const initial = element[`initial_${word}`] ?? startingConversation(element, surface);
  let chosen = surface.start(block, element, { [key]: initial })[key];
  const { entries, menu } = choices(element, block, surface, (entry) => entry.value === valueOf(chosen));
  const node = control(element, block);
  const placeholder = placeholderOf(element, "Select an option");
  const show = () => face(node, chosen && entryOf(chosen, entries()), placeholder);
  const pick = async ({ raw }) => {
    const before = chosen;
    chosen = raw;
    show();
    if (await surface.enter(block, element, { [key]: raw })) return;
    chosen = before;
    show();
  };
  node.addEventListener("click", () => openMenu(node, { label: placeholder, ...withClear(menu(), chosen && block.optional), onPick: pick }));
  show();
  return node;
}

/** What may stay empty can be emptied again. */
function withClear(menu, wanted) {
  return wanted && menu.items ? { ...menu, items: [{ label: "Clear the selection", value: "", raw: null }, ...menu.items] } : menu;
}

export function multiSelect(element, block, surface) {
  const { word } = SOURCES[element.type.replace("multi_", "")];
  const key = `selected_${word}s`;
  const current = startingConversation(element, surface);
  let chosen = surface.start(block, element, { [key]: element[`initial_${word}s`] ?? (current ? [current] : []) })[key];
  let sent = chosen;
  const has = (entry) => chosen.some((raw) => valueOf(raw) === entry.value);
  const { entries, menu } = choices(element, block, surface, has);
  const node = control(element, block);
  const tokens = h("span", { class: "tokens" });
  const placeholder = placeholderOf(element, "Select options");
  const show = () => {
    fill(tokens, chosen.map((raw) => token(entryOf(raw, entries()), () => tell(without(raw)))));
    face(node, null, chosen.length ? "Add…" : placeholder);
    node.setAttribute("aria-description", chosen.map((raw) => entryOf(raw, entries()).label).join(", "));
  };
  const without = (gone) => chosen.filter((raw) => valueOf(raw) !== valueOf(gone));
  const tell = async (next) => {
    chosen = next;
    show();
    if (sameValues(chosen, sent)) return;
    if (await surface.enter(block, element, { [key]: chosen })) sent = chosen;
    else chosen = sent;
    show();
  };
  const pick = (entry) => {
    chosen = entry.selected ? [...chosen, entry.raw] : without(entry.raw);
    if (surface.waits(block)) surface.keep(block, element, { [key]: chosen });
    show();
  };
  const limits = { multiple: true, most: element.max_selected_items, chosen: () => chosen.length };
  node.addEventListener("click", () => openMenu(node, { label: placeholder, ...menu(), ...limits, onPick: pick, onClose: () => tell(chosen) }));
  show();
  return h("div", { class: "multi", role: "group" }, tokens, node);
}

const sameValues = (one, other) => JSON.stringify(one.map(valueOf)) === JSON.stringify(other.map(valueOf));

/** One chosen entry; Backspace, Delete or its cross take it away. */
function token(entry, remove) {
  const cross = h(
    "button",
    { type: "button", class: "token-remove", "aria-label": `Remove ${entry.label}`, onclick: remove },
    icon("close", { size: 11 }),
  );
  cross.addEventListener("keydown", (event) => ["Backspace", "Delete"].includes(event.key) && remove());
  return h("span", { class: "token" }, h("span", { class: "token-words" }, entry.lead, entry.node ?? entry.label), cross);
}
