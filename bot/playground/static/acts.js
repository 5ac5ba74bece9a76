/** What the person at the page does. Each act says whether it went well, and tells them why when it did not. */
import { api } from "./api.js";
import { toast } from "./toast.js";

const DEACTIVATED = { ok: false, error: "This account is deactivated. Act as somebody else." };

export class Acts {
  #workspace;

  constructor(workspace) {
    this.#workspace = workspace;
  }

  click(body) {
    return this.#do(api.click, body);
  }

  say(channel, text, { thread = null, broadcast = false } = {}) {
    return this.#do(api.say, { channel, text, ...(thread ? { thread_ts: thread, broadcast } : {}) });
  }

  command(channel, command, text) {
    return this.#do(api.command, { channel, command, text });
  }

  react({ channel, ts, reactions = [] }, name) {
    const { me } = this.#workspace;
    const remove = reactions.some((each) => each.name === name && each.users.includes(me));
    return this.#do(api.react, { channel, ts, name, remove });
  }

  edit({ channel, ts }, text) {
    return this.#do(api.edit, { channel, ts, text });
  }

  erase({ channel, ts }) {
    return this.#do(api.erase, { channel, ts });
  }

  /** Take away what only this person sees. */
  dismiss({ channel, ts }) {
    return this.#do(api.dismiss, { channel, ts });
  }

  useShortcut({ channel, ts }, callbackId) {
    return this.#do(api.shortcut, { channel, ts, callback_id: callbackId });
  }

  useGlobalShortcut(callbackId) {
    return this.#do(api.globalShortcut, { callback_id: callbackId });
  }

  join(channel) {
    return this.#do(api.join, { channel });
  }

  openHome(tab) {
    if (!this.#workspace.mine?.deleted) api.openHome(this.#workspace.me, tab);
  }

  /** The id of the conversation between this person and another, opened when there was none. */
  async openDirect(partner) {
    const answer = await api.direct({ user: this.#workspace.me, partner });
    return this.#told(answer) ? answer.channel : null;
  }

  async sendTicket(ticket) {
    const answer = await api.newTicket(ticket);
    if (!this.#told(answer)) return false;
    toast("Sent. Its card appears in a team’s channel in a moment.");
    location.hash = `#/helpdesk/${answer.id}`;
    return true;
  }

  async writeAgain(id, text) {
    return this.#told(await api.writeAgain(id, text));
  }

  async moveOn(id, status) {
    return this.#told(await api.moveOn(id, status));
  }

  async control(order) {
    return this.#told(await api.control(order));
  }

  /** Ask as this person. */
  async #do(ask, body) {
    const { me, mine } = this.#workspace;
    return this.#told(mine?.deleted ? DEACTIVATED : await ask({ user: me, ...body }));
  }

  #told(answer) {
    if (!answer.ok) toast(answer.error ?? "That did not work.", { kind: "error" });
    return answer.ok;
  }
}
