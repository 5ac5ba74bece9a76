/** The playground's own HTTP interface. */

function post(path, body) {
  return send(path, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

async function send(path, request) {
  try {
    const response = await fetch(`/playground/${path}`, { method: "POST", ...request });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return { ok: true, ...answer };
    return { ok: false, error: typeof answer.error === "string" ? answer.error : `The playground answered ${response.status}.`, ...answer };
  } catch {
    return { ok: false, error: "The playground does not answer. Is it still running?" };
  }
}

async function get(path) {
  const response = await fetch(`/playground/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** What a person does, in the workspace that the page looks at. */
const act = (path, body) => post(path, { team: api.team, ...body });

export const api = {
  team: undefined,
  snapshot: (team) => get(team ? `snapshot?team=${team}` : "snapshot"),
  wireSince: (number, limit) => get(`wire?since=${number}&limit=${limit}`),
  messagesBefore: async (channel, ts) => (await get(`messages?channel=${channel}&before=${ts}`)).messages,
  ticketsBefore: async (id) => (await get(`tickets?before=${id}`)).tickets,
  click: (body) => act("click", body),
  options: (body) => act("options", body),
  submit: (body) => act("submit", body),
  close: (body) => act("close", body),
  command: (body) => act("command", body),
  say: (body) => act("say", body),
  edit: (body) => act("edit", body),
  erase: (body) => act("erase", body),
  dismiss: (body) => act("dismiss", body),
  react: (body) => act("react", body),
  shortcut: (body) => act("shortcut", body),
  globalShortcut: (body) => act("global_shortcut", body),
  join: (body) => act("join", body),
  direct: (body) => act("direct", body),
  stop: (body) => act("stop", body),
  entity: (body) => act("entity", body),
  upload: (user, file) => send(`upload?${new URLSearchParams({ user, name: file.name, ...(api.team && { team: api.team }) })}`, { body: file }),
  control: (body) => post("control", body),
  openHome: (user, tab) => act("home", { user, tab }),
  newTicket: (body) => post("tickets", body),
  moveOn: (id, status) => post(`tickets/${id}/status`, { status }),
  writeAgain: (id, text) => post(`tickets/${id}/comments`, { text }),
};
