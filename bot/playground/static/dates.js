/** Slack's `<!date^…>` tokens in the reader's own time zone. */
import { fullTime, h } from "./dom.js";

const DAY = 86_400;

function relative(seconds) {
  const gap = seconds - Date.now() / 1000;
  const size = Math.abs(gap);
  const [divisor, unit] = size < 60 ? [1, "second"] : size < 3600 ? [60, "minute"] : size < DAY ? [3600, "hour"] : [DAY, "day"];
  return new Intl.RelativeTimeFormat([], { numeric: "auto" }).format(Math.round(gap / divisor), unit);
}

function nearDay(moment) {
  const start = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((start(moment) - start(new Date())) / (DAY * 1000));
  return { [-1]: "yesterday", 0: "today", 1: "tomorrow" }[days];
}

const FORMATS = {
  date_num: (moment) => moment.toLocaleDateString("sv-SE"),
  date_slash: (moment) => moment.toLocaleDateString([], { day: "2-digit", month: "2-digit", year: "numeric" }),
  date: (moment) => moment.toLocaleDateString([], { day: "numeric", month: "long", year: "numeric" }),
  date_short: (moment) => moment.toLocaleDateString([], { day: "numeric", month: "short", year: "numeric" }),
  date_long: (moment) => moment.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  time: (moment) => moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }),
  time_secs: (moment) => moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  ago: (moment) => relative(moment.getTime() / 1000),
};
FORMATS.date_long_full = FORMATS.date_long;
FORMATS.date_full = FORMATS.date;
for (const name of ["date", "date_short", "date_long"])
  FORMATS[`${name}_pretty`] = (moment) => nearDay(moment) ?? FORMATS[name](moment);
FORMATS.day_divider_pretty = FORMATS.date_long_pretty;

/** The format string with every `{token}` replaced; unknown tokens stay as written. */
export function formatDate(seconds, format) {
  const moment = new Date(seconds * 1000);
  return format.replace(/\{([a-z_]+)\}/g, (whole, name) => FORMATS[name]?.(moment) ?? whole);
}

/** A `<time>` with the whole moment in its tooltip, or the fallback when the stamp is no number. */
export function dateNode(stamp, format, fallback) {
  const seconds = Number(stamp);
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8e12) return document.createTextNode(fallback);
  const text = formatDate(seconds, format || "{date} {time}");
  return h("time", { datetime: new Date(seconds * 1000).toISOString(), title: fullTime(seconds) }, text);
}
