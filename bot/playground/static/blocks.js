/** Block Kit blocks as DOM nodes. */
import { alert, card, carousel } from "./cards.js";
import { chart } from "./charts.js";
import { container } from "./containers.js";
import { h } from "./dom.js";
import { elementNode } from "./elements.js";
import { folded, isLong } from "./folded.js";
import { input } from "./input.js";
import { markdown } from "./markdown.js";
import { fileBlock, imageBlock, picture, video } from "./media.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";
import { plan, taskCard } from "./tasks.js";
import { plainText, textObject } from "./text.js";

function section(block, surface) {
  const fields = block.fields?.map((field) => h("div", { class: "section-field" }, textObject(field, surface.directory)));
  return h(
    "div",
    { class: block.accessory ? "section with-accessory" : "section" },
    h("div", { class: "section-body" }, block.text && sectionText(block, surface), fields && h("div", { class: "section-fields" }, fields)),
    block.accessory && h("div", { class: `accessory accessory-${block.accessory.type}` }, elementNode(block.accessory, block, surface)),
  );
}

/** A long text in a message is folded, unless the block asks for all of it. */
function sectionText(block, surface) {
  const node = h("div", { class: "text" }, textObject(block.text, surface.directory));
  return surface.where.ts && !block.expand && isLong(block.text.text) ? folded(node, surface.opened, block.block_id) : node;
}

function context(block, surface) {
  const parts = block.elements.map((element) =>
    element.type === "image" ? picture(element) : h("span", { class: "context-text" }, textObject(element, surface.directory)),
  );
  return h("div", { class: "context" }, parts);
}

function elementRow(className) {
  return (block, surface) => h("div", { class: className }, block.elements.map((element) => elementNode(element, block, surface)));
}

/** Messages and views have headings of their own above these. */
function header(block) {
  const level = block.level ?? 1;
  return h(`h${level + 2}`, { class: `header-block header-${level}` }, plainText(block.text));
}

const BLOCKS = {
  section, context, input, header, card, carousel, alert, table, video, plan,
  image: imageBlock,
  file: fileBlock,
  task_card: taskCard,
  data_table: dataTable,
  data_visualization: chart,
  container: (block, surface) => container(block, surface, blockNodes),
  divider: () => h("hr", { class: "divider" }),
  actions: elementRow("actions"),
  context_actions: elementRow("context-actions"),
  markdown: (block, surface) => h("div", { class: "text markdown" }, markdown(block.text, surface.directory)),
  rich_text: (block, surface) => h("div", { class: "text" }, richText(block, surface.directory)),
};

/** All blocks of one surface; a type that nobody knows is named in its place. */
export function blockNodes(blocks, surface) {
  return (blocks ?? []).map((block) => {
    const draw = BLOCKS[block.type];
    const node = draw ? draw(block, surface) : h("div", { class: "unknown-block" }, `Unknown block: ${block.type}`);
    return h("div", { class: "block", data: { block: block.type, blockId: block.block_id ?? "" } }, node);
  });
}
