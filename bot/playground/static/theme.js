/** Light or dark: as the system says, until somebody chooses. */
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

const KEY = "theme";
const NEXT = { system: "light", light: "dark", dark: "system" };
const WORDS = { system: "as the system", light: "light", dark: "dark" };

const chosen = () => localStorage.getItem(KEY) ?? "system";

function apply(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

apply(chosen());

/** A button that goes from system to light to dark and back. */
export function themeButton() {
  const button = h("button", { type: "button", class: "side-button", data: { testid: "theme" } });
  const show = () => {
    const words = `Colours: ${WORDS[chosen()]}`;
    button.title = words;
    button.setAttribute("aria-label", words);
    fill(button, icon("theme"));
  };
  button.addEventListener("click", () => {
    localStorage.setItem(KEY, NEXT[chosen()]);
    apply(chosen());
    show();
  });
  show();
  return button;
}
