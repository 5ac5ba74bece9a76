/** The helpdesk: the list of tickets beside one ticket or the form for a new one. */
import { arrange, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { TicketView } from "./ticket.js";
import { ticketForm } from "./ticketform.js";

const PAGE = 60;

export class HelpdeskPane {
  #app;
  #rows = new Map();
  #count = PAGE;
  #view = null;
  #list = h("ul", { class: "ticket-list" });
  #detail = h("div", { class: "ticket-detail scroller" });
  #form;
  #wanted = h("input", { class: "field ticket-search", type: "search", placeholder: "Find a ticket…", "aria-label": "Find a ticket", autocomplete: "off", data: { testid: "ticket-search" } });

  constructor(app) {
    this.#app = app;
    this.#form = ticketForm((ticket) => app.acts.sendTicket(ticket));
    this.#wanted.addEventListener("input", () => this.draw());
    const fresh = h("a", { class: "button primary-fill", href: "#/helpdesk/new", data: { testid: "new-ticket" } }, icon("plus", { size: 14 }), "New ticket");
    this.node = h(
      "section",
      { class: "pane helpdesk-pane", "aria-label": "Helpdesk", data: { testid: "helpdesk" } },
      h(
        "header", { class: "pane-head" }, app.menuButton(), h("a", { class: "back-to-list", href: "#/helpdesk" }, icon("back"), "Tickets"),
        h("h1", {}, icon("helpdesk"), "Helpdesk"), h("span", { class: "topic" }, "What customers write, and what they get back"),
      ),
      h(
        "div", { class: "helpdesk-body" },
        h(
          "div", { class: "ticket-column" }, h("div", { class: "ticket-column-head" }, fresh, this.#wanted),
          h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Tickets" }, this.#list),
        ),
        this.#detail,
      ),
    );
  }

  draw() {
    const { tickets } = this.#app.workspace;
    this.node.classList.toggle("is-writing", Boolean(this.#app.route.writing));
    this.node.classList.toggle("has-ticket", Boolean(this.#app.route.ticket));
    this.#drawList([...tickets.values()].filter((ticket) => fits(ticket, this.#wanted.value)).sort((a, b) => b.id - a.id));
    this.#drawDetail(tickets.get(this.#app.route.ticket));
  }

  #drawList(tickets) {
    const rows = tickets.slice(0, this.#count).map((ticket) => this.#row(ticket));
    const oldest = tickets.at(-1)?.id ?? 1;
    const more = (tickets.length > this.#count || oldest > 1) && h("li", {}, h("button", { type: "button", class: "button more", onclick: () => this.#more() }, "Show older"));
    const none = !tickets.length && h("li", { class: "empty" }, this.#wanted.value ? "No such ticket." : "No tickets yet. Write the first one.");
    arrange(this.#list, [...rows, more, none].filter(Boolean));
  }

  #more() {
    this.#count += PAGE;
    if (this.#count > this.#app.workspace.tickets.size) this.#app.loadOlderTickets();
    this.draw();
  }

  /** Rows are kept as long as their ticket and its mark stay the same. */
  #row(ticket) {
    const current = ticket.id === this.#app.route.ticket;
    const old = this.#rows.get(ticket.id);
    if (old?.ticket === ticket && old.current === current) return old.node;
    const node = ticketRow(ticket, current);
    this.#rows.set(ticket.id, { ticket, current, node });
    return node;
  }

  #drawDetail(ticket) {
    if (!ticket) {
      this.#view = null;
      if (!this.#detail.contains(this.#form)) fill(this.#detail, this.#form);
      return;
    }
    if (this.#view?.id !== ticket.id) {
      const shown = new TicketView(ticket.id, (text) => this.#app.acts.writeAgain(ticket.id, text), (status) => this.#app.acts.moveOn(ticket.id, status));
      this.#view = { id: ticket.id, shown };
      fill(this.#detail, shown.node);
    }
    this.#view.shown.draw(ticket);
  }
}

/** By number, subject, customer, state, team or tag. */
function fits({ id, subject, requester, status, priority, group, tags }, wanted) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return true;
  const text = `#${id} ${subject} ${requester.name} ${requester.email} ${status} ${priority} ${group} ${tags.join(" ")}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function ticketRow(ticket, current) {
  const answered = ticket.comments.some((entry) => entry.public && entry.role !== "customer");
  return h(
    "li",
    {},
    h(
      "a",
      { class: "ticket-row", href: `#/helpdesk/${ticket.id}`, "aria-current": current ? "page" : null, data: { testid: `ticket-${ticket.id}` } },
      h("span", { class: "ticket-subject" }, ticket.subject || "(no subject)"),
      h("span", { class: "ticket-meta" }, `#${ticket.id} · ${ticket.requester.name}`),
      h(
        "span", { class: "ticket-marks" }, h("span", { class: `status status-${ticket.status}` }, ticket.status),
        ticket.priority && h("span", { class: `status priority-${ticket.priority}` }, ticket.priority), ticket.group && h("span", { class: "status" }, ticket.group),
        ticket.assignee && h("span", { class: "status" }, ticket.assignee),
        answered && h("span", { class: "status status-answered" }, icon("check", { size: 12 }), "answered"),
      ),
    ),
  );
}
