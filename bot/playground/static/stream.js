/** What happens in the workspace, live. */

/**
 * Follow the stream from after `last`. The browser reconnects by itself and names the last number it saw; `onGap` is
 * called when numbers are missing all the same, and nothing follows after it.
 * @returns {() => void} stops it
 */
export function follow(last, { onEvent, onGap, onState }) {
  const source = new EventSource(`/playground/stream?after=${last}`);
  const stop = () => {
    source.close();
    onGap();
  };
  source.addEventListener("open", () => onState(true));
  source.addEventListener("error", () => onState(false));
  source.addEventListener("message", ({ lastEventId, data }) => {
    const number = Number(lastEventId);
    const event = JSON.parse(data);
    if (event.type === "resync" || number > last + 1) return stop();
    if (number <= last) return undefined;
    last = number;
    return onEvent(event) || stop();
  });
  return () => source.close();
}

export function showLive(connected) {
  const node = document.querySelector("#live-state");
  if (!node) return;
  node.dataset.live = String(connected);
  node.textContent = connected ? "Live" : "Reconnecting…";
}

/** The snapshot, asked for again each second while the playground starts. */
export async function untilAnswered(ask) {
  for (;;) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
