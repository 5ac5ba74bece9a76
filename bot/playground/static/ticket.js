/** One ticket of the helpdesk, as the customer sees it and as the agents see it. */
import { avatar } from "./avatar.js";
import { fill, h, link } from "./dom.js";
import { icon } from "./icons.js";

const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/;

/** Plain text with its addresses as links. */
function linked(text) {
  return String(text).split(ADDRESS).map((part, index) => (index % 2 ? link(part, part) : part));
}

export function moment(iso) {
  return new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

const ROLES = { customer: "Customer", agent: "Support", bot: "App" };

function comment(entry, asCustomer) {
  const kind = entry.public ? entry.role : "note";
  return h(
    "article",
    { class: `comment comment-${kind}`, data: { testid: entry.public ? "comment" : "note" } },
    avatar(entry.author, entry.author, { bot: entry.role === "bot" && !asCustomer }),
    h(
      "div",
      { class: "comment-main" },
      h(
        "div",
        { class: "message-head" },
        h("span", { class: "author" }, entry.author),
        h("span", { class: "comment-role" }, (asCustomer && entry.role !== "customer" ? "Support" : ROLES[entry.role]) ?? entry.role),
        entry.public ? null : h("span", { class: "note-badge" }, icon("lock", { size: 12 }), "Internal note"),
        h("time", { class: "when", datetime: entry.created_at }, moment(entry.created_at)),
      ),
      h("div", { class: "comment-body" }, linked(entry.body)),
    ),
  );
}

function facts(ticket) {
  const fact = (name, value) => h("div", { class: "fact" }, h("dt", {}, name), h("dd", {}, value || "–"));
  const tags = ticket.tags?.length ? ticket.tags.map((tag) => h("span", { class: "tag" }, tag)) : null;
  return h(
    "dl",
    { class: "facts" },
    fact("Status", ticket.status), fact("Priority", ticket.priority), fact("Group", ticket.group), fact("Assignee", ticket.assignee), fact("Plan", ticket.requester?.tier),
    h("div", { class: "fact fact-wide" }, h("dt", {}, "Tags"), h("dd", { class: "tags" }, tags ?? "–")),
  );
}

/** What an agent can make of the ticket here, of which the app hears. */
function statuses(moveOn) {
  const one = (status, label) => h("button", { type: "button", class: "button", data: { testid: `status-${status}` }, onclick: () => moveOn(status) }, label);
  return h("div", { class: "ticket-statuses" }, one("open", "Open"), one("solved", "Solve"), one("deleted", "Delete"));
}

const PERMALINK = /https:\/\/[\w-]+\.slack\.com\/archives\/\w+\/p\d{7,}(?:\?thread_ts=[\d.]+&cid=\w+)?/;

/** Where the app says, in its notes, that the ticket's card is. */
function cardOf({ comments }) {
  const told = comments.findLast((entry) => !entry.public && PERMALINK.test(entry.body));
  return told ? PERMALINK.exec(told.body)[0] : null;
}

export class TicketView {
  #side = "customer";
  #ticket = null;
  #content = h("div", { class: "ticket-content" });

  #moveOn;

  /** @param {(text: string) => Promise<boolean>} writeAgain @param {(status: string) => Promise<boolean>} moveOn */
  constructor(id, writeAgain, moveOn) {
    this.#moveOn = moveOn;
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Point of view" }, this.#tab("customer", "As the customer sees it"), this.#tab("agent", "As the agents see it"));
    this.head = h("div", { class: "ticket-head" });
    this.node = h("div", { class: "ticket", data: { testid: "ticket", id } }, this.head, this.tabs, this.#content, writeBox(writeAgain));
  }

  draw(ticket) {
    if (ticket === this.#ticket) return;
    this.#ticket = ticket;
    const card = cardOf(ticket);
    fill(
      this.head,
      h("h2", {}, ticket.subject || "(no subject)"),
      h("p", { class: "muted" }, `#${ticket.id} · ${ticket.requester.name} · ${ticket.requester.email}`, card && [" · ", h("a", { href: card, target: "_blank", rel: "noopener noreferrer", data: { testid: "to-card" } }, "Its card in the workspace")]),
    );
    this.#show();
  }

  #tab(side, label) {
    return h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(side === this.#side), data: { testid: `side-${side}`, side }, onclick: () => this.#turn(side) }, label);
  }

  #turn(side) {
    this.#side = side;
    for (const tab of this.tabs.children) tab.setAttribute("aria-selected", String(tab.dataset.side === side));
    this.#show();
  }

  #show() {
    const asCustomer = this.#side === "customer";
    const comments = this.#ticket.comments.filter((entry) => entry.public || !asCustomer);
    fill(this.#content, asCustomer ? null : [facts(this.#ticket), statuses(this.#moveOn)], h("div", { class: "comments", role: "log", "aria-label": "Conversation" }, comments.map((entry) => comment(entry, asCustomer))));
  }
}

function writeBox(writeAgain) {
  const text = h("textarea", { class: "field", rows: 3, required: true, maxlength: 60000, placeholder: "Write again as the customer…", "aria-label": "Write again as the customer", data: { testid: "write-again" } });
  const send = h("button", { type: "submit", class: "button" }, "Send as customer");
  const onsubmit = async (event) => {
    event.preventDefault();
    if (!text.value.trim()) return;
    send.disabled = true;
    if (await writeAgain(text.value)) text.value = "";
    send.disabled = false;
  };
  return h("form", { class: "write-again", onsubmit }, text, send);
}
