/** The shapes of charts: bars, lines and areas on two axes, and pies. */

const WIDTH = 560;
const HEIGHT = 230;
const LEFT = 52;
const RIGHT = 10;
const TOP = 12;
const LETTER = 6.8;
const SHORTEST = 8;
const TICKS = 4;

/** Patterns besides colours, so that lines can be told apart without them. */
export const DASHES = [undefined, "7 4", "2 4", "10 3 2 3", "4 2", "1 3"];

export const PLOT_BOX = `0 0 ${WIDTH} ${HEIGHT}`;
export const PIE_BOX = "0 0 200 200";

/** Round steps from below the least to above the most value, zero included. */
export function scale(values) {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const rough = (most - least || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) * power;
  const [from, to] = [Math.floor(least / step) * step, Math.ceil((most || step) / step) * step];
  const count = Math.round((to - from) / step);
  return { from, to, ticks: Array.from({ length: count + 1 }, (_, index) => from + index * step) };
}

/** A line of figures for each series, one per category; a category without a figure is null. */
export function figuresOf({ series, axis_config: axis }) {
  const categories = axis?.categories?.length ? axis.categories : series[0].data.map(({ label }) => label);
  const valueAt = (data, category) => data.find(({ label }) => label === category)?.value ?? null;
  return { categories, rows: series.map(({ name, data }) => ({ name, values: categories.map((category) => valueAt(data, category)) })) };
}

const shown = (value) => value.toLocaleString([], { maximumFractionDigits: 2 });
const compact = (value) => value.toLocaleString([], { notation: "compact", maximumFractionDigits: 1 });

/** Everything that stands in the plot of bars, lines or areas. */
export function plotShapes(type, chart) {
  const { categories, rows } = figuresOf(chart);
  const { x_label: across, y_label: up } = chart.axis_config ?? {};
  const bottom = HEIGHT - (across ? 40 : 24);
  const { from, to, ticks } = scale(rows.flatMap(({ values }) => values.filter((value) => value !== null)));
  const y = (value) => bottom - ((value - from) / (to - from)) * (bottom - TOP);
  const slot = (WIDTH - LEFT - RIGHT) / categories.length;
  const middle = (index) => LEFT + slot * (index + 0.5);
  const place = { y, slot, middle, categories };
  const marks = type === "bar" ? bars(rows, place) : lines(rows, place, type === "area");
  return [...grid(ticks, y), ...categoryLabels(place, bottom), ...axisNames(across, up, bottom), ...marks];
}

function grid(ticks, y) {
  return ticks.flatMap((tick) => [
    { tag: "line", x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis" : "grid-line" },
    { tag: "text", x: LEFT - 8, y: y(tick) + 4, "text-anchor": "end", class: "tick", words: compact(tick) },
  ]);
}

/** As many labels as have room, each as long as its slot. */
function categoryLabels({ slot, middle, categories }, bottom) {
  const longest = Math.max(...categories.map(({ length }) => length));
  const every = Math.ceil((Math.min(longest, SHORTEST) * LETTER + 8) / slot);
  const room = Math.floor((slot * every - 8) / LETTER);
  return categories.flatMap((label, index) =>
    index % every ? [] : [{ tag: "text", x: middle(index), y: bottom + 16, "text-anchor": "middle", class: "tick", words: label.length > room ? `${label.slice(0, room - 1)}…` : label }],
  );
}

function axisNames(across, up, bottom) {
  const names = [];
  if (across) names.push({ tag: "text", x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 4, "text-anchor": "middle", class: "axis-name", words: across });
  if (up) names.push({ tag: "text", x: -(TOP + bottom) / 2, y: 11, transform: "rotate(-90)", "text-anchor": "middle", class: "axis-name", words: up });
  return names;
}

function bars(rows, { y, slot, middle, categories }) {
  const width = Math.min(46, (slot * 0.72) / rows.length);
  return rows.flatMap(({ name, values }, which) =>
    values.flatMap((value, index) => {
      if (value === null) return [];
      const x = middle(index) + (which - rows.length / 2) * width;
      const [high, low] = [y(Math.max(value, 0)), y(Math.min(value, 0))];
      return [{ tag: "rect", x: x + 0.5, y: high, width: width - 1, height: Math.max(low - high, 0.5), rx: Math.min(3, width / 4), class: `tone-${which}`, hint: `${name}, ${categories[index]}: ${shown(value)}` }];
    }),
  );
}

function lines(rows, { y, middle, categories }, filled) {
  return rows.flatMap(({ name, values }, which) => {
    const points = values.flatMap((value, index) => (value === null ? [] : [{ x: middle(index), y: y(value), hint: `${name}, ${categories[index]}: ${shown(value)}` }]));
    const path = points.map((point, index) => `${index ? "L" : "M"}${point.x} ${point.y}`).join("");
    const area = filled && points.length ? [{ d: `${path}L${points.at(-1).x} ${y(0)}L${points[0].x} ${y(0)}Z`, class: `area-fill tone-${which}` }] : [];
    const dots = points.map((point) => ({ tag: "circle", cx: point.x, cy: point.y, r: 3.2, class: `tone-${which}`, hint: point.hint }));
    return [...area, { d: path, class: `line-stroke stroke-${which}`, "stroke-dasharray": DASHES[which] }, ...dots];
  });
}

const RADIUS = 96;

/** A point on the rim, clockwise from the top. */
function rim(share) {
  const angle = 2 * Math.PI * share;
  return `${100 + RADIUS * Math.sin(angle)} ${100 - RADIUS * Math.cos(angle)}`;
}

export function pieShapes(segments) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  let from = 0;
  return segments.map(({ label, value }, which) => {
    const share = value / total;
    const common = { class: `slice tone-${which}`, hint: `${label}: ${shown(value)} (${percent(share)})` };
    const d = `M100 100L${rim(from)}A${RADIUS} ${RADIUS} 0 ${share > 0.5 ? 1 : 0} 1 ${rim(from + share)}Z`;
    from += share;
    return share >= 1 ? { tag: "circle", cx: 100, cy: 100, r: RADIUS, ...common } : { d, ...common };
  });
}

export function percent(share) {
  return share.toLocaleString([], { style: "percent", maximumFractionDigits: 1 });
}
