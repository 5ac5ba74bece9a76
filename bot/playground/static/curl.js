/** An exchange as a command line that makes the same request again. */

const quoted = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;

/** @param {{bot_url, bot_token, signing_secret, helpdesk_user}} app where things are; every secret is a pretend one */
export function curlOf(entry, app = {}) {
  if (entry.direction === "to_bot") return entry.what.startsWith("webhook") ? webhook(entry, app) : delivery(entry, app);
  return entry.what.startsWith("zendesk") ? helpdesk(entry, app) : call(entry, app);
}

function call({ what, arguments: said }, { bot_token: token }) {
  return [`curl ${quoted(`${location.origin}/api/${what}`)}`, `-H ${quoted(`Authorization: Bearer ${token}`)}`, "-H 'Content-Type: application/json; charset=utf-8'", `-d ${quoted(JSON.stringify(said ?? {}))}`].join(" \\\n  ");
}

function helpdesk({ what, path, arguments: said }, { helpdesk_user: user }) {
  const [, verb, place] = what.split(" ");
  const body = ["POST", "PUT", "PATCH"].includes(verb) ? ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(said ?? {}))}`] : [];
  return [`curl -X ${verb} ${quoted(`${location.origin}${path || `/api/v2/${place}.json`}`)}`, `-u ${quoted(user)}`, ...body].join(" \\\n  ");
}

/** Slack's signature is over the moment too, so the command signs when it runs. */
function delivery({ what, arguments: said }, { bot_url: url, signing_secret: secret }) {
  const isEvent = what.startsWith("event");
  const form = what.startsWith("command") ? new URLSearchParams(said) : new URLSearchParams({ payload: JSON.stringify(said) });
  const body = isEvent ? JSON.stringify(said) : form.toString();
  return [
    `body=${quoted(body)}`, "at=$(date +%s)",
    `mark=$(printf 'v0:%s:%s' "$at" "$body" | openssl dgst -sha256 -hmac ${quoted(secret)} | sed 's/^.* //')`,
    [`curl ${quoted(`${url}/slack/events`)}`, `-H ${quoted(`Content-Type: application/${isEvent ? "json" : "x-www-form-urlencoded"}`)}`, '-H "X-Slack-Request-Timestamp: $at"', '-H "X-Slack-Signature: v0=$mark"', '--data-raw "$body"'].join(" \\\n  "),
  ].join("\n");
}

function webhook({ arguments: said }, { bot_url: url, webhook_secret: secret }) {
  return [
    `body=${quoted(JSON.stringify(said))}`, "at=$(date -u +%Y-%m-%dT%H:%M:%SZ)",
    `mark=$(printf '%s%s' "$at" "$body" | openssl dgst -sha256 -hmac ${quoted(secret)} -binary | base64)`,
    [`curl ${quoted(`${url}/webhooks/zendesk`)}`, "-H 'Content-Type: application/json'", '-H "X-Zendesk-Webhook-Signature-Timestamp: $at"', '-H "X-Zendesk-Webhook-Signature: $mark"', '--data-raw "$body"'].join(" \\\n  "),
  ].join("\n");
}
