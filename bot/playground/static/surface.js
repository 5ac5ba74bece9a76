/** One place with blocks in it (a message, a modal, a Home): what people enter there and what they do there. */
import { api } from "./api.js";
import { confirmed } from "./confirm.js";
import { valuesOf } from "./values.js";

export class Surface {
  /**
   * @param {{key: string, where: object, blocks?: object[], directory: object, conversation: () => string | null,
   *   send: (body: object) => Promise<boolean>, visit: (address: string) => void}} options
   *   `where` goes into the click as it is: `{channel, ts}` or `{view_id}`; a view's `blocks` make its other values go too.
   */
  constructor({ key, where, blocks, directory, conversation, send, visit }) {
    this.directory = directory;
    this.values = valuesOf(key);
    this.where = where;
    this.blocks = blocks;
    /** The id of the conversation that the person has before them, if any. */
    this.conversation = conversation;
    this.send = send;
    this.visit = visit;
    /** Called whenever something was entered. */
    this.changed = () => {};
  }

  get opened() {
    return this.values.opened;
  }

  /** What the element holds, initially `initial`. */
  start(block, element, initial) {
    return this.values.start(block.block_id, element.action_id, { type: element.type, ...initial });
  }

  /** Remember what the element holds without telling the app. */
  keep(block, element, value) {
    this.values.set(block.block_id, element.action_id, { type: element.type, ...value });
    this.changed();
  }

  /** Whether what is entered there waits for Submit. */
  waits(block) {
    return block.type === "input" && !block.dispatch_action;
  }

  /** Remember what the element holds, and tell the app unless the block waits for Submit; false when not confirmed. */
  async enter(block, element, value) {
    if (!this.waits(block)) return this.act(block, element, value, () => this.keep(block, element, value));
    this.keep(block, element, value);
    return true;
  }

  /** Tell the app, after the confirm dialog where there is one; false when the person thought better of it. */
  async act(block, element, payload, agreed = () => {}) {
    if (!(await confirmed(element.confirm, this.directory))) return false;
    agreed();
    const action = { block_id: block.block_id, action_id: element.action_id, type: element.type, ...payload };
    await this.send({ ...this.where, values: this.values.of(this.blocks), action });
    return true;
  }

  /** The app's options for what was typed into an external select. */
  options(block, element, value) {
    return api.options({ user: this.directory.me, ...this.where, block_id: block.block_id, action_id: element.action_id, value });
  }
}
