/** All threads that concern a person, the latest first. */
import { avatar } from "./avatar.js";
import { arrange, clockTime, fullTime, h } from "./dom.js";
import { icon } from "./icons.js";
import { authorOf } from "./message.js";
import { decode } from "./mrkdwn.js";

const MOST = 100;
const SNIPPET = 160;

export class ThreadsPane {
  #app;
  #list = h("ul", { class: "thread-list" });
  #rows = new Map();

  constructor(app) {
    this.#app = app;
    const head = h("header", { class: "pane-head" }, app.menuButton(), h("h1", {}, icon("reply"), "Threads"), h("span", { class: "topic" }, "Those that you began, answered or are named in"));
    this.node = h("section", { class: "pane", "aria-label": "Threads", data: { testid: "threads" } }, head, h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Threads" }, this.#list));
  }

  draw() {
    const threads = this.#app.workspace.threadsOf(this.#app.workspace.me).slice(0, MOST);
    const rows = threads.map((thread) => this.#row(thread));
    arrange(this.#list, rows.length ? rows : [h("li", { class: "empty" }, "No thread concerns you yet. Answer in one, and it stands here.")]);
  }

  /** A row is kept as long as its thread stays the same. */
  #row(thread) {
    const { root, fresh } = thread;
    const old = this.#rows.get(root.ts);
    if (old?.root === root && old.fresh === fresh) return old.node;
    const node = this.#made(thread);
    this.#rows.set(root.ts, { root, fresh, node });
    return node;
  }

  #made({ channel, root, fresh }) {
    const { workspace } = this.#app;
    const name = authorOf(root, workspace);
    const replies = `${root.reply_count} ${root.reply_count === 1 ? "reply" : "replies"}`;
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "thread-row", data: { testid: "thread-row" }, onclick: () => this.#app.openThread(channel.id, root.ts) },
        avatar(root.user, name, { bot: Boolean(root.bot_id) }),
        h(
          "span",
          { class: "thread-words" },
          h("span", { class: "muted small" }, this.#app.channelTitle(channel)),
          h("span", {}, h("strong", {}, name), ` ${decode(root.text ?? "").slice(0, SNIPPET)}`),
          h(
            "span", { class: "thread-count" }, h("span", { class: "replies-count" }, replies), fresh ? h("span", { class: "replies-new" }, `${fresh} new`) : null,
            h("span", { class: "muted small", title: fullTime(root.latest_reply) }, `Last reply at ${clockTime(root.latest_reply)}`),
          ),
        ),
      ),
    );
  }
}
