/** A scrolling list of messages that draws only the part around the reader, and more on the way up and down. */
import { arrange, h } from "./dom.js";
import { position } from "./conversation.js";
import { steer } from "./messagekeys.js";
import { Rows } from "./rows.js";

const PAGE = 40;
/** Messages drawn at once while somebody reads above the end. */
const MOST = 100;
const NEAR = 120;

export class Timeline {
  #rows;
  #messages = [];
  #from = 0;
  #to = 0;
  #begun = false;
  #older;
  #complete;
  #asking = false;
  #news = 0;
  #line = null;
  #pinned = true;
  #head;
  #jump = h("button", { type: "button", class: "jump", hidden: true, data: { testid: "jump" }, onclick: () => this.toEnd() });

  /**
   * `older` fetches what stands before the first message and says whether there was anything; `head` stands before
   * the very first one.
   */
  constructor(app, { label, place = {}, head = null, older = null }) {
    this.#older = older;
    this.#complete = !older;
    this.#head = head;
    this.#rows = new Rows(app, place);
    this.list = h("div", { class: "message-list", role: "feed", "aria-label": label });
    this.node = h("div", { class: "scroller timeline", tabindex: "0", role: "region", "aria-label": label }, head, this.list, this.#jump);
    this.node.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#stay()).observe(this.node);
    this.node.addEventListener("keydown", (event) => steer(event, this.list));
    this.list.addEventListener("focusin", ({ target }) => this.#rows.stop(target.closest("article")));
  }

  /** Show these messages, touching only what changed; stay at the end when the reader was there. `line` is where news begin. */
  show(messages, { line = null } = {}) {
    const atEnd = !this.#begun || this.#isAtEnd();
    const before = this.#messages;
    const [first, last] = [before[this.#from]?.ts, before[this.#to - 1]?.ts];
    const reachedEnd = this.#to === before.length;
    const news = this.#begun && before.length ? messages.length - position(messages, `${before.at(-1).ts}~`) : 0;
    this.#messages = messages;
    this.#line = line;
    if (!this.#begun && messages.length < PAGE) this.#complete = true;
    this.#from = first === undefined ? Math.max(0, messages.length - PAGE) : position(messages, first);
    this.#to = atEnd ? messages.length : position(messages, `${last}~`);
    if (atEnd && this.#to - this.#from > 2 * PAGE) this.#from = this.#to - PAGE;
    if (!atEnd && reachedEnd) this.#to = Math.min(messages.length, Math.max(this.#to, this.#from + MOST));
    this.#begun = true;
    if (atEnd) this.#drawAtEnd();
    else {
      this.#news += Math.max(0, news);
      this.#drawInPlace();
      this.#more();
    }
    this.#showJump();
  }

  toEnd() {
    this.#to = this.#messages.length;
    this.#from = Math.max(0, this.#to - PAGE);
    this.#drawAtEnd();
    this.#showJump();
  }

  /** Bring one message into view and mark it for a moment; what is not here yet is fetched. */
  async reveal(ts) {
    let at = position(this.#messages, ts);
    while (this.#messages[at]?.ts !== ts && at === 0 && (await this.#askOlder())) at = position(this.#messages, ts);
    if (this.#messages[at]?.ts !== ts) return null;
    if (at < this.#from || at >= this.#to) {
      this.#from = Math.max(0, at - PAGE / 2);
      this.#to = Math.min(this.#messages.length, at + PAGE / 2);
    }
    this.#draw();
    const node = this.#rows.nodeOf(ts);
    const [seen, frame] = [node.getBoundingClientRect(), this.node.getBoundingClientRect()];
    if (seen.bottom < frame.top + NEAR || seen.top > frame.bottom - NEAR) node.scrollIntoView({ block: "center" });
    node.classList.remove("revealed");
    node.classList.add("revealed");
    this.#showJump();
    return node;
  }

  #isAtEnd() {
    return this.#to === this.#messages.length && this.#distance() < NEAR;
  }

  #distance() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight;
  }

  /** Who was at the end stays there when the room for the messages changes. */
  #stay() {
    if (this.#pinned) this.node.scrollTop = this.node.scrollHeight;
    this.#showJump();
  }

  #scrolled() {
    this.#more();
    this.#showJump();
  }

  #showJump() {
    const away = !this.#isAtEnd();
    this.#pinned = !away;
    if (!away) this.#news = 0;
    this.#jump.textContent = this.#news ? `${this.#news} new ${this.#news === 1 ? "message" : "messages"} ↓` : "Jump to latest ↓";
    this.#jump.hidden = !away || (this.#news === 0 && this.#to === this.#messages.length && this.#distance() < this.node.clientHeight);
  }

  #more() {
    if (this.node.scrollTop < NEAR && this.#from > 0) this.#move(Math.max(0, this.#from - PAGE), Math.min(this.#to, this.#from - PAGE + MOST));
    else if (this.node.scrollTop < NEAR) this.#askOlder();
    else if (this.#distance() < NEAR && this.#to < this.#messages.length) {
      const to = Math.min(this.#messages.length, this.#to + PAGE);
      this.#move(Math.max(this.#from, to - MOST), to);
    }
  }

  #move(from, to) {
    [this.#from, this.#to] = [from, to];
    this.#drawInPlace();
  }

  /** One question at a time; whoever has everything is not asked again. */
  async #askOlder() {
    if (this.#asking || this.#complete) return false;
    this.#asking = true;
    const found = await this.#older();
    this.#asking = false;
    this.#complete = !found;
    if (this.#head) this.#head.hidden = !this.#complete || this.#from > 0;
    return found;
  }

  #drawAtEnd() {
    this.#draw();
    this.node.scrollTop = this.node.scrollHeight;
  }

  /** Draw so that what the reader looks at stays where it is. */
  #drawInPlace() {
    const top = this.node.getBoundingClientRect().top;
    const anchor = [...this.list.children].find((node) => node.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top;
    this.#draw();
    if (anchor?.isConnected) this.node.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  #draw() {
    if (this.#head) this.#head.hidden = !this.#complete || this.#from > 0;
    arrange(this.list, this.#rows.of(this.#messages, this.#from, this.#to, this.#line));
  }
}
