/** Changing one's own message: the box that stands in its place until it is sent or left. */
import { composer } from "./composer.js";
import { asTyped } from "./typed.js";

export class Editing {
  #app;
  #ts = null;

  constructor(app) {
    this.#app = app;
  }

  isOf(message) {
    return message.ts === this.#ts;
  }

  begin(message) {
    this.#turn(message.ts, message);
  }

  /** A box with the message's own words; Escape leaves them as they were. */
  box(message) {
    const { acts, workspace } = this.#app;
    const stop = () => this.#turn(null, message);
    const send = async (text) => (await acts.edit(message, text)) && (stop(), true);
    const box = composer({ placeholder: "Edit message", testid: "edit-box", workspace, send, text: asTyped(message.text, workspace) });
    box.addEventListener("keydown", (event) => event.key === "Escape" && (event.stopPropagation(), stop()));
    requestAnimationFrame(() => box.querySelector("textarea").focus());
    return box;
  }

  #turn(ts, message) {
    this.#ts = ts;
    this.#app.workspace.conversation(message.channel).touch(message.ts);
    this.#app.redraw();
  }
}
