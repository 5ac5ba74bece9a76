/** Who one acts as, and in which workspace. */
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";

export const ROLE_WORDS = { agent: "Agent", lead: "Lead", admin: "Admin", outsider: "Outsider", guest: "Guest", stranger: "External", bot: "App" };

/** What this person is here, in one word. */
export function roleWord(person) {
  return person?.deleted ? "Deactivated" : (ROLE_WORDS[person?.role] ?? person?.role ?? "");
}

/** Everybody of a workspace as entries of a menu. */
export function personItems(workspace, team) {
  return workspace.peopleOf(team).map((person) => ({
    label: person.real_name, description: [...new Set([roleWord(person), person.title])].filter(Boolean).join(" · "), value: person.id,
    selected: person.id === workspace.me, lead: avatar(person.id, person.real_name, { size: "small" }),
  }));
}

export function personSwitcher(app) {
  const { workspace } = app;
  const { mine } = workspace;
  const role = roleWord(mine);
  const button = h(
    "button",
    {
      type: "button", class: "person-switcher", "aria-haspopup": "listbox", "aria-expanded": "false", title: "Change person (Alt+P)",
      "aria-label": `Acting as ${mine?.real_name}, ${role}. Change person`, "aria-keyshortcuts": "Alt+P", data: { testid: "person-switcher" },
    },
    avatar(mine?.id ?? "", mine?.real_name ?? "?"),
    h("span", { class: "person-words" }, h("span", { class: "acting-as" }, "Acting as"), h("span", { class: "person-name" }, mine?.real_name ?? ""), h("span", { class: "person-title" }, mine?.title ?? "")),
    h("span", { class: `role role-${mine?.deleted ? "deleted" : mine?.role}` }, role),
    icon("chevron"),
  );
  button.addEventListener("click", () => openMenu(button, { label: "Act as", items: personItems(workspace, workspace.team), onPick: ({ value }) => app.actAs(value) }));
  return button;
}

/** The workspace's name; a menu of all of them where there are several. */
export function teamSwitcher(app) {
  const { workspace } = app;
  const name = workspace.teamName(workspace.team) ?? "Workspace";
  const mark = h("span", { class: "workspace-mark", "aria-hidden": "true" }, initialsOf(name));
  if (workspace.teams.length < 2) return h("div", { class: "team-switcher" }, mark, h("span", { class: "workspace-name" }, name));
  const button = h(
    "button",
    {
      type: "button", class: "team-switcher", "aria-haspopup": "listbox", "aria-expanded": "false", title: "Change workspace (Alt+W)",
      "aria-label": `Workspace ${name}. Change workspace`, "aria-keyshortcuts": "Alt+W", data: { testid: "team-switcher" },
    },
    mark, h("span", { class: "workspace-name" }, name), icon("chevron"),
  );
  const items = workspace.teams.map((team) => ({
    label: team.name, description: `${team.domain}.slack.com`, value: team.id, selected: team.id === workspace.team,
    lead: h("span", { class: "workspace-mark small" }, initialsOf(team.name)),
  }));
  button.addEventListener("click", () => openMenu(button, { label: "Workspaces", items, onPick: ({ value }) => app.enterTeam(value) }));
  return button;
}

const initialsOf = (name) => name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase();
