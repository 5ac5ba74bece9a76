/** One exchange on the wire: a line that opens to what was sent and answered, whole. */
import { api } from "./api.js";
import { curlOf } from "./curl.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { json } from "./json.js";
import { toast } from "./toast.js";

export const KINDS = { calls: "Calls of Slack’s API", deliveries: "Deliveries to the app", helpdesk: "Calls of the helpdesk", webhooks: "Webhooks of the helpdesk" };

export function kindOf({ direction, what }) {
  if (direction === "to_bot") return what.startsWith("webhook") ? "webhooks" : "deliveries";
  return what.startsWith("zendesk") ? "helpdesk" : "calls";
}

/** Why it was refused or went wrong; null when all is well. */
export function refusalOf(entry) {
  const error = entry.error ?? (entry.answer?.ok === false ? entry.answer.error : null);
  if (error) return error;
  if (entry.answer?.fault) return entry.answer.fault;
  if (entry.status === 0) return "no answer";
  return entry.status >= 400 ? String(entry.status) : null;
}

/** @param {{app: object}} workspace whose app it is */
export function wireRow(entry, workspace) {
  const body = h("div", { class: "wire-body" });
  const refusal = refusalOf(entry);
  const details = h(
    "details",
    { class: refusal ? "wire-row failed" : "wire-row", data: { n: entry.n, kind: kindOf(entry) } },
    h(
      "summary",
      {},
      h("span", { class: "wire-time" }, new Date(entry.at * 1000).toLocaleTimeString("sv-SE")),
      h("span", { class: "wire-direction" }, entry.direction === "to_bot" ? "→ app" : "app →"),
      h("span", { class: "wire-what" }, entry.what, entry.path && !entry.what.includes(entry.path) ? h("span", { class: "muted" }, ` ${entry.path}`) : null),
      h("span", { class: "wire-status" }, refusal ? `✕ ${refusal}` : String(entry.status)),
      h("span", { class: "wire-ms" }, `${Math.round(entry.ms)} ms`),
    ),
    body,
  );
  details.addEventListener("toggle", () => details.open && !body.firstChild && open(body, entry, workspace.app));
  return h("li", {}, details);
}

/** The list carries only the heads of long bodies; who opens one gets it whole. */
async function open(body, brief, app) {
  fill(body, h("p", { class: "muted" }, "Reading…"));
  const { entries } = await api.wireSince(brief.n - 1, 1).catch(() => ({ entries: [] }));
  const entry = entries[0]?.n === brief.n ? entries[0] : brief;
  const copy = h("button", { type: "button", class: "button small", data: { testid: "copy-curl" }, onclick: () => copyCurl(entry, app) }, icon("copy", { size: 13 }), "Copy as curl");
  fill(body, h("div", { class: "wire-tools" }, copy), h("div", { class: "wire-halves" }, half("Sent", entry.arguments), half("Answered", entry.answer)));
}

async function copyCurl(entry, app) {
  const text = curlOf(entry, app);
  const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
  toast(done ? "The command is copied." : text);
}

function half(name, value) {
  return h("div", { class: "wire-half" }, h("h3", {}, name), h("pre", { tabindex: "0", "aria-label": name }, typeof value === "string" ? value : json(value)));
}
