/** The app's modals: the top view of the person's stack, with what was filled in so far. */
import { blockNodes } from "./blocks.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./text.js";

export class Modal {
  #app;
  #view = null;
  #busy = false;
  #dialog = h("dialog", { class: "modal", data: { testid: "modal" } });

  constructor(app) {
    this.#app = app;
    this.node = this.#dialog;
    this.#dialog.addEventListener("cancel", (event) => {
      if (event.target !== this.#dialog) return;
      event.preventDefault();
      this.#close();
    });
  }

  draw() {
    const view = this.#app.workspace.topView();
    if (view === this.#view) return;
    const stayed = view && this.#view?.id === view.id;
    const place = stayed ? placeIn(this.#dialog) : null;
    this.#view = view;
    if (!view) return void this.#dialog.close();
    this.#render(view);
    if (!this.#dialog.open) this.#dialog.showModal();
    if (place) place(this.#dialog);
    else if (!stayed) firstField(this.#dialog)?.focus();
  }

  #render(view) {
    const stack = this.#app.workspace.views.get(this.#app.workspace.me);
    const surface = this.#app.surface({ view_id: view.id }, view.id, view.blocks);
    surface.changed = () => this.#dialog.querySelector("[type=submit]")?.removeAttribute("disabled");
    const back = stack.length > 1 && h(
      "button",
      { type: "button", class: "icon-button bare", "aria-label": "Back", onclick: () => this.#close() },
      icon("back"),
    );
    this.#dialog.dataset.viewId = view.id;
    this.#dialog.setAttribute("aria-label", words(view.title));
    const form = h(
      "form",
      { class: "modal-form", novalidate: true, onsubmit: (event) => this.#submit(event) },
      h(
        "header",
        { class: "modal-head" },
        back, h("h2", {}, words(view.title)),
        h(
          "button",
          { type: "button", class: "icon-button bare", "aria-label": "Close", data: { testid: "modal-close" }, onclick: () => this.#close(true) },
          icon("close"),
        ),
      ),
      h("div", { class: "modal-body" }, h("div", { class: "form-error", role: "alert" }), blockNodes(view.blocks, surface)),
      h(
        "footer",
        { class: "modal-foot" },
        h(
          "button",
          { type: "button", class: "button", data: { testid: "modal-cancel" }, onclick: () => this.#close() },
          words(view.close) || "Cancel",
        ),
        view.submit && h(
          "button",
          { type: "submit", class: "button primary-fill", disabled: Boolean(view.submit_disabled), data: { testid: "modal-submit" } },
          h("span", { class: "button-label" }, words(view.submit)),
        ),
      ),
    );
    fill(this.#dialog, form);
  }

  async #submit(event) {
    event.preventDefault();
    const { workspace } = this.#app;
    const view = this.#view;
    if (this.#busy || !view?.submit) return;
    this.#working(true);
    const values = this.#app.surface({}, view.id).values.of(view.blocks);
    const answer = await this.#app.api.submit({ user: workspace.me, view_id: view.id, values });
    this.#working(false);
    if (!answer.ok && this.#view?.id === view.id) this.#complain(answer);
  }

  #working(busy) {
    this.#busy = busy;
    const button = this.#dialog.querySelector("[type=submit]");
    button?.toggleAttribute("disabled", busy);
    if (busy) button?.setAttribute("aria-busy", "true");
    else button?.removeAttribute("aria-busy");
    if (busy) this.#complain({});
  }

  /** Say what is wrong at the field it is about, and go to the first such field. */
  #complain({ errors = {}, error = null }) {
    this.#dialog.querySelector(".form-error").textContent = error && !Object.keys(errors).length ? error : "";
    for (const block of this.#dialog.querySelectorAll(".input-block")) showError(block, errors[block.dataset.blockId]);
    const wrong = this.#dialog.querySelector("[aria-invalid=true]");
    wrong?.focus();
    wrong?.closest(".input-block").scrollIntoView({ block: "nearest" });
  }

  /** Close the view on top, or with `everything` the whole stack, as the window's own button does. */
  async #close(everything = false) {
    const { workspace, api } = this.#app;
    const view = this.#view;
    if (!view) return;
    const beneath = (workspace.views.get(workspace.me) ?? []).filter(({ id }) => id !== view.id);
    workspace.views.set(workspace.me, everything ? [] : beneath);
    this.draw();
    await api.close({ user: workspace.me, view_id: view.id, everything });
  }
}

const CONTROLS = "input:not([type=file]), textarea, .select, [role=textbox], .file-drop .button";

function showError(block, text) {
  const control = block.querySelector(CONTROLS);
  const slot = block.querySelector(".error-slot");
  const id = `error-${block.dataset.blockId}`;
  fill(slot, text && h("div", { class: "field-error", id, role: "alert", data: { testid: "modal-error" } }, h("strong", {}, "! "), text));
  block.classList.toggle("wrong", Boolean(text));
  if (text) {
    control?.setAttribute("aria-invalid", "true");
    control?.setAttribute("aria-errormessage", id);
  } else control?.removeAttribute("aria-invalid");
}

function firstField(dialog) {
  const wanted = dialog.querySelector("[data-focus-on-load]");
  return (wanted?.matches(CONTROLS) ? wanted : wanted?.querySelector(CONTROLS)) ?? dialog.querySelector(`.input-block :is(${CONTROLS})`) ?? dialog.querySelector(".modal-foot .button:last-child");
}

/** Where the person stood before a redraw, as something that puts them back there. */
function placeIn(dialog) {
  const { activeElement: at } = document;
  const { scrollTop } = dialog.querySelector(".modal-body");
  const actionId = dialog.contains(at) ? at.dataset.actionId : undefined;
  const [start, end] = [at?.selectionStart, at?.selectionEnd];
  return (redrawn) => {
    redrawn.querySelector(".modal-body").scrollTop = scrollTop;
    if (actionId === undefined) return;
    const node = redrawn.querySelector(`[data-action-id="${CSS.escape(actionId)}"]`);
    node?.focus({ preventScroll: true });
    if (typeof start === "number" && node?.setSelectionRange) node.setSelectionRange(start, end);
  };
}
