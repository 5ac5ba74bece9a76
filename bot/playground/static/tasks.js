/** What an agent is doing: single tasks and whole plans. */
import { h, link } from "./dom.js";
import { icon } from "./icons.js";
import { richText } from "./richtext.js";
import { plainText } from "./text.js";

const STATES = { pending: ["waiting", "Waiting"], in_progress: ["spinner", "In progress"], complete: ["done", "Done"], error: ["failed", "Failed"] };

function mark(status) {
  const [name, label] = STATES[status] ?? STATES.pending;
  return h(
    "span",
    { class: `task-mark task-${status ?? "pending"}`, role: "img", "aria-label": label, title: label },
    name === "spinner" ? h("span", { class: "spinner" }) : icon(name, { size: 18 }),
  );
}

export function taskCard(block, surface) {
  const rich = (name) => block[name] && h("div", { class: `task-${name} text` }, richText(block[name], surface.directory));
  const sources = block.sources?.length && h(
    "ul",
    { class: "task-sources", "aria-label": "Sources" },
    block.sources.map(({ url, text }) => h("li", {}, link(url, icon("link", { size: 13 }), text))),
  );
  const more = [rich("details"), rich("output"), sources].filter(Boolean);
  const title = [mark(block.status), h("span", { class: "task-title" }, block.title)];
  if (!more.length) return h("div", { class: "task-card" }, h("div", { class: "task-head" }, title));
  return h(
    "details",
    { class: "task-card", open: block.status === "in_progress" || block.status === "error" || null },
    h("summary", { class: "task-head" }, title, icon("chevron")),
    h("div", { class: "task-body" }, more),
  );
}

export function plan(block, surface) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter(({ status }) => status === "complete").length;
  const title = typeof block.title === "string" ? block.title : plainText(block.title);
  return h(
    "section",
    { class: "plan-block" },
    h("div", { class: "plan-title" }, title, tasks.length ? h("span", { class: "plan-count" }, `${done} of ${tasks.length} done`) : null),
    h("ol", { class: "plan-tasks" }, tasks.map((task) => h("li", {}, taskCard(task, surface)))),
  );
}
