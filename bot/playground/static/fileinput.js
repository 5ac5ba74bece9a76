/** A field for files: picked or dropped, listed with their size, and taken back one by one. */
import { api } from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

const UNITS = ["bytes", "KB", "MB", "GB"];

export function shownSize(bytes) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${(bytes / 1024 ** power).toLocaleString([], { maximumFractionDigits: power ? 1 : 0 })} ${UNITS[power]}`;
}

const MOST = 10;

export function fileInput(element, block, surface) {
  let files = surface.start(block, element, { files: [] }).files;
  const most = element.max_files ?? MOST;
  const types = element.filetypes ?? [];
  const picker = h(
    "input",
    { type: "file", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", multiple: most > 1, accept: types.map((type) => `.${type}`).join(",") || null },
  );
  const button = h(
    "button",
    { type: "button", class: "button", data: { actionId: element.action_id ?? "", blockId: block.block_id ?? "" }, onclick: () => picker.click() },
    icon("file"),
    most > 1 ? "Choose files" : "Choose a file",
  );
  const list = h("ul", { class: "files", "aria-label": "Chosen files" });
  const status = h("div", { class: "field-note", role: "status" });
  const keep = (chosen) => {
    files = chosen;
    surface.keep(block, element, { files });
    show();
  };
  const show = () => {
    fill(list, files.map((file) => fileRow(file, () => keep(files.filter((other) => other !== file)))));
    button.disabled = files.length >= most;
  };
  const take = async (picked) => {
    const fitting = [...picked].filter(({ name }) => !types.length || types.includes(name.split(".").at(-1).toLowerCase())).slice(
      0,
      most - files.length,
    );
    const refused = picked.length - fitting.length;
    status.textContent = "Uploading…";
    const answers = await Promise.all(fitting.map((file) => api.upload(surface.directory.me, file)));
    const failure = answers.find(({ ok }) => !ok);
    status.textContent = failure?.error ?? (refused ? `${refused} left out: ${limits(types, most)}` : "");
    keep([...files, ...answers.filter(({ ok }) => ok).map(({ file }) => file)]);
  };
  picker.addEventListener("change", () => take(picker.files));
  const node = h(
    "div",
    { class: "file-input", role: "group" },
    h("div", { class: "file-drop" }, button, h("span", { class: "field-note" }, limits(types, most)), picker),
    list,
    status,
  );
  droppable(node, take);
  show();
  return node;
}

function limits(types, most) {
  const kinds = types.length ? types.map((type) => type.toUpperCase()).join(", ") : "any type";
  return `${kinds}, at most ${most} ${most === 1 ? "file" : "files"}`;
}

function fileRow(file, remove) {
  return h(
    "li",
    { class: "file-row" },
    icon("file"),
    h("span", { class: "file-name" }, file.name),
    h("span", { class: "file-size" }, shownSize(file.size)),
    h("button", { type: "button", class: "icon-button bare", "aria-label": `Remove ${file.name}`, onclick: remove }, icon("close", { size: 14 })),
  );
}

function droppable(node, take) {
  const over = (event) => {
    event.preventDefault();
    node.classList.toggle("dragged-over", event.type === "dragover");
  };
  for (const type of ["dragover", "dragleave"]) node.addEventListener(type, over);
  node.addEventListener("drop", (event) => {
    over(event);
    take(event.dataTransfer.files);
  });
}
