/** What hangs under a message: attachments, which unfolded links are too. */
import { blockNodes } from "./blocks.js";
import { clockTime, drawing, h, link } from "./dom.js";
import { picture } from "./media.js";
import { decode, mrkdwn } from "./mrkdwn.js";

const COLOURS = { good: "#2eb67d", warning: "#ecb22e", danger: "#e01e5a" };

/** The nodes of all attachments of a message. */
export function attachmentNodes(message, surface) {
  return (message.attachments ?? []).map((attachment) => attachmentNode(attachment, surface));
}

function attachmentNode(attachment, surface) {
  const { directory } = surface;
  const marked = (name) => attachment[name] && h("div", { class: `attachment-${name} text` }, mrkdwn(attachment[name], directory));
  const body = attachment.blocks?.length ? h("div", { class: "blocks" }, blockNodes(attachment.blocks, surface)) : [author(attachment), title(attachment), marked("text"), fields(attachment, directory), image(attachment)];
  return h(
    "div",
    { class: "attachment", data: { testid: "attachment" } },
    marked("pretext"),
    h("div", { class: "attachment-frame" }, bar(attachment.color), h("div", { class: "attachment-body" }, body, footer(attachment))),
  );
}

/** The coloured line at the side; only a colour as Slack knows it. */
function bar(colour = "") {
  const code = COLOURS[colour] ?? (/^#?[0-9a-f]{6}$/i.test(colour) ? `#${colour.replace("#", "")}` : "currentColor");
  const line = drawing([{ tag: "rect", width: 4, height: 20, fill: code }], { width: 4, height: 20, box: "0 0 4 20", className: "attachment-bar" });
  line.setAttribute("preserveAspectRatio", "none");
  return line;
}

function author({ author_name: name, author_link: address }) {
  return name && h("div", { class: "attachment-author" }, address ? link(address, decode(name)) : decode(name));
}

function title({ title: words, title_link: address }) {
  return words && h("div", { class: "attachment-title" }, address ? link(address, decode(words)) : decode(words));
}

function fields({ fields: all = [] }, directory) {
  const field = ({ title: name, value, short }) => h(
    "div",
    { class: short ? "attachment-field" : "attachment-field wide" },
    h("strong", {}, decode(name ?? "")),
    mrkdwn(value, directory),
  );
  return all.length ? h("div", { class: "attachment-fields" }, all.map(field)) : null;
}

function image({ image_url: large, thumb_url: small, fallback }) {
  const address = large ?? small;
  return address && picture({ image_url: address, alt_text: fallback ?? "" });
}

function footer({ footer: words, ts }) {
  if (!words && !ts) return null;
  return h("div", { class: "attachment-footer" }, [words && decode(words), ts && clockTime(Number(ts))].filter(Boolean).join(" · "));
}
