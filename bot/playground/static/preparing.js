/** The line that tells why no card comes yet: what the app learns at its first start. */
import { fill, h } from "./dom.js";

export class Preparing {
  #app;
  #shown = null;
  node = h("section", { class: "preparing", role: "status", "aria-label": "Getting ready", hidden: true, data: { testid: "preparing" } });

  constructor(app) {
    this.#app = app;
  }

  draw() {
    const { preparing, appName } = this.#app.workspace;
    if (preparing === this.#shown) return;
    this.#shown = preparing;
    this.node.hidden = !preparing;
    const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    fill(this.node, preparing && [dots, h("strong", {}, `${appName} is getting ready.`), ` ${preparing} Tickets are taken meanwhile; their cards follow.`]);
  }
}
