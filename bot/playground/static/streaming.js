/** Under a message that still grows: that the app is writing, and a way to stop it. */
import { api } from "./api.js";
import { h } from "./dom.js";
import { toast } from "./toast.js";

/** Nothing for a message that stands still. */
export function streamFoot({ streaming, channel, ts }, workspace) {
  if (!streaming) return null;
  if (streaming.stopped_by) return h("div", { class: "stream-foot stopped" }, `Stopped by ${workspace.personName(streaming.stopped_by)}`);
  const stop = async () => {
    const answer = await api.stop({ user: workspace.me, channel, ts });
    if (!answer.ok) toast(answer.error, { kind: "error" });
  };
  const button = h(
    "button",
    { type: "button", class: "button stop", data: { actionId: "stop-stream", testid: "stop-stream" }, onclick: stop },
    h("span", { class: "stop-mark", "aria-hidden": "true" }),
    "Stop",
  );
  return h("div", { class: "stream-foot" }, button, h("span", { class: "muted" }, "Writing…"));
}
