/** Where a select menu's entries come from: given options, the workspace's people and conversations, or the app itself. */
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { plainText, words } from "./text.js";

const fromOption = (option) => ({ label: words(option.text), node: plainText(option.text), description: words(option.description), value: option.value, raw: option });

const fromGroups = (groups) => groups.flatMap((group) => group.options.map((option) => ({ ...fromOption(option), group: words(group.label) })));

/** The options of an element, or of an app's answer, as entries. */
export function offered({ options, option_groups: groups }) {
  return [...(options ?? []).map(fromOption), ...fromGroups(groups ?? [])];
}

function person({ id, real_name: name, title }) {
  return { label: name, description: title, lead: avatar(id, name, { size: "tiny" }), value: id, raw: id };
}

function conversation(channel, directory) {
  const { id } = channel;
  if (channel.is_direct) return { ...person(partnerIn(channel, directory)), description: undefined, value: id, raw: id };
  return { label: channel.name, lead: h("span", { class: "menu-lead" }, icon(channel.is_private ? "lock" : "hash", { size: 15 })), value: id, raw: id };
}

function partnerIn(channel, directory) {
  const id = directory.other(channel);
  return directory.person(id) ?? { id, real_name: directory.personName(id) };
}

const people = (element, { directory }) => directory.people.filter(({ role, deleted }) => role !== "bot" && !deleted).map(person);

const channels = (element, { directory }) =>
  directory.channelsOf(directory.me).filter(({ is_archived, is_private }) => !is_archived && !is_private).map((channel) => conversation(channel, directory));

const kindOf = ({ is_direct, is_private }) => (is_direct ? "im" : is_private ? "private" : "public");

function conversations({ filter = {} }, { directory }) {
  const isWanted = (channel) =>
    !channel.is_archived &&
    (filter.include?.includes(kindOf(channel)) ?? true) &&
    !(filter.exclude_external_shared_channels && channel.teams.length > 1) &&
    !(filter.exclude_bot_users && channel.is_direct && partnerIn(channel, directory).role === "bot");
  const known = [...directory.channelsOf(directory.me), ...directory.directOf(directory.me)];
  return known.filter(isWanted).map((channel) => conversation(channel, directory));
}

/** By type without `multi_`: all entries there are, and Slack's word for the initial and the chosen value. */
export const SOURCES = {
  static_select: { entries: offered, word: "option" },
  external_select: { entries: () => [], word: "option" },
  users_select: { entries: people, word: "user" },
  channels_select: { entries: channels, word: "channel" },
  conversations_select: { entries: conversations, word: "conversation" },
};

/** Chosen values as entries, also those that no list holds any more. */
export function entryOf(raw, entries) {
  const value = raw?.value ?? raw;
  return entries.find((entry) => entry.value === value) ?? (raw?.text ? fromOption(raw) : { label: String(value), value, raw });
}

const LEAST = 3;

/** Asks the app for its options as one types; Slack begins at three letters unless the element says otherwise. */
export function asking(element, block, surface) {
  const least = element.min_query_length ?? LEAST;
  return async (query) => {
    if (query.length < least) return { note: `Type ${least === 1 ? "a letter" : `at least ${least} letters`} to search` };
    const answer = await surface.options(block, element, query);
    return answer.ok ? { items: offered(answer) } : { note: answer.error ?? "The app gave no options." };
  };
}
