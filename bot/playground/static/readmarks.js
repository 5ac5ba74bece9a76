/** How far each person has read each channel and thread, kept in this tab. */

const key = (person, place) => `read:${person}:${place}`;

/** What a thread is called among the places that are read. */
export const threadKey = (channel, ts) => `${channel}:${ts}`;

export function readUpTo(person, place) {
  return sessionStorage.getItem(key(person, place)) ?? "0";
}

export function markRead(person, place, ts) {
  if (readUpTo(person, place) < ts) sessionStorage.setItem(key(person, place), ts);
}

/** Everything from `ts` on is new again. */
export function markUnread(person, place, ts) {
  const [seconds, rest] = ts.split(".");
  const before = BigInt(seconds + rest) - 1n;
  const digits = String(before);
  sessionStorage.setItem(key(person, place), `${digits.slice(0, -6)}.${digits.slice(-6)}`);
}
