/** The page's keyboard shortcuts, and the sheet that lists them. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openJumper } from "./jumper.js";

const KEYS = [
  ["Ctrl K", "Go to a channel, a person, a ticket, or act as somebody"],
  ["Alt P", "Change person"],
  ["Alt W", "Change workspace"],
  ["Alt ↑ / ↓", "Previous or next channel"],
  ["Alt Shift ↑ / ↓", "Previous or next channel with something new"],
  ["F6", "From one part of the page to the next"],
  ["↑ / ↓", "Through the messages, once one of them has the focus"],
  ["R, T, M", "On a message: react, reply in its thread, more actions"],
  ["Enter", "On a message: into its buttons and links"],
  ["Esc", "Close what is open, back to the box to write in"],
  ["?", "This list"],
];

/** @param {object} app what the shortcuts work on */
export function listenToKeys(app) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const act = actOf(event, app);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function actOf(event, app) {
  const { key, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (command && key.toLowerCase() === "k") return () => openJumper(app);
  if (altKey && ["ArrowDown", "ArrowUp"].includes(key)) return () => step(key === "ArrowDown" ? 1 : -1, shiftKey);
  if (altKey && event.code === "KeyP") return () => document.querySelector(".person-switcher")?.click();
  if (altKey && event.code === "KeyW") return () => document.querySelector("button.team-switcher")?.click();
  if (key === "F6") return () => nextPart(shiftKey ? -1 : 1);
  if (command || altKey || event.target.matches("input, textarea, select, [contenteditable]")) return null;
  if (key === "?") return () => showKeys();
  if (key === "Escape" && event.target.closest(".timeline")) return () => event.target.closest(".pane").querySelector(".composer-text")?.focus();
  return null;
}

/** To the previous or next channel of the list, or the next one with something new. */
function step(by, onlyNew) {
  const links = [...document.querySelectorAll(".places a.place")].filter((link) => !onlyNew || link.matches(".unread, [aria-current]"));
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  links[(at + by + links.length) % links.length]?.click();
}

const PARTS = [".places a[aria-current], .places a", "#main .message[tabindex='0'], #main .scroller", "#main .composer-text", "#aside .message[tabindex='0']", "#aside .composer-text", ".wire-toggle"];

/** From the part of the page where the focus is to the next one that there is. */
function nextPart(step) {
  const stops = PARTS.map((selector) => document.querySelector(selector)).filter((node) => node?.checkVisibility());
  const regions = stops.map((node) => node.closest(".composer, .timeline, .places, .wire, .scroller"));
  const at = regions.findIndex((region) => region?.contains(document.activeElement));
  stops[(at + step + stops.length) % stops.length]?.focus();
}

/** The sheet with all of them. */
export function showKeys() {
  const close = () => dialog.close();
  const rows = KEYS.flatMap(([keys, words]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, words)]);
  const dialog = h(
    "dialog",
    { class: "modal keys", "aria-label": "Keyboard shortcuts", data: { testid: "keys" } },
    h("header", { class: "modal-head" }, h("h2", {}, "Keyboard shortcuts"), h("button", { type: "button", class: "icon-button bare", "aria-label": "Close", onclick: close }, icon("close"))),
    h("div", { class: "modal-body" }, h("dl", { class: "key-list" }, rows)),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
