/** Pickers for a day, a time and both. */
import { calendar, dayOf, isoDay } from "./calendar.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopover } from "./popover.js";
import { timeField } from "./times.js";
import { words } from "./text.js";

const shownDay = (iso) => dayOf(iso)?.toLocaleDateString([], { day: "numeric", month: "long", year: "numeric" });

/** A button that shows the day and opens the month. `onPick` gets `2026-04-01`, or null once emptied. */
function dayButton({ value, placeholder, data, optional }, onPick) {
  const node = h("button", { type: "button", class: "select moment", "aria-haspopup": "dialog", "aria-expanded": "false", data });
  const show = (iso) => {
    node.dataset.value = iso ?? "";
    fill(node, icon("calendar"), h("span", { class: iso ? "select-value" : "select-value placeholder" }, shownDay(iso) ?? placeholder));
  };
  const choose = (panel) => (iso) => {
    panel.hidePopover();
    onPick(iso);
  };
  node.addEventListener("click", () => {
    const panel = h("div", { class: "menu calendar-panel", role: "dialog", "aria-label": placeholder, data: { testid: "calendar" } });
    const month = calendar(node.dataset.value, choose(panel));
    const clear = optional && node.dataset.value && h(
      "button",
      { type: "button", class: "link-button", onclick: () => choose(panel)(null) },
      "Clear",
    );
    panel.append(
      month.node,
      h(
        "div",
        { class: "calendar-foot" },
        h("button", { type: "button", class: "link-button", onclick: () => choose(panel)(isoDay(new Date())) }, "Today"),
        clear || "",
      ),
    );
    if (openPopover(node, panel)) month.focus();
  });
  show(value);
  return { node, show };
}

const named = (element, block) => ({ actionId: element.action_id ?? "", blockId: block.block_id ?? "" });

/** The value is entered, and taken back when the person thinks better of it. */
function entering(element, block, surface, key, show) {
  let held = surface.start(block, element, { [key]: element[key.replace("selected", "initial")] ?? null })[key];
  const pick = async (value) => {
    if (value === held) return;
    const before = held;
    held = value;
    show(value);
    if (await surface.enter(block, element, { [key]: value })) return;
    held = before;
    show(before);
  };
  return { held: () => held, pick };
}

export function datePicker(element, block, surface) {
  const { held, pick } = entering(element, block, surface, "selected_date", (value) => day.show(value));
  const day = dayButton(
    { value: held(), placeholder: words(element.placeholder) || "Select a date", data: named(element, block), optional: block.optional },
    pick,
  );
  return day.node;
}

export function timePicker(element, block, surface) {
  const { held, pick } = entering(element, block, surface, "selected_time", (value) => time.show(value));
  const time = timeField({ value: held(), placeholder: words(element.placeholder) || "Select a time", data: named(element, block) }, pick);
  return element.timezone ? h("div", { class: "with-zone" }, time.node, h("span", { class: "zone" }, element.timezone)) : time.node;
}

const NOON = "12:00";

const secondsOf = (day, time) => {
  const [hours, minutes] = time.split(":").map(Number);
  const date = dayOf(day);
  return Math.floor(new Date(date.getFullYear(), date.getMonth(), date.getDate(), hours, minutes).getTime() / 1000);
};

function partsOf(seconds) {
  if (seconds === null || seconds === undefined) return { day: null, time: null };
  const date = new Date(seconds * 1000);
  return { day: isoDay(date), time: [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":") };
}

/** A day and a time in the reader's own zone; either alone is completed so that the pair means a moment. */
export function dateTimePicker(element, block, surface) {
  const { held, pick } = entering(element, block, surface, "selected_date_time", (value) => show(value));
  const now = () => partsOf(held());
  const fromDay = (day) => pick(day && secondsOf(day, now().time ?? NOON));
  const fromTime = (time) => pick(time && secondsOf(now().day ?? isoDay(new Date()), time));
  const day = dayButton({ value: now().day, placeholder: "Select a date", data: named(element, block), optional: block.optional }, fromDay);
  const time = timeField({ value: now().time, placeholder: "Select a time", data: { timeOf: element.action_id ?? "" }, label: "Time" }, fromTime);
  const show = (value) => {
    const parts = partsOf(value);
    day.show(parts.day);
    time.show(parts.time);
  };
  return h("div", { class: "date-time", role: "group" }, day.node, time.node);
}
