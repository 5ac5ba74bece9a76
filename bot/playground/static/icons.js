/** The page's own line icons, drawn so that no asset is fetched. */
import { drawing } from "./dom.js";

const line = (d) => ({
  d, fill: "none", stroke: "currentColor", "stroke-width": "1.6", "stroke-linecap": "round", "stroke-linejoin": "round",
});

const PATHS = {
  hash: [line("M8 3 6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14")],
  home: [line("M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5M8.5 16.5v-4.5h3v4.5")],
  helpdesk: [line("M4 11V9.5a6 6 0 0 1 12 0V11M4 11.5h1.5V15H4.500a1 1 0 0 1-1-1v-1.500a1 1 0 0 1 .5-1ZM16 11.500h-1.500V15h1a1 1 0 0 0 1-1v-1.500a1 1 0 0 0-.5-1ZM15.500 15c0 1.500-1.500 2.500-4 2.500")],
  chevron: [line("M6 8l4 4 4-4")],
  close: [line("M5 5l10 10M15 5 5 15")],
  back: [line("M11.500 5 6.500 10l5 5")],
  more: [5, 10, 15].map((x) => ({ tag: "circle", cx: x, cy: 10, r: 1.4, fill: "currentColor" })),
  moreUpright: [5, 10, 15].map((y) => ({ tag: "circle", cx: 10, cy: y, r: 1.4, fill: "currentColor" })),
  send: [{ d: "M3 4.200 17 10 3 15.800l1.600-5.100L11 10 4.600 9.300Z", fill: "currentColor" }],
  reply: [line("M4 5.500h12v8H9.500L6 16.500v-3H4Z")],
  wire: [line("M3 10h3l2-5 4 10 2-5h3")],
  plus: [line("M10 4v12M4 10h12")],
  check: [line("M4.500 10.500 8.500 14.500l7-9")],
  lock: [line("M5.500 9h9v7h-9ZM7.500 9V6.500a2.500 2.500 0 0 1 5 0V9")],
  eye: [line("M2.500 10S5 5 10 5s7.500 5 7.500 5-2.500 5-7.500 5-7.500-5-7.500-5Z"), { tag: "circle", cx: 10, cy: 10, r: 2, fill: "currentColor" }],
  menu: [line("M3.500 6h13M3.500 10h13M3.500 14h13")],
  calendar: [line("M3.500 5.500h13v11h-13ZM3.500 9h13M7 3.500v3M13 3.500v3")],
  clock: [{ tag: "circle", cx: 10, cy: 10, r: 7, fill: "none", stroke: "currentColor", "stroke-width": "1.6" }, line("M10 6v4l2.500 2")],
  image: [line("M3.500 4.500h13v11h-13ZM4 14l4-4 3 3 2-2 3 3"), { tag: "circle", cx: 13, cy: 8, r: 1.3, fill: "currentColor" }],
  file: [line("M5.500 2.500h6l3.500 3.500v11.500h-9.500ZM11 2.500V6.500h4")],
  play: [{ d: "M6.500 4 16 10 6.500 16Z", fill: "currentColor" }],
  trash: [line("M4 5.500h12M8 5.500V3.500h4v2M5.500 5.500l.7 11h7.600l.7-11M8.500 8.500v5M11.500 8.500v5")],
  workflow: [line("M11 2.500 4.500 11H9l-.500 6.500L15.500 9H11Z")],
  link: [line("M8.500 11.500a3 3 0 0 0 4.300.2l2.500-2.500a3 3 0 0 0-4.300-4.300L10 6M11.500 8.500a3 3 0 0 0-4.300-.2L4.700 10.800a3 3 0 0 0 4.300 4.300L10 14")],
  bullets: [line("M8 5.500h8.500M8 10h8.500M8 14.500h8.500"), ...[5.5, 10, 14.5].map((y) => ({ tag: "circle", cx: 4.5, cy: y, r: 1.3, fill: "currentColor" }))],
  numbers: [line("M8.500 5.500h8M8.500 10h8M8.500 14.500h8M3.500 4l1.200-.600v3.600M3.300 12.800c.300-.800 2.200-.800 2.200.300 0 .900-2.200 1.300-2.200 2.900h2.300")],
  quote: [line("M4 4v12M8 6h8.500M8 10h8.500M8 14h5")],
  code: [line("M7 6 3 10l4 4M13 6l4 4-4 4")],
  codeBlock: [line("M3 3.500h14v13h-14ZM8 8l-2 2 2 2M12 8l2 2-2 2")],
  out: [line("M6 4.500h9.500V14M15 5 5 15")],
  info: [{ tag: "circle", cx: 10, cy: 10, r: 7.2, fill: "none", stroke: "currentColor", "stroke-width": "1.6" }, line("M10 9.500v4M10 6.500v.1")],
  warning: [line("M10 3 17.500 16.500h-15ZM10 8v4M10 14.200v.1")],
  done: [{ tag: "circle", cx: 10, cy: 10, r: 7.2, fill: "none", stroke: "currentColor", "stroke-width": "1.6" }, line("M6.800 10.300 9 12.500l4.300-5")],
  failed: [{ tag: "circle", cx: 10, cy: 10, r: 7.2, fill: "none", stroke: "currentColor", "stroke-width": "1.6" }, line("M7.500 7.500l5 5M12.500 7.500l-5 5")],
  waiting: [{ tag: "circle", cx: 10, cy: 10, r: 7.2, fill: "none", stroke: "currentColor", "stroke-width": "1.6", "stroke-dasharray": "2.6 2.6" }],
  sort: [line("M6.500 8 10 4.500 13.500 8M6.500 12l3.500 3.500 3.500-3.500")],
  smile: [{ tag: "circle", cx: 10, cy: 10, r: 7, fill: "none", stroke: "currentColor", "stroke-width": "1.6" }, line("M7 12c1.500 2 4.500 2 6 0M7.500 8v.1M12.500 8v.1")],
  people: [{ tag: "circle", cx: 7.500, cy: 7, r: 2.700, fill: "none", stroke: "currentColor", "stroke-width": "1.6" }, line("M2.500 16c.3-3 2-4.500 5-4.500s4.700 1.500 5 4.500M12.500 4.700a2.700 2.700 0 0 1 0 5M14.500 11.800c1.800.5 2.800 1.900 3 4.200")],
  shared: [line("M6.500 6.500 3 10l3.500 3.500M13.500 6.500 17 10l-3.500 3.500M4 10h12")],
  archive: [line("M3 4.500h14v3.500H3ZM4.500 8v7.500h11V8M8 11h4")],
  pause: [line("M7 5v10M13 5v10")],
  copy: [line("M7 7V3.500h9.500V13H13M3.500 7H13v9.500H3.500Z")],
  storm: [line("M6 12.500a3.500 3.500 0 1 1 .8-6.900 4.500 4.500 0 0 1 8.500 1.900 2.600 2.600 0 0 1-.3 5M10.500 9.500 8.500 13h3l-2 3.500")],
  theme: [{ tag: "circle", cx: 10, cy: 10, r: 6.500, fill: "none", stroke: "currentColor", "stroke-width": "1.6" }, { d: "M10 3.500a6.500 6.500 0 0 1 0 13Z", fill: "currentColor" }],
  keys: [line("M2.500 5.500h15v9h-15ZM5.500 8.500v.1M8.500 8.500v.1M11.500 8.500v.1M14.500 8.500v.1M6.500 11.700h7")],
  thumbUp: [line("M6 9v7.500H3.500V9ZM6 9.500 9 3.500c1.500 0 2 1 1.800 2.200L10.300 8.500h4.700c1 0 1.700.9 1.500 1.900l-1 4.700c-.2.9-.8 1.400-1.700 1.400H6")],
  thumbDown: [line("M6 11V3.500H3.500V11ZM6 10.500 9 16.500c1.500 0 2-1 1.800-2.200l-.5-2.800h4.700c1 0 1.700-.9 1.500-1.900l-1-4.700c-.2-.9-.8-1.400-1.700-1.400H6")],
};

/** A named icon; decorative unless labelled. */
export function icon(name, options) {
  return drawing(PATHS[name] ?? PATHS.more, options);
}
