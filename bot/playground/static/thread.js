/** The pane on the right: one message and what was replied to it. */
import { composer } from "./composer.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { markRead, readUpTo, threadKey } from "./readmarks.js";
import { StatusLine } from "./statusline.js";
import { Timeline } from "./timeline.js";

export class ThreadPane {
  #app;
  #status;
  #drawn = -1;
  #gone = h("div", { class: "empty", hidden: true }, "The message that began this thread is not here any more.");

  constructor(app, channel, ts) {
    this.#app = app;
    this.channel = channel;
    this.ts = ts;
    this.timeline = new Timeline(app, { label: "Thread", place: { inThread: true } });
    this.#status = new StatusLine(app, channel.id, ts);
    const close = h("button", { type: "button", class: "icon-button bare", "aria-label": "Close thread", data: { testid: "thread-close" }, onclick: () => app.closeThread() }, icon("close"));
    this.node = h(
      "aside",
      { class: "pane thread-pane", "aria-label": "Thread", data: { testid: "thread", ts }, onkeydown: (event) => event.key === "Escape" && !event.defaultPrevented && app.closeThread() },
      h("header", { class: "pane-head" }, h("h2", {}, "Thread"), h("span", { class: "topic" }, app.channelTitle(channel)), close),
      this.#gone, this.timeline.node, this.#status.node, this.#foot(),
    );
  }

  draw() {
    const { workspace } = this.#app;
    const conversation = workspace.conversation(this.channel.id);
    this.#status.draw();
    if (conversation.version === this.#drawn) return;
    this.#drawn = conversation.version;
    const root = conversation.find(this.ts);
    const replies = conversation.replies(this.ts, workspace.me);
    this.#gone.hidden = Boolean(root);
    this.timeline.show([...(root ? [root] : []), ...replies]);
    this.#read(conversation, replies.at(-1)?.ts ?? this.ts);
  }

  /** What is shown here is read; the channel's count of new replies goes. */
  #read(conversation, latest) {
    const key = threadKey(this.channel.id, this.ts);
    if (document.hidden || readUpTo(this.#app.workspace.me, key) >= latest) return;
    markRead(this.#app.workspace.me, key, latest);
    conversation.touch(this.ts);
    this.#app.redraw();
  }

  #foot() {
    const { acts, workspace } = this.#app;
    const { channel, ts } = this;
    if (workspace.mine?.deleted || channel.is_archived || !channel.members.includes(workspace.me)) return null;
    const also = channel.is_direct ? null : h("input", { type: "checkbox", data: { testid: "also-send" } });
    const send = async (text) => {
      const done = await acts.say(channel.id, text, { thread: ts, broadcast: Boolean(also?.checked) });
      if (done && also) also.checked = false;
      return done;
    };
    return composer({
      placeholder: "Reply…", testid: "thread-composer", workspace, send,
      foot: also && h("label", { class: "also-send" }, also, "Also send to ", h("strong", {}, this.#app.channelTitle(channel))),
    });
  }
}
