/** The rich text editor of a form: a small toolbar over an editable text. */
import { h, safeHref } from "./dom.js";
import { icon } from "./icons.js";
import { openPopover } from "./popover.js";
import { editable, richValue } from "./richvalue.js";
import { words } from "./text.js";

const KEYS = { b: "bold", i: "italic", x: "strike", e: "code", 7: "ordered", 8: "bullets", 9: "quote" };

/** By name: what it is called, how its button looks, its shortcut, and what it does to the selection. */
const TOOLS = {
  bold: { label: "Bold", face: h("b", {}, "B"), keys: "Control+B", run: () => command("bold") },
  italic: { label: "Italic", face: h("i", {}, "I"), keys: "Control+I", run: () => command("italic") },
  strike: { label: "Strikethrough", face: h("s", {}, "S"), keys: "Control+Shift+X", run: () => command("strikeThrough") },
  link: { label: "Link", face: icon("link"), run: askLink },
  ordered: { label: "Ordered list", face: icon("numbers"), keys: "Control+Shift+7", run: () => command("insertOrderedList") },
  bullets: { label: "Bulleted list", face: icon("bullets"), keys: "Control+Shift+8", run: () => command("insertUnorderedList") },
  quote: { label: "Quote", face: icon("quote"), keys: "Control+Shift+9", run: (editor) => toggleBlock(editor, "blockquote") },
  code: { label: "Code", face: icon("code"), keys: "Control+E", run: toggleCode },
  codeBlock: { label: "Code block", face: icon("codeBlock"), run: (editor) => toggleBlock(editor, "pre") },
};

/** The one way that browsers share to edit a selection so that it can be undone. */
const command = (name, value) => document.execCommand(name, false, value);

export function richInput(element, block, surface) {
  const held = surface.start(block, element, { rich_text_value: element.initial_value ?? null }).rich_text_value;
  const editor = h(
    "div",
    {
      class: "rich-editor text", contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-label": words(block.label),
      tabindex: "0", data: { actionId: element.action_id ?? "", blockId: block.block_id ?? "", placeholder: words(element.placeholder) },
    },
    editable(held, surface.directory),
  );
  const show = (value) => editor.classList.toggle("empty-editor", value === null);
  const changed = () => {
    const value = richValue(editor);
    show(value);
    surface.keep(block, element, { rich_text_value: value });
  };
  editor.addEventListener("input", changed);
  editor.addEventListener("paste", (event) => insertWords(event, event.clipboardData));
  editor.addEventListener("drop", (event) => insertWords(event, event.dataTransfer));
  editor.addEventListener("keydown", (event) => shortcut(event, editor));
  if (block.dispatch_action) editor.addEventListener("blur", () => surface.act(block, element, { rich_text_value: richValue(editor) }));
  show(held);
  return h("div", { class: "rich-input" }, toolbar(editor), editor);
}

function toolbar(editor) {
  const buttons = Object.entries(TOOLS).map(([name, tool]) => toolButton(name, tool, editor));
  const bar = h("div", { class: "rich-tools", role: "toolbar", "aria-label": "Formatting" }, buttons);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
  });
  for (const moved of ["keyup", "mouseup", "input"]) editor.addEventListener(moved, () => showState(buttons));
  return bar;
}

function toolButton(name, { label, face, keys, run }, editor) {
  const button = h(
    "button",
    {
      type: "button", class: "icon-button bare", title: label, "aria-label": label, "aria-pressed": "false",
      "aria-keyshortcuts": keys, data: { tool: name },
    },
    face.cloneNode(true),
  );
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps its selection
  button.addEventListener("click", () => {
    editor.focus();
    run(editor, button);
    editor.dispatchEvent(new Event("input"));
  });
  return button;
}

const around = (selector) => {
  const at = getSelection().anchorNode;
  return (at?.nodeType === Node.TEXT_NODE ? at.parentElement : at)?.closest(selector) ?? null;
};

const INSIDE = { bold: "b, strong", italic: "i, em", strike: "s, strike", link: "a", ordered: "ol", bullets: "ul", quote: "blockquote", code: "code", codeBlock: "pre" };

function showState(buttons) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(around(`.rich-editor :is(${INSIDE[button.dataset.tool]})`) !== null));
}

function shortcut(event, editor) {
  if (!(event.ctrlKey || event.metaKey)) return;
  const key = event.code.startsWith("Digit") ? event.code.slice(5) : event.key.toLowerCase();
  const name = KEYS[key];
  if (!name || "x789".includes(key) !== event.shiftKey) return;
  event.preventDefault();
  TOOLS[name].run(editor);
  editor.dispatchEvent(new Event("input"));
}

function toggleBlock(editor, tag) {
  const inside = around(`.rich-editor ${tag}`);
  if (!inside) return command("formatBlock", tag);
  inside.replaceWith(h("div", {}, [...inside.childNodes]));
  return undefined;
}

function toggleCode() {
  const inside = around(".rich-editor code");
  const range = getSelection().getRangeAt(0);
  if (inside) inside.replaceWith(...inside.childNodes);
  else if (!range.collapsed) {
    const code = h("code", {}, range.extractContents().textContent);
    range.insertNode(code);
    getSelection().selectAllChildren(code);
  }
}

/** Only words are pasted and dropped: whatever else comes along is somebody else's markup. */
function insertWords(event, data) {
  event.preventDefault();
  command("insertText", data.getData("text/plain"));
}

function askLink(editor, button) {
  const range = getSelection().getRangeAt(0).cloneRange();
  const label = h(
    "input",
    { class: "field", type: "text", "aria-label": "Text", placeholder: "Text", value: range.toString(), data: { testid: "link-text" } },
  );
  const address = h("input", { class: "field", type: "url", "aria-label": "Address", placeholder: "https://", data: { testid: "link-address" } });
  const save = () => {
    const url = /^[a-z][a-z0-9+.-]*:/i.test(address.value) ? address.value : `https://${address.value}`;
    if (!address.value || safeHref(url) === null) return address.focus();
    panel.hidePopover();
    range.deleteContents();
    range.insertNode(h("a", { href: url }, label.value || url));
    editor.focus();
    getSelection().collapse(range.endContainer, range.endOffset);
    editor.dispatchEvent(new Event("input"));
    return undefined;
  };
  const panel = h(
    "div",
    { class: "menu link-panel", role: "dialog", "aria-label": "Link" },
    label,
    address,
    h("button", { type: "button", class: "button primary-fill", onclick: save }, "Save"),
  );
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    save();
  });
  if (openPopover(button ?? editor, panel)) (label.value ? address : label).focus();
}
