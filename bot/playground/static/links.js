/** Addresses that mean a place on this page: Slack's permalinks and the helpdesk's ticket pages. */
import { safeHref } from "./dom.js";
import { channelHash, stampOf } from "./route.js";

/** The hash of the place that an address means, or null when it leads elsewhere. */
export function placeOf(address, workspace) {
  const url = new URL(address, location.href);
  if (url.origin === location.origin && url.hash.startsWith("#/")) return url.hash;
  const ticket = /\/agent\/tickets\/(\d+)$/.exec(url.pathname);
  if (ticket && workspace.tickets.has(Number(ticket[1]))) return `#/helpdesk/${ticket[1]}`;
  const [, channelId, digits] = /\/archives\/(\w+)\/p(\d{7,})$/.exec(url.pathname) ?? [];
  const channel = channelId && workspace.channels.find(({ id }) => id === channelId);
  if (!channel) return null;
  return channelHash(channel.name || channel.id, url.searchParams.get("thread_ts"), stampOf(digits));
}

/** Go there: within the page when it is one of its places, else in a new tab. */
export function visit(address, workspace) {
  if (safeHref(address) === null) return;
  const place = placeOf(address, workspace);
  if (place) location.hash = place;
  else window.open(address, "_blank", "noopener");
}

/** Let clicks on any link to a place of this page stay on it. */
export function keepLinksInside(workspace) {
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.("a[target=_blank]");
    const place = anchor && placeOf(anchor.href, workspace);
    if (!place) return;
    event.preventDefault();
    location.hash = place;
  });
}
