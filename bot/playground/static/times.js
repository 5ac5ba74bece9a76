/** A field for a time of day: typed as one likes, or picked from the half hours. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopover } from "./popover.js";

const HALF_HOURS = Array.from({ length: 48 }, (_, index) => `${String(Math.floor(index / 2)).padStart(2, "0")}:${index % 2 ? "30" : "00"}`);

/** `09:30` as the reader's clock shows it. */
export function shownTime(value) {
  if (!value) return "";
  const [hours, minutes] = value.split(":").map(Number);
  return new Date(2026, 0, 1, hours, minutes).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}

/** What a person means by `9`, `930`, `9.30 pm` or `21:30`, as `21:30`; null when it is no time. */
export function timeOf(typed) {
  const [, hour, minute = "00", half] = /^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?\s*$/iu.exec(typed) ?? [];
  if (hour === undefined) return null;
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0) : Number(hour);
  return hours < 24 && Number(minute) < 60 ? `${String(hours).padStart(2, "0")}:${minute}` : null;
}

/** @returns {{node: Element, show: (value: string | null) => void}} `onPick` gets `09:30`, or null once emptied. */
export function timeField({ value, placeholder, data, label }, onPick) {
  let held = value;
  const input = h("input", { type: "text", class: "time-text", placeholder, "aria-label": label ?? placeholder, autocomplete: "off", data });
  const button = h(
    "button",
    { type: "button", class: "time-open", tabindex: "-1", "aria-label": "Times", "aria-haspopup": "listbox", "aria-expanded": "false" },
    icon("clock"),
  );
  const show = (time) => {
    held = time;
    input.value = shownTime(time);
  };
  const settle = () => {
    const typed = input.value.trim() === "" ? null : (timeOf(input.value) ?? held);
    if (typed === held) return show(held);
    show(typed);
    return onPick(typed);
  };
  const pick = (time) => {
    show(time);
    onPick(time);
  };
  input.addEventListener("change", settle);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Enter") settle();
    if (event.key === "ArrowDown") openTimes(button, held, pick, input);
  });
  button.addEventListener("click", () => openTimes(button, held, pick, input));
  show(value);
  return { node: h("div", { class: "time-field" }, button, input), show };
}

function openTimes(button, held, onPick, input) {
  const row = (time) => h(
    "li",
    { class: "menu-item", role: "option", tabindex: "-1", "aria-selected": String(time === held), data: { value: time }, onclick: () => picked(time) },
    shownTime(time),
  );
  const list = h("ul", { class: "menu-list", role: "listbox", "aria-label": "Times" }, HALF_HOURS.map(row));
  const panel = h("div", { class: "menu times", data: { testid: "menu" } }, list);
  const picked = (time) => {
    panel.hidePopover();
    input.focus();
    onPick(time);
  };
  panel.addEventListener("keydown", (event) => moveAmong([...list.children], event));
  if (!openPopover(button, panel)) return;
  const near = list.querySelector(`[data-value="${held ?? "09:00"}"]`) ?? list.querySelector('[data-value="09:00"]');
  near.scrollIntoView({ block: "center" });
  near.focus();
}

function moveAmong(rows, event) {
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined && !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (to === undefined) rows[at]?.click();
  else rows[(to + rows.length) % rows.length].focus();
}
