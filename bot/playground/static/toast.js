/** Short notices in the corner; each goes by itself, and the same words never stand there twice. */
import { h } from "./dom.js";
import { icon } from "./icons.js";

const SECONDS = 8;

export function toast(text, { kind = "info" } = {}) {
  const host = document.querySelector("#toasts");
  for (const old of [...host.children]) if (old.dataset.text === text) old.remove();
  const close = h("button", { type: "button", class: "icon-button bare", "aria-label": "Dismiss", onclick: () => node.remove() }, icon("close", { size: 14 }));
  const mark = kind === "error" ? h("strong", {}, "Problem: ") : null;
  const node = h("div", { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status", data: { testid: "toast", text } }, h("span", {}, mark, text), close);
  host.append(node);
  if (host.children.length > 4) host.firstElementChild.remove();
  setTimeout(() => node.remove(), SECONDS * 1000);
}

/** Say it to who listens to the page instead of looking at it, when nothing else is being said. */
export function announce(text) {
  document.querySelector("#announcer").textContent = text.slice(0, 200);
}
