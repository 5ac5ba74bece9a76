/** A panel under a control that closes with Escape, with a click elsewhere and with a second press on its control. */

/** Controls of several parts, of which the anchor is one: the panel belongs to the whole. */
const WHOLE = ".multi, .time-field";
const MARGIN = 8;
const WIDEST = 420;
const HIGHEST = 420;
const ONE_CLICK_MS = 1000;
let closing = { anchor: null, time: 0 };

/**
 * Show `panel` at `anchor`; the focus returns to the anchor when it closes.
 * @returns {boolean} false when this very press has just closed it
 */
export function openPopover(anchor, panel, { onClose = () => {} } = {}) {
  if (justClosedBy(anchor)) return false;
  panel.popover = "auto";
  const pressed = () => (closing = { anchor, time: performance.now() });
  anchor.addEventListener("pointerdown", pressed);
  panel.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    anchor.removeEventListener("pointerdown", pressed);
    anchor.setAttribute("aria-expanded", "false");
    panel.remove();
    onClose();
  });
  (anchor.closest("dialog") ?? document.body).append(panel);
  panel.showPopover();
  place(panel, anchor);
  anchor.setAttribute("aria-expanded", "true");
  return true;
}

/** The press on a control that shuts its panel must not open it again. */
function justClosedBy(anchor) {
  const just = closing.anchor === anchor && performance.now() - closing.time < ONE_CLICK_MS;
  closing = { anchor: null, time: 0 };
  return just;
}

/** Below the anchor where there is room, else above; never outside the window. */
export function place(panel, anchor) {
  const box = (anchor.closest(WHOLE) ?? anchor).getBoundingClientRect();
  const [below, above] = [innerHeight - box.bottom - MARGIN, box.top - MARGIN];
  panel.style.minWidth = `${Math.min(Math.max(box.width, 200), WIDEST)}px`;
  panel.style.maxHeight = `${Math.min(HIGHEST, Math.max(below, above) - 4)}px`;
  const { width, height } = panel.getBoundingClientRect();
  const top = below >= height + 4 || below > above ? box.bottom + 4 : box.top - height - 4;
  panel.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
  panel.style.left = `${Math.max(MARGIN, Math.min(box.left, innerWidth - width - MARGIN))}px`;
}
