/** The strip that tells a newcomer what to try. */
import { h } from "./dom.js";
import { icon } from "./icons.js";

const KEY = "welcome-dismissed";

function step(number, ...words) {
  return h("li", {}, h("span", { class: "step-number", "aria-hidden": "true" }, String(number)), h("span", {}, words));
}

export function welcome() {
  if (localStorage.getItem(KEY)) return null;
  const dismiss = () => {
    localStorage.setItem(KEY, "yes");
    node.remove();
  };
  const node = h(
    "section",
    { class: "welcome", "aria-label": "What to try", data: { testid: "welcome" } },
    h("strong", { class: "welcome-title" }, "Try it"),
    h(
      "ol",
      {},
      step(1, h("a", { href: "#/helpdesk" }, "Write a ticket"), " as a customer"),
      step(2, "Open its card in a team’s channel"),
      step(3, "Approve or edit the draft"),
      step(4, "See the reply ", h("a", { href: "#/helpdesk" }, "at the customer’s")),
    ),
    h("button", { type: "button", class: "icon-button bare", "aria-label": "Dismiss", data: { testid: "welcome-dismiss" }, onclick: dismiss }, icon("close", { size: 14 })),
  );
  return node;
}
