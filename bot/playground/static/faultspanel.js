/** Small switches for what can go wrong, so that people see how the app takes it. */
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopover } from "./popover.js";

/** Each is one line of the fault plan. */
const FAULTS = [
  { label: "Slack answers late", hint: "two seconds each time", line: { method: "*", kind: "slow", seconds: 2 } },
  { label: "Slack’s server fails", hint: "500, one call in three", line: { method: "*", kind: "error500", probability: 0.3 } },
  { label: "Slack asks to wait", hint: "429 with Retry-After, one call in three", line: { method: "*", kind: "ratelimited", probability: 0.3 } },
  { label: "The connection breaks", hint: "one call in five", line: { method: "*", kind: "reset", probability: 0.2 } },
  { label: "Posted, but never told", hint: "the answer is lost, one post in two", line: { method: "chat.postMessage", kind: "execute_then_timeout", probability: 0.5, seconds: 5 } },
  { label: "The helpdesk fails", hint: "500, one call in two", line: { method: "zendesk *", kind: "error500", probability: 0.5 } },
];

const same = (one, other) => one.method === other.method && one.kind === other.kind;

export function faultsButton(app) {
  const button = h("button", { type: "button", class: "wire-toggle faults-toggle", "aria-haspopup": "dialog", "aria-expanded": "false", data: { testid: "faults" } });
  let drawn = null;
  const draw = () => {
    const { control } = app.workspace;
    if (control === drawn) return;
    drawn = control;
    const on = control.faults.length; // limits are no fault: Slack has them every day
    fill(button, icon("storm"), "Faults", on ? h("span", { class: "faults-on" }, `${on} on`) : null);
  };
  button.addEventListener("click", () => openPanel(button, app));
  draw();
  return { node: button, draw };
}

function openPanel(button, app) {
  const { control } = app.workspace;
  const limits = switchOf("Rate limits", "as Slack and Zendesk count them", control.rate_limits, (on) => app.acts.control({ rate_limits: on }));
  const rows = FAULTS.map(({ label, hint, line }) => switchOf(label, hint, control.faults.some((each) => same(each, line)), (on) => app.acts.control({ faults: planWith(app.workspace.control.faults, line, on) })));
  const calm = h("button", { type: "button", class: "button small", data: { testid: "calm" }, onclick: () => app.acts.control({ faults: [] }).then(() => panel.hidePopover()) }, "All quiet again");
  const panel = h("div", { class: "menu faults-panel", role: "dialog", "aria-label": "Faults", data: { testid: "faults-panel" } }, h("h3", {}, "Let things go wrong"), limits, rows, calm);
  if (openPopover(button, panel)) panel.querySelector("input").focus();
}

function planWith(plan, line, on) {
  const others = plan.filter((each) => !same(each, line));
  return on ? [...others, line] : others;
}

function switchOf(label, hint, on, turn) {
  const box = h("input", { type: "checkbox", role: "switch", checked: on });
  box.addEventListener("change", async () => {
    if (!(await turn(box.checked))) box.checked = !box.checked;
  });
  return h("label", { class: "fault" }, box, h("span", {}, label, h("span", { class: "muted" }, ` ${hint}`)));
}
