/** The data_visualization block: a chart with its title, its legend, and its figures as a table for those who cannot see it. */
import { drawing, h } from "./dom.js";
import { DASHES, figuresOf, percent, PIE_BOX, pieShapes, PLOT_BOX, plotShapes } from "./plots.js";

const KINDS = { bar: "Bar chart", line: "Line chart", area: "Area chart", pie: "Pie chart" };

export function chart(block) {
  const { type } = block.chart;
  const isPie = type === "pie";
  const shapes = isPie ? pieShapes(block.chart.segments) : plotShapes(type, block.chart);
  const label = `${KINDS[type]}: ${block.title}. Its figures follow as a table.`;
  const plot = drawing(shapes, { box: isPie ? PIE_BOX : PLOT_BOX, label, className: `plot plot-${type}` });
  const parts = isPie ? pieParts(block.chart.segments) : seriesParts(block.chart);
  const sample = type === "line" ? lineSample : swatch;
  return h(
    "figure",
    { class: `chart chart-${type}` },
    h("figcaption", {}, block.title),
    h("div", { class: "chart-body" }, plot, legend(parts.legend, sample)),
    figures(block.title, parts.head, parts.rows),
  );
}

const swatch = (which) => drawing(
  [{ tag: "rect", x: 2, y: 2, width: 16, height: 16, rx: 4, class: `tone-${which}` }],
  { size: 12, className: "swatch" },
);

const lineSample = (which) => drawing(
  [{ d: "M0 10H40", class: `line-stroke stroke-${which}`, "stroke-dasharray": DASHES[which] }],
  { width: 26, height: 12, box: "0 0 40 20", className: "swatch" },
);

function legend(entries, sample) {
  return h(
    "ul",
    { class: "legend" },
    entries.map(({ name, detail }, which) => h("li", {}, sample(which), h("span", {}, name), detail && h("span", { class: "legend-detail" }, detail))),
  );
}

function pieParts(segments) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const share = ({ value }) => percent(value / total);
  return {
    legend: segments.map((segment) => ({ name: segment.label, detail: share(segment) })),
    head: ["", "Value", "Share"],
    rows: segments.map((segment) => [segment.label, segment.value.toLocaleString(), share(segment)]),
  };
}

function seriesParts(drawn) {
  const { categories, rows } = figuresOf(drawn);
  return {
    legend: rows.map(({ name }) => ({ name })),
    head: [drawn.axis_config?.x_label ?? "", ...rows.map(({ name }) => name)],
    rows: categories.map((category, index) => [category, ...rows.map(({ values }) => values[index]?.toLocaleString() ?? "–")]),
  };
}

function figures(title, head, rows) {
  const row = (cells, tag) => h(
    "tr",
    {},
    cells.map((cell, column) => h(tag === "th" || column === 0 ? "th" : "td", { scope: tag === "th" ? "col" : column === 0 ? "row" : null, class: column ? "align-right" : null }, cell)),
  );
  const table = h(
    "table",
    { class: "table" },
    h("caption", { class: "visually-hidden" }, title),
    h("thead", {}, row(head, "th")),
    h("tbody", {}, rows.map((cells) => row(cells, "td"))),
  );
  return h("details", { class: "figures" }, h("summary", {}, "Show as a table"), h("div", { class: "table-scroll" }, table));
}
