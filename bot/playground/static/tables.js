/** Tables in messages: `table` and `data_table`. */
import { fill, h } from "./dom.js";
import { withDrawnEmoji } from "./glyphs.js";
import { icon } from "./icons.js";
import { richText } from "./richtext.js";

function cellContent(cell, directory) {
  if (cell.type === "rich_text") return richText(cell, directory);
  if (cell.type === "raw_number") return cell.text ?? cell.value.toLocaleString();
  return withDrawnEmoji(cell.text);
}

function cellNode(tag, cell, { align, is_wrapped: wrapped }, directory, more = {}) {
  const side = align ?? (cell.type === "raw_number" ? "right" : "left");
  return h(tag, { class: `align-${side}${wrapped ? " wrapped" : ""}`, ...more }, cellContent(cell, directory));
}

function frame(label, ...children) {
  return h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": label }, h("table", { class: "table" }, children));
}

export function table(block, { directory }) {
  const [head, ...body] = block.rows;
  const settings = (column) => block.column_settings?.[column] ?? {};
  const row = (cells, tag) => h(
    "tr",
    {},
    cells.map((cell, column) => cellNode(tag, cell, settings(column), directory, tag === "th" ? { scope: "col" } : {})),
  );
  return frame("Table", h("thead", {}, row(head, "th")), h("tbody", {}, body.map((cells) => row(cells, "td"))));
}

const PAGE = 10;

/** What a cell is sorted by: its figure, or the words that one sees. */
function sortKey(cell) {
  return cell.type === "raw_number" ? cell.value : wordsIn(cell).toLowerCase();
}

const wordsIn = ({ text, elements = [] }) => text ?? elements.map(wordsIn).join(" ");

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
}

/** A table with a caption, pages, and columns to sort by. */
export function dataTable(block, { directory }) {
  const [head, ...body] = block.rows;
  const size = block.page_size ?? PAGE;
  const pages = Math.ceil(body.length / size);
  const holder = h("div", { class: "data-table" });
  const state = { page: 0, column: null, down: false };
  const sorted = () => {
    if (state.column === null) return body;
    const rows = [...body].sort((one, other) => compare(sortKey(one[state.column]), sortKey(other[state.column])));
    return state.down ? rows.reverse() : rows;
  };
  const sort = (column) => {
    Object.assign(state, { page: 0, column, down: state.column === column && !state.down });
    draw(`[data-sort="${column}"]`);
  };
  const turn = (to) => {
    state.page = to;
    draw(".pager button:enabled");
  };
  const draw = (focused) => {
    const rows = sorted().slice(state.page * size, (state.page + 1) * size);
    const headings = h("tr", {}, head.map((cell, column) => heading(cell, column, body, state, sort, directory)));
    const lines = rows.map((cells) => h("tr", {}, cells.map((cell, column) => dataCell(cell, column, block, directory))));
    fill(
      holder,
      frame(block.caption, h("caption", {}, block.caption), h("thead", {}, headings), h("tbody", {}, lines)),
      pages > 1 && pager(state.page, pages, body.length, size, turn),
    );
    if (focused) holder.querySelector(focused)?.focus();
  };
  draw();
  return holder;
}

function dataCell(cell, column, block, directory) {
  const isName = column === block.row_header_column_index;
  return cellNode(isName ? "th" : "td", cell, {}, directory, isName ? { scope: "row" } : {});
}

function heading(cell, column, body, { column: by, down }, sort, directory) {
  const side = body.every((row) => row[column].type === "raw_number") ? "right" : "left";
  const order = by === column ? (down ? "descending" : "ascending") : "none";
  const button = h(
    "button",
    { type: "button", class: "sort", data: { sort: column }, onclick: () => sort(column) },
    h("span", {}, cellContent(cell, directory)),
    icon("sort", { size: 12 }),
  );
  return h("th", { scope: "col", class: `align-${side} sorted-${order}`, "aria-sort": order }, button);
}

function pager(page, pages, count, size, turn) {
  const button = (label, to) => h("button", { type: "button", class: "button", disabled: to < 0 || to >= pages, onclick: () => turn(to) }, label);
  const seen = `${page * size + 1}–${Math.min(count, (page + 1) * size)} of ${count} · Page ${page + 1} of ${pages}`;
  return h("div", { class: "pager" }, button("Previous", page - 1), h("span", { role: "status" }, seen), button("Next", page + 1));
}
