/** The question before an action that cannot be undone. */
import { h } from "./dom.js";
import { textObject, words } from "./text.js";

/** Resolves to true when the person confirms; Escape and Cancel mean no. */
export function confirmed(question, directory) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (value) => () => {
      dialog.returnValue = value;
      dialog.close(value);
    };
    const style = question.style === "danger" ? "button danger-fill" : "button primary-fill";
    const dialog = h(
      "dialog",
      { class: "modal confirm", "aria-label": words(question.title), data: { testid: "confirm" } },
      h("header", { class: "modal-head" }, h("h2", {}, words(question.title))),
      h("div", { class: "modal-body" }, textObject(question.text, directory)),
      h(
        "footer",
        { class: "modal-foot" },
        h("button", { type: "button", class: "button", data: { testid: "confirm-deny" }, onclick: answer("") }, words(question.deny) || "Cancel"),
        h("button", { type: "button", class: style, autofocus: true, data: { testid: "confirm-yes" }, onclick: answer("yes") }, words(question.confirm) || "OK"),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
