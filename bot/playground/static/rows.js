/** The rows of a timeline: messages, the days between them, the line above what is new. */
import { position } from "./conversation.js";
import { formatDate } from "./dates.js";
import { h } from "./dom.js";
import { messageNode } from "./message.js";

const GROUPED_SECONDS = 300;

export class Rows {
  #app;
  #place;
  #shown = new Map();
  #dividers = new Map();
  #stop = null;

  constructor(app, place) {
    this.#app = app;
    this.#place = place;
  }

  /** Nodes for `messages[from..to]`; news begin after the time `line`. A message keeps its node while nothing about it changes. */
  of(messages, from, to, line = null) {
    const slice = messages.slice(from, to);
    const wanted = new Set(slice.map(({ ts }) => ts));
    for (const ts of this.#shown.keys()) if (!wanted.has(ts)) this.#shown.delete(ts);
    const firstNew = line && this.#firstNew(messages, line);
    const nodes = slice.flatMap((message, index) => {
      const before = messages[from + index - 1];
      const breaks = this.#breaks(before, message, firstNew, messages);
      return [...breaks, this.#nodeFor(message, breaks.length === 0 && isGrouped(before, message))];
    });
    if (!nodes.includes(this.#stop)) this.stop(nodes.findLast((node) => node.matches("article")));
    return nodes;
  }

  nodeOf(ts) {
    return this.#shown.get(ts)?.node;
  }

  /** Tab comes to one message only, the last that was visited; arrows lead to the others. */
  stop(article) {
    if (!article || article === this.#stop) return;
    if (this.#stop) this.#stop.tabIndex = -1;
    article.tabIndex = 0;
    this.#stop = article;
  }

  #firstNew(messages, line) {
    const { me } = this.#app.workspace;
    return messages.slice(position(messages, line)).find(({ ts, user }) => ts > line && user !== me)?.ts;
  }

  #breaks(before, message, firstNew, messages) {
    const isDay = !this.#place.inThread && (!before || dayOf(before) !== dayOf(message));
    const isFirstReply = this.#place.inThread && before && before === messages[0] && before.ts === message.thread_ts;
    return [
      isDay && this.#divider(`day ${dayOf(message)}`, "day", () => formatDate(message.ts, "{date_long_pretty}")),
      isFirstReply && this.#divider(`replies ${messages.length}`, "count", () => (messages.length === 2 ? "1 reply" : `${messages.length - 1} replies`)),
      message.ts === firstNew && this.#divider("new", "new", () => "New"),
    ].filter(Boolean);
  }

  #divider(key, kind, words) {
    if (!this.#dividers.has(key)) {
      const text = words();
      this.#dividers.set(key, h("div", { class: `divider divider-${kind}`, role: "separator", "aria-label": text, data: { testid: `divider-${kind}` } }, h("span", {}, text)));
    }
    return this.#dividers.get(key);
  }

  #nodeFor(message, grouped) {
    const old = this.#shown.get(message.ts);
    if (old?.message === message && old.grouped === grouped) return old.node;
    const node = messageNode(message, this.#app, { ...this.#place, grouped });
    this.#shown.set(message.ts, { message, grouped, node });
    if (old) this.#swap(old.node, node);
    return node;
  }

  /** Replace a message in place; whoever stood on it, or on one of its buttons, stays there. */
  #swap(old, node) {
    const at = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(node);
    if (old === this.#stop) this.stop(node);
    if (!at) return;
    const { actionId } = at.dataset;
    const same = actionId !== undefined && node.querySelector(`[data-action-id="${CSS.escape(actionId)}"]`);
    (same || node).focus({ preventScroll: true });
  }
}

const dayOf = (message) => new Date(message.ts * 1000).toDateString();

/** The same person within five minutes needs no second heading; an app's messages always say whose they are. */
function isGrouped(before, message) {
  return Boolean(
    before && !message.bot_id && !message.ephemeral_to && !before.ephemeral_to && before.user === message.user && !before.bot_id && message.ts - before.ts < GROUPED_SECONDS,
  );
}
