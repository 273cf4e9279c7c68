/** A stretch of a line of a note. */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'em' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly lines: readonly (readonly Inline[])[] };

const inline =
  /\*\*(?<strong>[^*\n]+)\*\*|\*(?<em>[^*\s][^*\n]*)\*|`(?<code>[^`\n]+)`|\[(?<label>[^\]\n]+)\]\((?<href>https?:\/\/[^)\s]+)\)/g;

/** A light kind of Markdown: `#` headings, `-` lists, **strong**, *emphasis*, `code` and links over HTTP. Never HTML. */
export function readMarkup(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { kind: Block['kind']; lines: (readonly Inline[])[] } | null = null;
  const add = (kind: Block['kind'], line: string): void => {
    if (open === null || open.kind !== kind || kind === 'heading') {
      open = { kind, lines: [] };
      blocks.push(open);
    }
    open.lines.push(readInline(line));
  };
  for (const line of text.split('\n')) {
    if (line.trim() === '') open = null;
    else if (/^#{1,3}\s/.test(line)) add('heading', line.replace(/^#{1,3}\s+/, ''));
    else if (/^\s*[-*]\s/.test(line)) add('list', line.replace(/^\s*[-*]\s+/, ''));
    else add('paragraph', line);
  }
  return blocks;
}

/** A line in its stretches. What is not markup stays as it is written. */
export function readInline(line: string): readonly Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of line.matchAll(inline)) {
    if (match.index > at) parts.push({ kind: 'text', text: line.slice(at, match.index) });
    parts.push(partOf(match.groups ?? {}));
    at = match.index + match[0].length;
  }
  if (at < line.length) parts.push({ kind: 'text', text: line.slice(at) });
  return parts;
}

function partOf({ strong, em, code, label, href }: Readonly<Record<string, string | undefined>>): Inline {
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (em !== undefined) return { kind: 'em', text: em };
  if (code !== undefined) return { kind: 'code', text: code };
  return { kind: 'link', text: label ?? '', href: href ?? '' };
}
