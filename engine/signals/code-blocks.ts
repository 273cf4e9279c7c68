/** Fenced code in a text: how many blocks, and characters within the fences. */
export interface CodeBlocks {
  readonly count: number;
  readonly characters: number;
}

const none: CodeBlocks = Object.freeze({ count: 0, characters: 0 });

/** Blocks fenced as CommonMark 4.5 has it, by ``` or longer at the start of a line; one left open reaches to the end. */
export function codeBlocksIn(text: string): CodeBlocks {
  let open = nextFence(text, 0);
  if (open < 0) return none;
  let count = 0;
  let characters = 0;
  while (open >= 0) {
    const line = text.indexOf('\n', open);
    const start = line < 0 ? text.length : line + 1;
    const close = nextFence(text, start);
    count += 1;
    characters += (close < 0 ? text.length : close) - start;
    const after = close < 0 ? -1 : text.indexOf('\n', close);
    open = after < 0 ? -1 : nextFence(text, after + 1);
  }
  return { count, characters };
}

/** A fence at or after a place; -1 when there is none. Up to three blanks may stand before it. */
function nextFence(text: string, from: number): number {
  for (let at = text.indexOf('```', from); at >= 0; at = text.indexOf('```', at + 3)) {
    let line = at;
    while (line > from && at - line < 3 && text[line - 1] === ' ') line -= 1;
    if (line === 0 || text[line - 1] === '\n' || line === from) return at;
  }
  return -1;
}
