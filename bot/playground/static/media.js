/** Pictures, videos and files. What lies elsewhere is never fetched: its place says what is there. */
import { h, link, safeHref } from "./dom.js";
import { icon } from "./icons.js";
import { plainText, words } from "./text.js";

/** Where the address leads, in a word. */
function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return "";
  }
}

/** Only this server's own pictures, and those that came with the page, are shown. */
function isHere(address) {
  if (/^data:image\/(png|jpeg|gif|webp);/.test(address)) return true;
  return safeHref(address) !== null && new URL(address, location.href).origin === location.origin;
}

const addressOf = ({ image_url: address, slack_file: file }) => address ?? file?.url ?? "";

/** An image element or block: the picture, or in its place what it shows and where it lies. */
export function picture(element) {
  const address = addressOf(element);
  const alt = element.alt_text ?? "";
  if (address && isHere(address)) return h("img", { class: "picture", src: address, alt, loading: "lazy" });
  const source = element.slack_file?.id ? `File ${element.slack_file.id}` : hostOf(address);
  return h(
    "span",
    { class: "picture stand-in", role: "img", "aria-label": alt, title: [alt, source].filter(Boolean).join(" · ") },
    icon("image", { size: 20 }),
    h("span", { class: "stand-in-words" }, alt),
    source && h("span", { class: "stand-in-source" }, source),
  );
}

export function imageBlock(block) {
  const title = block.title && h("figcaption", {}, plainText(block.title));
  return h("figure", { class: "image-block" }, title, picture(block));
}

export function video(block) {
  const title = block.title_url ? link(block.title_url, plainText(block.title)) : h("span", {}, plainText(block.title));
  const maker = [block.provider_name, block.author_name].filter(Boolean).join(" · ");
  return h(
    "figure",
    { class: "video-block" },
    maker && h("div", { class: "video-maker" }, maker),
    h("figcaption", {}, title),
    block.description && h("div", { class: "video-description" }, plainText(block.description)),
    h("span", { class: "video-frame" }, picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }), playLink(block)),
  );
}

function playLink(block) {
  const label = `Play ${words(block.title)}`;
  const node = link(block.video_url, h("span", { class: "video-play" }, icon("play", { size: 22 })));
  node.setAttribute("aria-label", label);
  node.title = label;
  return node;
}

/** A remote file, of which only the name that the app gave it is known. */
export function fileBlock(block) {
  return h(
    "div",
    { class: "file-block" },
    h("span", { class: "file-mark" }, icon("file", { size: 20 })),
    h("span", { class: "file-words" }, h("strong", {}, block.external_id), h("span", { class: "muted" }, "Remote file")),
  );
}
