/** Text in Markdown as it stands: nothing of it is markup, HTML, a link or a mention. One line. */
export function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]()#+!|~]/g, (mark) => `\\${mark}`)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '@\u200B')
    .replace(/:\/\//g, ':\u200B//');
}

/** Text as code; a backtick inside cannot end it. */
export function code(text: string): string {
  const bare = oneLine(text);
  const longest = Math.max(0, ...[...bare.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${bare}${fence}` : `${fence} ${bare} ${fence}`;
}

/** Numbers (by heading `>`) to the right. Cells are Markdown already; a bar inside ends none. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
  return [
    line(headings.map((heading) => heading.replace(/^>/, ''))),
    line(headings.map((heading) => (heading.startsWith('>') ? '--:' : ':--'))),
    ...rows.map(line),
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
