/** A month to pick a day from, by mouse or by the arrow keys. */
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

const WEEK = 7;
const MONDAY_FIRST = 1;

/** `2026-04-01` of a local date. */
export function isoDay(date) {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** The local date that `2026-04-01` names, or null. */
export function dayOf(iso) {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso ?? "") ?? [];
  return year ? new Date(Number(year), Number(month) - 1, Number(day)) : null;
}

const moved = (date, { months = 0, days = 0 }) => {
  if (!months) return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days);
  const lastDay = new Date(date.getFullYear(), date.getMonth() + months + 1, 0).getDate();
  return new Date(date.getFullYear(), date.getMonth() + months, Math.min(date.getDate(), lastDay));
};

const weekday = (date) => (date.getDay() - MONDAY_FIRST + WEEK) % WEEK;

const STEPS = {
  ArrowLeft: () => ({ days: -1 }), ArrowRight: () => ({ days: 1 }), ArrowUp: () => ({ days: -WEEK }), ArrowDown: () => ({ days: WEEK }),
  Home: (date) => ({ days: -weekday(date) }), End: (date) => ({ days: WEEK - 1 - weekday(date) }),
  PageUp: () => ({ months: -1 }), PageDown: () => ({ months: 1 }),
};

/** A calendar that calls `onPick` with `2026-04-01`. @returns {{node: Element, focus: () => void}} */
export function calendar(chosen, onPick) {
  let at = dayOf(chosen) ?? new Date();
  const node = h("div", { class: "calendar" });
  const focus = () => node.querySelector("[tabindex='0']")?.focus();
  const draw = () => fill(node, head(at, turned), grid(at, chosen, onPick));
  const go = (step) => {
    at = moved(at, step);
    draw();
  };
  const turned = (months, className) => {
    go({ months });
    node.querySelector(`.${className}`).focus();
  };
  node.addEventListener("keydown", (event) => {
    if (!event.target.closest("[role=gridcell]") || !STEPS[event.key]) return;
    event.preventDefault();
    go(STEPS[event.key](at));
    focus();
  });
  draw();
  return { node, focus };
}

function head(at, turned) {
  const title = at.toLocaleDateString([], { month: "long", year: "numeric" });
  const turn = (label, months, className) =>
    h(
      "button",
      { type: "button", class: `icon-button bare ${className}`, "aria-label": label, onclick: () => turned(months, className) },
      icon("chevron"),
    );
  return h(
    "div",
    { class: "calendar-head" },
    turn("Previous month", -1, "turn-back"),
    h("div", { class: "calendar-title", "aria-live": "polite" }, title),
    turn("Next month", 1, "turn-on"),
  );
}

function grid(at, chosen, onPick) {
  const first = new Date(at.getFullYear(), at.getMonth(), 1);
  const start = moved(first, { days: -weekday(first) });
  const days = Array.from({ length: 6 * WEEK }, (_, index) => moved(start, { days: index }));
  const name = (date, form) => date.toLocaleDateString([], { weekday: form });
  const names = days.slice(0, WEEK).map((date) => h("span", { role: "columnheader", "aria-label": name(date, "long") }, name(date, "short").slice(0, 2)));
  const weeks = Array.from({ length: 6 }, (_, week) => days.slice(week * WEEK, (week + 1) * WEEK)).filter((week) => week.some((day) => day.getMonth() === at.getMonth()));
  const cell = (date) => dayCell(date, at, chosen, onPick);
  return h(
    "div",
    { class: "calendar-grid", role: "grid" },
    h("div", { role: "row" }, names),
    weeks.map((week) => h("div", { role: "row" }, week.map(cell))),
  );
}

function dayCell(date, at, chosen, onPick) {
  const iso = isoDay(date);
  const marks = ["day", date.getMonth() !== at.getMonth() && "other-month", iso === isoDay(new Date()) && "today"].filter(Boolean).join(" ");
  const label = date.toLocaleDateString([], { dateStyle: "full" });
  return h(
    "button",
    {
      type: "button", class: marks, role: "gridcell", tabindex: iso === isoDay(at) ? "0" : "-1",
      "aria-selected": String(iso === chosen), "aria-label": label, data: { day: iso }, onclick: () => onPick(iso),
    },
    String(date.getDate()),
  );
}
