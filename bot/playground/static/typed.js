/** What a person typed, as Slack sends it: mentions by id, and nothing that could pass for markup of its own. */

export function asSent(text, { people, channels, team }) {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const named = [
    ...people.filter((person) => person.team === team || !person.deleted).map(({ id, name, real_name }) => [[real_name, name], `<@${id}>`, "@"]),
    ...channels.filter(({ name }) => name).map(({ id, name }) => [[name], `<#${id}>`, "#"]),
    ...["here", "channel", "everyone"].map((word) => [[word], `<!${word}>`, "@"]),
  ];
  const words = named.flatMap(([names, sent, sign]) => names.map((name) => [`${sign}${name}`, sent]));
  return words.sort(([a], [b]) => b.length - a.length).reduce((said, [word, sent]) => replaceWord(said, word, sent), escaped);
}

/** Only whole words: `#random` is not part of `#random-talk`. */
function replaceWord(text, word, sent) {
  const pattern = new RegExp(`(^|[^\\p{L}\\p{N}<!@#])${RegExp.escape?.(word) ?? word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}_-])`, "gu");
  return text.replace(pattern, (_, before) => before + sent);
}

/** What was sent, as a person would type it again. */
export function asTyped(text, workspace) {
  return text
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id) => `@${workspace.personName(id)}`)
    .replace(/<#(\w+)(?:\|[^>]*)?>/g, (whole, id) => (workspace.channelName(id) ? `#${workspace.channelName(id)}` : whole))
    .replace(/<!(here|channel|everyone)>/g, "@$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
