/** Above the box to write in: what the app is doing just now, and what it suggests to ask. */
import { fill, h } from "./dom.js";
import { statusKey } from "./workspace.js";

export class StatusLine {
  #app;
  #place;
  #shown = [];
  #doing = h("div", { class: "status-line", role: "status", data: { testid: "status-line" } });
  #prompts = h("div", { class: "prompts", role: "group", "aria-label": "Suggestions of the app", data: { testid: "prompts" } });
  node = h("div", {}, this.#prompts, this.#doing);

  constructor(app, channel, thread = null) {
    this.#app = app;
    this.#place = { channel, thread };
  }

  draw() {
    const { workspace } = this.#app;
    const key = statusKey(this.#place.channel, this.#place.thread);
    const [status, about] = [workspace.statuses.get(key), workspace.threads.get(key)];
    if (status === this.#shown[0] && about === this.#shown[1]) return;
    this.#shown = [status, about];
    const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    fill(this.#doing, status && [dots, h("strong", {}, status.username ?? workspace.appName), ` ${status.status}`]);
    fill(this.#prompts, about?.prompts && [h("span", { class: "muted" }, about.prompts.title || "Try asking"), about.prompts.prompts.map((prompt) => this.#prompt(prompt))]);
  }

  #prompt({ title, message }) {
    const { channel, thread } = this.#place;
    return h("button", { type: "button", class: "chip", title: message, onclick: () => this.#app.acts.say(channel, message, { thread }) }, title);
  }
}
