/** One channel's messages: the timeline and its threads, each in order of time. */

const MENTIONS = new WeakMap();

/** Whether the message names this person, or everybody. */
export function mentions(message, personId) {
  const named = namedIn(message);
  return named.has(personId) || named.has("everyone");
}

const namesPerson = (message, personId) => namedIn(message).has(personId);

function namedIn(message) {
  if (!MENTIONS.has(message)) {
    const said = JSON.stringify([message.text ?? "", message.blocks ?? []]);
    MENTIONS.set(message, new Set([...said.matchAll(/<(?:@([UW]\w+)|!(here|channel|everyone))/g)].map(([, person]) => person ?? "everyone")));
  }
  return MENTIONS.get(message);
}

export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** Where `ts` stands, or would stand, in a list ordered by time. */
export function position(messages, ts) {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].ts < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

function put(messages, message) {
  const at = position(messages, message.ts);
  messages.splice(at, messages[at]?.ts === message.ts ? 1 : 0, message);
}

function drop(messages, ts) {
  const at = position(messages, ts);
  if (messages[at]?.ts === ts) messages.splice(at, 1);
}

const visibleTo = (personId) => (message) => !message.ephemeral_to || message.ephemeral_to === personId;

let versions = 0;
const nextVersion = () => ++versions;

export class Conversation {
  #timeline = [];
  #threads = new Map();
  #concerning = {};
  /** Another with every change, so that nobody draws twice what is the same. */
  version = nextVersion();

  put(message) {
    this.version = nextVersion();
    if (isReply(message)) put(this.#thread(message.thread_ts), message);
    if (!isReply(message) || message.reply_broadcast || message.subtype === "thread_broadcast") put(this.#timeline, message);
  }

  remove(ts) {
    this.version = nextVersion();
    drop(this.#timeline, ts);
    for (const replies of this.#threads.values()) drop(replies, ts);
  }

  /** The timeline as this person sees it. */
  timeline(personId) {
    return this.#timeline.filter(visibleTo(personId));
  }

  /** Let this message be drawn anew. */
  touch(ts) {
    const known = this.find(ts) ?? [...this.#threads.values()].flat().find((reply) => reply.ts === ts);
    if (known) this.put({ ...known });
  }

  find(ts) {
    const found = this.#timeline[position(this.#timeline, ts)];
    return found?.ts === ts ? found : null;
  }

  /** The messages whose threads concern this person: they began them, answered in them, or are named there. */
  threadsOf(personId) {
    const known = this.#concerning;
    if (known.version === this.version && known.personId === personId) return known.roots;
    const concerns = (root) => root.user === personId || root.reply_users?.includes(personId) || [root, ...this.#thread(root.ts)].some((message) => namesPerson(message, personId));
    const roots = this.#timeline.filter((root) => root.reply_count && concerns(root));
    this.#concerning = { version: this.version, personId, roots };
    return roots;
  }

  /** How many replies came after `read`, from others. */
  unreadReplies(ts, read, personId) {
    return this.replies(ts, personId).filter((reply) => reply.ts > read && reply.user !== personId).length;
  }

  replies(ts, personId) {
    return this.#thread(ts).filter(visibleTo(personId));
  }

  latest() {
    return this.#timeline.at(-1)?.ts ?? "0";
  }

  earliest() {
    return this.#timeline[0]?.ts ?? "";
  }

  /** What came after `ts` and was not said by this person: how much, and how much of it names them. */
  unread(ts, personId) {
    const later = this.#timeline.slice(position(this.#timeline, ts)).filter((message) => message.ts > ts && message.user !== personId);
    const seen = later.filter(visibleTo(personId));
    return { count: seen.length, mentions: seen.filter((message) => mentions(message, personId)).length };
  }

  #thread(ts) {
    if (!this.#threads.has(ts)) this.#threads.set(ts, []);
    return this.#threads.get(ts);
  }
}
