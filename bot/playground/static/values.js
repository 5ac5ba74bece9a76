/** What people have entered on one surface (a message or a view), in the shape of Slack's `state.values`. */

export class Values {
  #entries = new Map();
  /** Names of what the reader has unfolded there. */
  opened = new Set();

  /**
   * What was entered, or `initial` (remembered) when nothing was: an untouched field submits its initial value.
   * As in Slack, a view that is updated keeps what it held under the same names; another kind of element begins anew.
   */
  start(blockId, actionId, initial) {
    const key = JSON.stringify([blockId, actionId]);
    if (this.#entries.get(key)?.type !== initial.type) this.#entries.set(key, initial);
    return this.#entries.get(key);
  }

  set(blockId, actionId, value) {
    this.#entries.set(JSON.stringify([blockId, actionId]), value);
  }

  /** `{block_id: {action_id: value}}` of a view's present blocks, so that fields that went away do not linger; or of all. */
  of(blocks) {
    const present = blocks && new Set(blocks.flatMap(({ block_id: id, child_blocks: inner = [] }) => [id, ...inner.map((child) => child.block_id)]));
    const found = {};
    for (const [key, value] of this.#entries) {
      const [blockId, actionId] = JSON.parse(key);
      if (!present || present.has(blockId)) (found[blockId] ??= {})[actionId] = value;
    }
    return found;
  }
}

const remembered = new Map();
const MOST_SURFACES = 500;

/** The values of a surface by its key, kept across redraws; the oldest surfaces are forgotten. */
export function valuesOf(key) {
  const found = remembered.get(key) ?? new Values();
  remembered.delete(key);
  remembered.set(key, found);
  if (remembered.size > MOST_SURFACES) remembered.delete(remembered.keys().next().value);
  return found;
}
