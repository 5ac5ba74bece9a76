/**
 * Where the page is, as the address bar says it: `#/channel/NAME[/THREAD][/pDIGITS]`, `#/helpdesk[/ID|new]`,
 * `#/home[/messages|about]`, `#/threads`; who, as `?as=`. `pDIGITS` is one message, written as Slack's permalinks write it.
 */

export function currentRoute() {
  const [kind, name, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (kind === "helpdesk") return { kind, ticket: Number(name) || null, writing: name === "new" };
  if (kind === "threads") return { kind };
  if (kind === "home") return { kind, tab: ["messages", "about"].includes(name) ? name : "home" };
  if (kind !== "channel" || !name) return null;
  const message = rest.find((part) => /^p\d{7,}$/.test(part));
  return { kind, channel: name, thread: rest.find((part) => /^\d+\.\d+$/.test(part)) ?? null, message: message ? stampOf(message.slice(1)) : null };
}

/** A message's time from the digits of its permalink. */
export function stampOf(digits) {
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

export function channelHash(name, thread = null, message = null) {
  const parts = [encodeURIComponent(name), thread, message && `p${message.replace(".", "")}`];
  return `#/channel/${parts.filter(Boolean).join("/")}`;
}

/** Who looks, and at which workspace. */
export function whoInAddress() {
  const asked = new URLSearchParams(location.search);
  return { person: asked.get("as"), team: asked.get("team") };
}

export function rememberWho(person, team, isFirstTeam) {
  const address = new URL(location.href);
  address.searchParams.set("as", person);
  if (isFirstTeam) address.searchParams.delete("team");
  else address.searchParams.set("team", team);
  history.replaceState(null, "", address);
}
