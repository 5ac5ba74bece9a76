/** Everything the page knows, and how each happening changes it. */
import { Conversation } from "./conversation.js";
import { readUpTo, threadKey } from "./readmarks.js";

const MOST_WIRE = 500;

export class Workspace {
  me = null;
  teams = [];
  /** The workspace that is shown. */
  team = null;
  people = [];
  groups = [];
  channels = [];
  app = {};
  /** What the app still does before it can answer; empty once it can. */
  preparing = "";
  homes = {};
  wire = [];
  control = { rate_limits: false, faults: [] };
  tickets = new Map();
  views = new Map();
  statuses = new Map();
  /** By person, the work object that they have open since the page began. */
  flexpanes = new Map();
  threads = new Map();
  #conversations = new Map();
  #elsewhere = new Set();

  /** Take over a whole snapshot. */
  load(snapshot) {
    const { workspaces: teams, team, people, groups, channels, app, homes, control } = snapshot;
    Object.assign(this, { teams, team, people, groups, channels, app, homes, control });
    this.preparing = snapshot.preparing ?? "";
    if (!people.some(({ id, team: home }) => id === this.me && home === team)) this.me = snapshot.me_default;
    this.views = new Map(Object.entries(snapshot.views ?? {}));
    this.tickets = new Map((snapshot.tickets ?? []).map((ticket) => [ticket.id, ticket]));
    this.statuses = new Map(snapshot.statuses.map((status) => [statusKey(status.channel, status.thread_ts), status]));
    this.threads = new Map(snapshot.threads.map((thread) => [statusKey(thread.channel, thread.thread_ts), thread]));
    this.#conversations = new Map();
    for (const [channel, messages] of Object.entries(snapshot.messages ?? {}))
      for (const message of messages) this.conversation(channel).put(message);
  }

  /** Who is there now, and in which channels; what was said stays. */
  meet({ workspaces: teams, team, people, groups, channels, app, me_default: first }) {
    Object.assign(this, { teams, team, people, groups, channels, app });
    if (!people.some(({ id, team: home }) => id === this.me && home === team)) this.me = first;
    for (const { id } of channels) this.#elsewhere.delete(id);
  }

  /** The person who sits at the page. */
  get mine() {
    return this.person(this.me);
  }

  get appName() {
    return this.app.name ?? "App";
  }

  get commands() {
    return this.app.commands ?? [];
  }

  get shortcuts() {
    return this.app.shortcuts ?? [];
  }

  person(id) {
    return this.people.find((person) => person.id === id) ?? null;
  }

  personName(id) {
    return this.person(id)?.real_name ?? id;
  }

  teamName(id) {
    return this.teams.find((team) => team.id === id)?.name ?? id;
  }

  /** A user group by its id: what it is called in a mention, and who is meant by it. */
  group(id) {
    return this.groups.find((group) => group.id === id) ?? null;
  }

  /** Those of one workspace whom one can act as. */
  peopleOf(team) {
    return this.people.filter((person) => person.team === team && person.role !== "bot");
  }

  channelName(id) {
    return this.channels.find((channel) => channel.id === id)?.name ?? null;
  }

  channel(id) {
    return this.channels.find((channel) => channel.id === id) ?? null;
  }

  /** Whether this person may read there: a private channel only its members, and a guest only where they are in. */
  mayRead(personId, { is_direct, is_private, members, teams = [] }) {
    const person = this.person(personId);
    if (members.includes(personId)) return true;
    return !is_direct && !is_private && person?.role !== "guest" && teams.includes(person?.team);
  }

  /** The channels of which this person knows. */
  channelsOf(personId) {
    return this.channels.filter((channel) => channel.name && !channel.is_direct && this.mayRead(personId, channel));
  }

  /** The direct messages of this person, with the app and with others. */
  directOf(personId) {
    return this.channels.filter(({ is_direct, members }) => is_direct && members.includes(personId));
  }

  /** Whom this person talks to in a direct message. */
  other(channel, personId = this.me) {
    return channel.members.find((id) => id !== personId) ?? personId;
  }

  /** This person's direct message with the app; before the first word it is only known by the person's id. */
  directWithApp(personId) {
    const app = this.people.find(({ role, team }) => role === "bot" && team === this.person(personId)?.team)?.id;
    const known = this.directOf(personId).find((channel) => this.other(channel, personId) === app);
    return known ?? { id: personId, name: "", topic: "", is_direct: true, members: [personId, app], teams: [] };
  }

  /** A channel by what the address bar calls it: its name, or the id of a direct message. */
  channelNamed(name) {
    const named = this.channels.filter((channel) => channel.name === name || channel.id === name);
    return named.find(({ teams = [] }) => teams.includes(this.team)) ?? named[0] ?? null;
  }

  get openTickets() {
    return [...this.tickets.values()].filter(({ status }) => !["solved", "closed"].includes(status)).length;
  }

  conversation(channelId) {
    if (!this.#conversations.has(channelId)) this.#conversations.set(channelId, new Conversation());
    return this.#conversations.get(channelId);
  }

  /** The threads that concern this person, the latest first, each with how many replies are new to them. */
  threadsOf(personId) {
    const theirs = this.channels.filter(({ members }) => members.includes(personId));
    const threads = theirs.flatMap((channel) => {
      const conversation = this.conversation(channel.id);
      return conversation.threadsOf(personId).map((root) => ({ channel, root, fresh: conversation.unreadReplies(root.ts, this.#readInThread(conversation, root, personId), personId) }));
    });
    return threads.sort((one, other) => (one.root.latest_reply < other.root.latest_reply ? 1 : -1));
  }

  /** Whoever never opened a thread has read it as far as their own last word in it. */
  #readInThread(conversation, root, personId) {
    const mark = readUpTo(personId, threadKey(root.channel, root.ts));
    const own = conversation.replies(root.ts, personId).findLast(({ user }) => user === personId)?.ts ?? "0";
    return mark > own ? mark : own;
  }

  topView() {
    return this.views.get(this.me)?.at(-1) ?? null;
  }

  /** Whether no snapshot of this workspace shows this channel: it is asked for once. */
  isElsewhere(channelId) {
    if (this.channel(channelId)) return false;
    if (this.#elsewhere.has(channelId)) return true;
    this.#elsewhere.add(channelId);
    return false;
  }

  /** Change what is known by one happening; false when only a new snapshot can help. */
  apply(event) {
    const change = CHANGES[event.type];
    return change ? change(this, event) !== false : true;
  }
}

function putMessage(workspace, { message }) {
  workspace.conversation(message.channel).put(message);
  return workspace.isElsewhere(message.channel) || Boolean(workspace.channel(message.channel));
}

function putView(workspace, { user, view, op }) {
  const stack = workspace.views.get(user) ?? [];
  const known = stack.some(({ id }) => id === view.id);
  if (op === "open") workspace.views.set(user, [view]);
  else if (known) workspace.views.set(user, stack.map((old) => (old.id === view.id ? view : old)));
  else if (op === "push") workspace.views.set(user, [...stack, view]);
}

/** What the app is doing for a thread, or for the whole conversation. */
export const statusKey = (channel, thread) => `${channel}:${thread ?? ""}`;

function putStatus(workspace, { channel, thread_ts: thread, ...status }) {
  if (status.status) workspace.statuses.set(statusKey(channel, thread), status);
  else workspace.statuses.delete(statusKey(channel, thread));
}

const CHANGES = {
  message: putMessage,
  message_changed: putMessage,
  ephemeral: (workspace, { user, message }) => putMessage(workspace, { message: { ...message, ephemeral_to: message.ephemeral_to ?? user } }),
  message_deleted: (workspace, { channel, ts }) => void workspace.conversation(channel).remove(ts),
  status: putStatus,
  thread: (workspace, { channel, thread_ts: thread, ...about }) => void workspace.threads.set(statusKey(channel, thread), about),
  flexpane: (workspace, { pane }) => void workspace.flexpanes.set(pane.user, pane),
  view: putView,
  views_closed: (workspace, { user, remaining = [] }) => void workspace.views.set(user, remaining),
  home: (workspace, { user, view }) => void (workspace.homes[user] = view),
  ticket: (workspace, { ticket }) => void workspace.tickets.set(ticket.id, ticket),
  wire: (workspace, { entry }) => void keepWire(workspace.wire, entry),
  control: (workspace, { control }) => void (workspace.control = control),
  preparing: (workspace, { doing }) => void (workspace.preparing = doing),
  resync: () => false,
  town: () => false,
};

/** In place, and cut only now and then: many come each second. */
function keepWire(wire, entry) {
  wire.push(entry);
  if (wire.length > 2 * MOST_WIRE) wire.splice(0, wire.length - MOST_WIRE);
}
