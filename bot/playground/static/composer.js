/** The box to write in: messages with mentions, slash commands, and the app's global shortcuts. */
import { Suggestions, suggest } from "./suggestions.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { asSent } from "./typed.js";

/**
 * @param {{placeholder: string, testid: string, workspace: object, send: (text) => Promise<boolean>,
 *   command?: (command, text) => Promise<boolean>, useShortcut?: (callbackId) => void, foot?: Node, text?: string}} options
 */
export function composer({ placeholder, testid, workspace, send, command, useShortcut, foot = null, text = "" }) {
  const list = new Suggestions(`${testid}-suggestions`);
  const box = h("textarea", { class: "composer-text", rows: 1, placeholder, value: text, "aria-label": placeholder, "aria-autocomplete": "list", "aria-controls": list.node.id, data: { testid } });
  const button = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send", disabled: true }, icon("send", { size: 18 }));
  const row = h("div", { class: "composer-row" }, useShortcut && plusButton(workspace, box, useShortcut), box, button);
  const form = h("form", { class: "composer" }, list.node, row, foot);

  const changed = () => {
    button.disabled = box.value.trim() === "";
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
    list.show(suggest(box, workspace, Boolean(command)), box, changed);
  };
  const submit = async (event) => {
    event?.preventDefault();
    const typed = box.value.trim();
    if (!typed || box.getAttribute("aria-busy") === "true") return;
    list.hide();
    box.setAttribute("aria-busy", "true");
    const [word, ...rest] = typed.split(/\s+/);
    const done = command && word.startsWith("/") ? await command(word, rest.join(" ")) : await send(asSent(typed, workspace));
    box.removeAttribute("aria-busy");
    if (done && box.value.trim() === typed) box.value = "";
    changed();
  };
  box.addEventListener("input", changed);
  box.addEventListener("keydown", (event) => {
    if (list.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  box.addEventListener("blur", () => list.hide());
  form.addEventListener("submit", submit);
  return form;
}

/** What the app offers without a message: its global shortcuts, and its commands to begin with. */
function plusButton(workspace, box, useShortcut) {
  const button = h(
    "button",
    {
      type: "button", class: "icon-button bare", title: "Shortcuts and commands", "aria-label": "Shortcuts and commands", "aria-haspopup": "listbox",
      "aria-expanded": "false", data: { testid: "shortcuts" },
    },
    icon("plus"),
  );
  const begin = (command) => {
    box.value = `${command} `;
    box.focus();
    box.dispatchEvent(new Event("input"));
  };
  button.addEventListener("click", () => {
    const shortcuts = workspace.shortcuts.filter((each) => !each.on_message).map((each) => ({
      label: each.name, description: each.description, value: each.callback_id, group: `${workspace.appName}: shortcuts`, act: () => useShortcut(each.callback_id),
    }));
    const commands = workspace.commands.map((each) => ({ label: each.command, description: each.description, value: each.command, group: "Commands", act: () => begin(each.command) }));
    openMenu(button, { label: "Shortcuts and commands", items: [...shortcuts, ...commands], onPick: ({ act }) => act() });
  });
  return button;
}
