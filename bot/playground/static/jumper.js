/** The box that leads anywhere: channels, people to be or to write to, tickets. */
import { avatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { channelHash } from "./route.js";
import { roleWord } from "./who.js";

const MOST = 12;

export function openJumper(app) {
  const list = h("ul", { class: "menu-list", role: "listbox", id: "jumper-list", "aria-label": "Places" });
  const search = h("input", {
    class: "menu-search", type: "text", role: "combobox", placeholder: "Go to a channel, a ticket, or act as…", "aria-label": "Go to", "aria-expanded": "true",
    "aria-controls": list.id, autocomplete: "off", spellcheck: "false",
  });
  const dialog = h("dialog", { class: "modal jumper", "aria-label": "Go to", data: { testid: "jumper" } }, search, list);
  const places = placesOf(app);
  let found = [];
  let at = 0;
  const go = (place) => {
    dialog.close();
    place?.go();
  };
  const mark = () => {
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
  };
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = places.filter(({ label, hint }) => words.every((word) => `${label} ${hint}`.toLowerCase().includes(word))).slice(0, MOST);
    at = 0;
    fill(list, found.map((place, index) => row(place, index, go)));
    mark();
  };
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) at = (at + step + found.length) % found.length;
    else if (event.key !== "Enter") return;
    event.preventDefault();
    if (step) mark();
    else go(found[at]);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  show();
}

function row(place, index, go) {
  const { label, hint, lead } = place;
  return h(
    "li",
    { class: "menu-item", role: "option", id: `jumper-${index}`, onclick: () => go(place), onpointerdown: (event) => event.preventDefault() },
    lead, h("span", { class: "menu-words" }, h("span", {}, label)), h("span", { class: "menu-description" }, hint),
  );
}

function placesOf(app) {
  const { workspace } = app;
  const to = (hash) => () => (location.hash = hash);
  const channels = workspace.channelsOf(workspace.me).map((channel) => ({ label: channel.name, hint: "channel", lead: icon(channel.is_private ? "lock" : "hash"), go: to(channelHash(channel.name)) }));
  const people = workspace.peopleOf(workspace.team);
  const as = people.map((person) => ({ label: `Act as ${person.real_name}`, hint: roleWord(person), lead: avatar(person.id, person.real_name, { size: "small" }), go: () => app.actAs(person.id) }));
  const write = workspace.peopleOf(workspace.team).filter(({ id, deleted }) => id !== workspace.me && !deleted).map((person) => ({
    label: person.real_name, hint: "direct message", lead: avatar(person.id, person.real_name, { size: "small" }), go: () => app.talkTo(person.id),
  }));
  const fixed = [{ label: "Helpdesk", hint: "what customers write", lead: icon("helpdesk"), go: to("#/helpdesk") }, { label: workspace.appName, hint: "the app’s home", lead: icon("home"), go: to("#/home") }];
  const tickets = [...workspace.tickets.values()].reverse().map((ticket) => ({
    label: `#${ticket.id} ${ticket.subject || "(no subject)"}`, hint: `ticket of ${ticket.requester.name}`, lead: icon("helpdesk"), go: to(`#/helpdesk/${ticket.id}`),
  }));
  const teams = workspace.teams.filter(({ id }) => id !== workspace.team).map(({ id, name }) => ({ label: name, hint: "workspace", lead: icon("shared"), go: () => app.enterTeam(id) }));
  return [...channels, ...as, ...fixed, ...teams, ...write, ...tickets];
}
