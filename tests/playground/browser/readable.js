// What a reader would stumble over below `root`: words with too little contrast (WCAG AA), controls without a name.
(root) => {
  const colour = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const blend = (top, under) => {
    const mix = (name) => top[name] * top.a + under[name] * (1 - top.a);
    return { r: mix("r"), g: mix("g"), b: mix("b"), a: 1 };
  };
  const luminance = ({ r, g, b }) => {
    const linear = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(colour(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, top) => blend(top, under), { r: 128, g: 128, b: 128, a: 1 });
  };
  const contrast = (node) => {
    const under = ground(node);
    const [light, dark] = [luminance(blend(colour(getComputedStyle(node).color), under)), luminance(under)].sort((one, other) => other - one);
    return (light + 0.05) / (dark + 0.05);
  };
  const isLarge = ({ fontSize, fontWeight }) => parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700);
  const hasWords = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  const shown = [...root.querySelectorAll("*")].filter((node) => node.checkVisibility() && !node.closest("svg, [aria-hidden=true], :disabled"));
  const faint = shown.filter(hasWords).map((node) => ({ node, ratio: contrast(node) })).filter(({ node, ratio }) => ratio < (isLarge(getComputedStyle(node)) ? 3 : 4.5));
  const isNamed = (node) => node.getAttribute("aria-label") || node.getAttribute("aria-labelledby") || node.textContent.trim() || node.labels?.length;
  const nameless = shown.filter((node) => node.matches("button, input, textarea, a[href], [role=textbox]") && !isNamed(node));
  return [
    ...faint.map(({ node, ratio }) => `${ratio.toFixed(2)} ${node.className}: ${node.textContent.slice(0, 40)}`),
    ...nameless.map((node) => `no name: ${node.outerHTML.slice(0, 120)}`),
  ];
}
