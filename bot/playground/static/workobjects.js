/** Work objects: things of another system, such as a ticket, as the app describes them. */
import { api } from "./api.js";
import { h, link } from "./dom.js";
import { dateNode } from "./dates.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { personMention } from "./mrkdwn.js";
import { toast } from "./toast.js";

const SHOWN_IN_CARD = 4;
const TONES = new Set(["red", "yellow", "green", "gray", "blue"]);

/** The cards of all work objects of a message. */
export function workObjectNodes(message, workspace) {
  const entities = [...(message.metadata?.entities ?? []), ...(message.work_objects ?? [])];
  return entities.map((entity) => objectCard(entity, message, workspace));
}

function objectCard(entity, { channel, ts }, workspace) {
  const open = async () => {
    const answer = await api.entity({ user: workspace.me, channel, ts, id: entity.external_ref.id });
    if (!answer.ok) toast(answer.error, { kind: "error" });
  };
  const button = h(
    "button",
    { type: "button", class: "button", data: { actionId: `open-${entity.external_ref.id}` }, onclick: open },
    "Open details",
  );
  return h(
    "section",
    { class: "work-object", "aria-label": titleOf(entity), data: { testid: "work-object" } },
    objectHead(entity),
    objectFields(entity, workspace, SHOWN_IN_CARD),
    h("div", { class: "actions" }, button),
  );
}

const attributesOf = (entity) => entity.entity_payload.attributes;

export const titleOf = (entity) => attributesOf(entity).title.text;

export function objectHead(entity) {
  const { display_id: id, display_type: type, product_name: product } = attributesOf(entity);
  const kind = type ?? entity.entity_type.split("/").at(-1).replaceAll("_", " ");
  return h(
    "header",
    { class: "work-object-head" },
    h("span", { class: "work-object-mark" }, icon("file", { size: 18 })),
    h(
      "div",
      {},
      h("div", { class: "work-object-title" }, link(entity.url, titleOf(entity))),
      h("div", { class: "work-object-kind" }, [product, kind, id].filter(Boolean).join(" · ")),
    ),
  );
}

/** Slack's own fields and the app's, in the order that the app asks for. */
export function objectFields(entity, workspace, most = Infinity) {
  const { fields = {}, custom_fields: custom = [], display_order: order = [] } = entity.entity_payload;
  const named = [...Object.entries(fields).map(([key, field]) => ({ key, label: key.replaceAll("_", " "), ...field })), ...custom];
  const place = ({ key }) => (order.includes(key) ? order.indexOf(key) : order.length);
  const shown = named.sort((one, other) => place(one) - place(other)).slice(0, most);
  return shown.length ? h("dl", { class: "work-object-fields" }, shown.flatMap((field) => [h("dt", {}, field.label), h("dd", {}, fieldValue(field, workspace))])) : null;
}

function fieldValue({ value, type, format, user, tag_color: tone, link: address }, workspace) {
  if (user) return user.user_id ? personMention(user.user_id, workspace) : (user.text ?? user.email ?? "");
  if (type === "slack#/types/timestamp") return dateNode(value, "{date_short_pretty} {time}", String(value));
  if (type === "slack#/types/date") return dateNode(Date.parse(value) / 1000, "{date_short}", String(value));
  if (format === "markdown") return h("div", { class: "text markdown" }, markdown(value, workspace));
  if (type === "slack#/types/link" || address) return link(address ?? value, value);
  if (Array.isArray(value)) return value.map((each, index) => [index ? ", " : "", fieldValue(each, workspace)]);
  return tone ? h("span", { class: `object-tag object-tag-${TONES.has(tone) ? tone : "gray"}` }, String(value)) : String(value ?? "");
}
