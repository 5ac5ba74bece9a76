/** Emoji: names to characters, and drawings of the few that cards rely on where a system has no emoji font. */
import { drawing, h } from "./dom.js";

const NAMES = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", eyes: "👀", tada: "🎉", wave: "👋", pray: "🙏", clap: "👏",
  raised_hands: "🙌", ok_hand: "👌", muscle: "💪", raised_hand: "✋", ear: "👂", point_right: "👉", point_left: "👈", point_up: "☝️", point_down: "👇",
  heart: "❤️", broken_heart: "💔", fire: "🔥", sparkles: "✨", star: "⭐", zap: "⚡", boom: "💥", bulb: "💡", rocket: "🚀",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", no_entry: "⛔", no_entry_sign: "🚫",
  warning: "⚠️", exclamation: "❗", question: "❓", information_source: "ℹ️", rotating_light: "🚨", sos: "🆘", stop_sign: "🛑",
  red_circle: "🔴", large_orange_circle: "🟠", orange_circle: "🟠", large_yellow_circle: "🟡", large_green_circle: "🟢",
  large_blue_circle: "🔵", large_purple_circle: "🟣", white_circle: "⚪", black_circle: "⚫", large_red_square: "🟥",
  large_orange_square: "🟧", large_yellow_square: "🟨", large_green_square: "🟩", large_blue_square: "🟦",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", alarm_clock: "⏰", stopwatch: "⏱️", clock3: "🕒", calendar: "📆", date: "📅",
  zzz: "💤", bell: "🔔", no_bell: "🔕", mega: "📣", loudspeaker: "📢", speech_balloon: "💬", thought_balloon: "💭",
  memo: "📝", pencil: "📝", pencil2: "✏️", clipboard: "📋", page_facing_up: "📄", books: "📚", book: "📖", bookmark: "🔖",
  label: "🏷️", ticket: "🎫",
  card_index_dividers: "🗂️", wastebasket: "🗑️", scissors: "✂️", pager: "📟", paperclip: "📎", link: "🔗", mag: "🔍", mag_right: "🔎", lock: "🔒", unlock: "🔓", key: "🔑", shield: "🛡️",
  gear: "⚙️", wrench: "🔧", hammer_and_wrench: "🛠️", bug: "🐛", robot_face: "🤖", computer: "💻", inbox_tray: "📥",
  outbox_tray: "📤", email: "✉️", envelope: "✉️", "e-mail": "📧", incoming_envelope: "📨", telephone_receiver: "📞",
  phone: "☎️", credit_card: "💳", moneybag: "💰", receipt: "🧾", chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉", bar_chart: "📊", globe_with_meridians: "🌐", earth_americas: "🌎", round_pushpin: "📍",
  pushpin: "📌", arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", arrow_upper_right: "↗️",
  arrows_counterclockwise: "🔄", repeat: "🔁", leftwards_arrow_with_hook: "↩️", arrow_right_hook: "↪️",
  busts_in_silhouette: "👥", bust_in_silhouette: "👤", technologist: "🧑‍💻", smile: "😄", slightly_smiling_face: "🙂",
  grinning: "😀", blush: "😊", neutral_face: "😐", disappointed: "😞", slightly_frowning_face: "🙁", worried: "😟",
  confused: "😕", rage: "😡", angry: "😠", triumph: "😤", cry: "😢", sob: "😭", scream: "😱", thinking_face: "🤔",
  sunglasses: "😎", joy: "😂", see_no_evil: "🙈", crown: "👑", gift: "🎁", trophy: "🏆", "100": "💯", new: "🆕",
  heavy_plus_sign: "➕", heavy_minus_sign: "➖", small_blue_diamond: "🔹", small_orange_diamond: "🔸", "1234": "🔢",
};

const envelope = [{ tag: "rect", x: 2, y: 4.5, width: 16, height: 11.5, rx: 1.6, fill: "#ccd6dd" }, { d: "M2.500 6 10 11.800 17.500 6", fill: "none", stroke: "#8899a6", "stroke-width": 1.600, "stroke-linejoin": "round" }];
const disc = (fill) => [{ tag: "circle", cx: 10, cy: 10, r: 8, fill }];
const tile = (fill) => [{ tag: "rect", x: 2, y: 2, width: 16, height: 16, rx: 3, fill }];
const stroke = (d, colour) => ({
  d, fill: "none", stroke: colour, "stroke-width": 2.4, "stroke-linecap": "round", "stroke-linejoin": "round",
});

const DRAWN = {
  "🔴": disc("#dd2e44"), "🟠": disc("#f4900c"), "🟡": disc("#fdcb58"), "🟢": disc("#78b159"), "🔵": disc("#55acee"),
  "🟣": disc("#aa8ed6"), "⚪": disc("#e1e8ed"), "⚫": disc("#31373d"),
  "🟥": tile("#dd2e44"), "🟧": tile("#f4900c"), "🟨": tile("#fdcb58"), "🟩": tile("#78b159"), "🟦": tile("#55acee"),
  "✅": [...tile("#77b255"), stroke("M5.800 10.500 8.800 13.500l5.600-7", "#fff")],
  "❌": [stroke("M4.500 4.500l11 11M15.500 4.500l-11 11", "#dd2e44")],
  "⚠": [{ d: "M10 2.200 18.600 17H1.400Z", fill: "#ffcc4d" }, stroke("M10 7.500v4.200M10 14.300v.1", "#3b2f05")],
  "🚨": [
    { d: "M5 15V10a5 5 0 0 1 10 0v5Z", fill: "#dd2e44" }, { d: "M3 15h14v2.500H3Z", fill: "#66757f" },
    { ...stroke("M10 1.500v1.600M3.200 4l1.300 1.200M16.800 4l-1.300 1.200", "#dd2e44"), "stroke-width": 1.600 },
  ],
  "👍": [{ d: "M6.500 9 9.500 2.500c1.800 0 2.300 1.300 2 2.700L10.900 8H15c1.300 0 2.200 1.100 1.900 2.300l-1.200 5.200c-.3 1.100-1 1.700-2.200 1.700h-7ZM2.500 9H5v8.200H2.500Z", fill: "#ffcc4d" }],
  "👎": [{ d: "M6.500 11 9.500 17.500c1.800 0 2.300-1.300 2-2.700L10.900 12H15c1.300 0 2.200-1.100 1.900-2.300l-1.200-5.200c-.3-1.100-1-1.700-2.200-1.700h-7ZM2.500 11H5V2.800H2.500Z", fill: "#ffcc4d" }],
  "💬": [{ d: "M10 3c4.700 0 8 2.600 8 6s-3.300 6-8 6c-.8 0-1.600-.1-2.300-.2L4 17v-3.400C2.700 12.500 2 10.900 2 9c0-3.400 3.300-6 8-6Z", fill: "#8899a6" }],
  "💡": [{ d: "M10 2a5.500 5.500 0 0 0-3 10.100V14h6v-1.900A5.500 5.500 0 0 0 10 2Z", fill: "#ffcc4d" }, { d: "M7.500 15h5v2h-5Z", fill: "#99aab5" }],
  "👀": [{ tag: "ellipse", cx: 6, cy: 10, rx: 3.800, ry: 5.500, fill: "#dfe5ea" }, { tag: "ellipse", cx: 14, cy: 10, rx: 3.800, ry: 5.500, fill: "#dfe5ea" }, { tag: "circle", cx: 4.800, cy: 11, r: 2, fill: "#292f33" }, { tag: "circle", cx: 12.800, cy: 11, r: 2, fill: "#292f33" }],
  "✉": envelope, "📨": envelope,
  "⏰": [...disc("#dd2e44"), { tag: "circle", cx: 10, cy: 10, r: 5.800, fill: "#fff" }, { ...stroke("M10 6.500V10l2.300 1.500", "#292f33"), "stroke-width": 1.500 }],
  "⏳": [{ d: "M5 2h10v3c0 2.500-3 3.500-3 5s3 2.500 3 5v3H5v-3c0-2.500 3-3.500 3-5S5 7.500 5 5Z", fill: "#d9b26a" }],
  "🔍": [{ tag: "circle", cx: 8.500, cy: 8.500, r: 5, fill: "none", stroke: "#66757f", "stroke-width": 2.2 }, stroke("M12.500 12.500 17 17", "#66757f")],
  "🔒": [{ tag: "rect", x: 4, y: 9, width: 12, height: 8, rx: 2, fill: "#ffac33" }, { ...stroke("M6.800 9V6.500a3.200 3.200 0 0 1 6.400 0V9", "#8899a6"), "stroke-width": 2 }],
  "📝": [{ tag: "rect", x: 4, y: 2, width: 12, height: 16, rx: 1.500, fill: "#e1e8ed" }, { ...stroke("M7 6.500h6M7 10h6M7 13.500h4", "#8899a6"), "stroke-width": 1.400 }],
  "🤖": [{ tag: "rect", x: 3, y: 5, width: 14, height: 11, rx: 3, fill: "#8899a6" }, { tag: "circle", cx: 7.200, cy: 10, r: 1.500, fill: "#fff" }, { tag: "circle", cx: 12.800, cy: 10, r: 1.500, fill: "#fff" }, { ...stroke("M10 5V2.500M7.500 13.300h5", "#66757f"), "stroke-width": 1.500 }],
};

const CHARACTERS = new RegExp(`(${Object.keys(DRAWN).join("|")})\\ufe0f?`, "u");

/** Every name that is known, for people to pick from. */
export const emojiNames = () => Object.keys(NAMES);

/** A named emoji as a node, or null when the name is not known. */
export function emoji(name) {
  const character = NAMES[name.replace(/::skin-tone-\d$/, "")];
  return character === undefined ? null : drawn(character, `:${name}:`);
}

function drawn(character, title) {
  const paths = DRAWN[character.replace("\ufe0f", "")];
  if (paths) return drawing(paths, { size: 18, label: title, className: "emoji" });
  return h("span", { class: "emoji", role: "img", "aria-label": title }, character);
}

/** Plain text with its drawn characters replaced, as a list of nodes and strings. */
export function withDrawnEmoji(text) {
  return text.split(CHARACTERS).map((part) => (DRAWN[part] ? drawn(part, part) : part)).filter((part) => part !== "");
}

const SHORTCODE = /:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/;

/** Plain text with `:names:` and drawn characters as emoji. */
export function emojiText(text) {
  const parts = text.split(SHORTCODE);
  return parts.flatMap((part, index) => (index % 2 ? (emoji(part) ?? `:${part}:`) : withDrawnEmoji(part)));
}
