/** Slack text objects as nodes. */
import { h } from "./dom.js";
import { emojiText, withDrawnEmoji } from "./glyphs.js";
import { decode, mrkdwn } from "./mrkdwn.js";

/** A text object's words without any formatting, for labels and attributes. */
export function words(object) {
  return decode(object?.text ?? "");
}

/** A plain_text object: emoji, but no other formatting. */
export function plainText(object) {
  const text = words(object);
  return object?.emoji === false ? withDrawnEmoji(text) : emojiText(text);
}

/** Either kind of text object. */
export function textObject(object, directory) {
  if (object?.type === "mrkdwn") return mrkdwn(object.text, directory);
  return [h("span", { class: "plain" }, plainText(object))];
}
