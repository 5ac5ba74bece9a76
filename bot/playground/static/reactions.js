/** Emoji under a message, and the small board from which one is picked. */
import { h } from "./dom.js";
import { emoji, emojiNames } from "./glyphs.js";
import { icon } from "./icons.js";
import { openPopover } from "./popover.js";

export const QUICK_REACTIONS = ["white_check_mark", "eyes", "+1"];
const MOST_SHOWN = 200;

/** The reactions that a message has, each with who gave it; pressing one's own takes it back. */
export function reactionChips(message, app) {
  if (!message.reactions?.length) return null;
  const add = h(
    "button",
    {
      type: "button", class: "reaction add", title: "Add reaction", "aria-label": "Add reaction", "aria-haspopup": "dialog", "aria-expanded": "false",
      onclick: () => pickReaction(add, message, app),
    },
    icon("smile", { size: 16 }),
  );
  return h("div", { class: "reactions" }, message.reactions.map((reaction) => chip(reaction, message, app)), message.ephemeral_to ? null : add);
}

function chip({ name, count, users = [] }, message, app) {
  const who = users.map((id) => (id === app.workspace.me ? "You" : app.workspace.personName(id))).join(", ");
  const mine = users.includes(app.workspace.me);
  return h(
    "button",
    {
      type: "button", class: mine ? "reaction mine" : "reaction", "aria-pressed": String(mine), title: `${who} reacted with :${name}:`,
      "aria-label": `${count} reacted with ${name}: ${who}`, onclick: () => app.acts.react(message, name),
    },
    emoji(name) ?? `:${name}:`,
    h("span", {}, String(count ?? users.length)),
  );
}

/** Open the board of emoji at `anchor`; the one that is picked goes to the message. */
export function pickReaction(anchor, message, app) {
  const pick = (name) => {
    panel.hidePopover();
    app.acts.react(message, name);
  };
  const board = h("div", { class: "emoji-board", role: "group", "aria-label": "Emoji" });
  const search = h("input", { class: "menu-search", type: "text", placeholder: "Search emoji…", "aria-label": "Search emoji", autocomplete: "off", spellcheck: "false" });
  const panel = h("div", { class: "menu emoji-picker", role: "dialog", "aria-label": "Pick a reaction", data: { testid: "emoji-picker" } }, search, board);
  const show = () => {
    const wanted = search.value.trim().toLowerCase().replaceAll(":", "").replaceAll(" ", "_");
    const found = emojiNames().filter((name) => name.includes(wanted)).slice(0, MOST_SHOWN);
    board.replaceChildren(...found.map((name) => cell(name, pick)));
    if (!found.length) board.append(h("p", { class: "menu-empty" }, "Nothing found"));
  };
  search.addEventListener("input", show);
  panel.addEventListener("keydown", (event) => moveInBoard(event, board, search));
  show();
  if (openPopover(anchor, panel)) search.focus();
}

function cell(name, pick) {
  return h("button", { type: "button", class: "emoji-cell", title: `:${name}:`, "aria-label": name, data: { emoji: name }, onclick: () => pick(name) }, emoji(name));
}

function moveInBoard(event, board, search) {
  const cells = [...board.querySelectorAll("button")];
  const at = cells.indexOf(document.activeElement);
  if (event.key === "Enter" && document.activeElement === search) {
    event.preventDefault();
    return void cells[0]?.click();
  }
  const perRow = cells.filter(({ offsetTop }) => offsetTop === cells[0].offsetTop).length;
  const step = { ArrowDown: at < 0 ? 1 : perRow, ArrowUp: -perRow, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined || (at < 0 && event.key !== "ArrowDown")) return;
  event.preventDefault();
  (cells[at + step] ?? (step < 0 ? search : cells.at(-1))).focus();
}
