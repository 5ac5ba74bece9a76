/** What stands in the middle when the address leads to nothing that this person may see. */
import { h } from "./dom.js";

export function nowhere(app) {
  const node = h(
    "section",
    { class: "pane", "aria-label": "Not found", data: { testid: "nowhere" } },
    h("header", { class: "pane-head" }, app.menuButton(), h("h1", {}, "Nothing to see here")),
    h("div", { class: "empty" }, h("p", {}, "There is no such channel, or it is private and this person is not in it."), h("p", {}, "Choose another on the left, or act as somebody else.")),
  );
  return { node, draw: () => {} };
}
