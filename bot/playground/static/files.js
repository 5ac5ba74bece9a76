/** Files that came with a message. */
import { h, link, safeHref } from "./dom.js";
import { icon } from "./icons.js";

const UNITS = ["bytes", "KB", "MB", "GB"];

function size(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${step ? (bytes / 1000 ** step).toFixed(1) : bytes} ${UNITS[step]}`;
}

export function fileCards(files) {
  return files?.length ? h("div", { class: "message-files" }, files.map(fileCard)) : null;
}

function fileCard(file) {
  const name = file.title || file.name || "File";
  const address = file.permalink ?? file.url_private;
  const source = file.mimetype?.startsWith("image/") && safeHref(file.thumb_360 ?? file.url_private ?? "");
  const words = h("span", { class: "file-words" }, h("strong", {}, address ? link(address, name) : name), h("span", { class: "muted" }, `${(file.pretty_type ?? file.filetype ?? "file").toUpperCase()} · ${size(file.size ?? 0)}`));
  return h(
    "figure",
    { class: "file", data: { testid: "file" } },
    source ? h("img", { class: "picture", src: source, alt: file.alt_txt ?? name, loading: "lazy" }) : h("span", { class: "file-mark" }, icon("file", { size: 22 })),
    h("figcaption", {}, words),
  );
}
