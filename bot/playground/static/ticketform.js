/** The customer's side: writing a new ticket. */
import { h } from "./dom.js";
import { EXAMPLES } from "./examples.js";

const TIERS = ["", "free", "standard", "premium", "enterprise"];

function field(label, control) {
  return h("label", { class: "form-field" }, h("span", { class: "input-label" }, label), control);
}

/** @param {(ticket: object) => Promise<boolean>} send */
export function ticketForm(send) {
  const name = h("input", { class: "field", name: "name", required: true, maxlength: 200, autocomplete: "off" });
  const email = h("input", { class: "field", name: "email", type: "email", required: true, maxlength: 200, autocomplete: "off" });
  const tier = h("select", { class: "field", name: "tier" }, TIERS.map((value) => h("option", { value }, value || "not known")));
  const subject = h("input", { class: "field", name: "subject", maxlength: 300, required: true, autocomplete: "off" });
  const text = h("textarea", { class: "field", name: "text", rows: 9, required: true, maxlength: 60000 });
  const submit = h("button", { type: "submit", class: "button primary-fill", data: { testid: "ticket-send" } }, "Send as customer");
  const controls = { name, email, tier, subject, text };

  const take = (example) => {
    for (const [key, control] of Object.entries(controls)) control.value = example[key];
    text.focus();
  };
  const onsubmit = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    submit.setAttribute("aria-busy", "true");
    const done = await send({ name: name.value, email: email.value, tier: tier.value || undefined, subject: subject.value, text: text.value });
    submit.removeAttribute("aria-busy");
    submit.disabled = false;
    if (done) form.reset();
  };
  const form = h(
    "form",
    { class: "ticket-form", "aria-label": "Write as a customer", data: { testid: "ticket-form" }, onsubmit },
    h("h2", {}, "Write as a customer"),
    h("p", { class: "muted" }, "You are now somebody outside who needs help. Take an example or use your own words."),
    h("div", { class: "examples", role: "group", "aria-label": "Examples" }, EXAMPLES.map((example, index) => h("button", { type: "button", class: "chip", data: { testid: `example-${index}` }, onclick: () => take(example) }, example.label))),
    h("div", { class: "form-row" }, field("Name", name), field("E-mail", email), field("Plan", tier)),
    field("Subject", subject),
    field("Message", text),
    h("div", { class: "form-foot" }, submit),
  );
  return form;
}
