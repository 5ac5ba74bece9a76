/** The keyboard in a list of messages: arrows lead from one to the next, letters work the one that is focused. */

/** What a key does to the focused message: the control that it presses. */
const LETTERS = { r: "[data-testid=react]", t: "[data-testid=reply-in-thread]", m: "[data-testid=message-more]" };

export function steer(event, list) {
  const articles = [...list.querySelectorAll(":scope > article")];
  const at = articles.indexOf(event.target);
  const onList = event.target.contains(list);
  if (!articles.length || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(at >= 0 || onList)) return;
  const last = articles.length - 1;
  const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: at < 0 ? last : Math.max(at - 1, 0), Home: 0, End: last }[event.key];
  if (to !== undefined && !(onList && event.key !== "ArrowUp")) {
    event.preventDefault();
    articles[to].focus();
    articles[to].scrollIntoView({ block: "nearest" });
  } else if (at >= 0 && LETTERS[event.key.toLowerCase()]) {
    event.preventDefault();
    articles[at].querySelector(LETTERS[event.key.toLowerCase()])?.click();
  } else if (at >= 0 && event.key === "Enter") {
    event.preventDefault();
    articles[at].querySelector(".message-main :is(button, a, input, select, [tabindex='0'])")?.focus();
  }
}
