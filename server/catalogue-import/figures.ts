import type { Rows } from './read-rows.ts';

/**
 * pi-catalog mixes two editions of its quality index: `deepseek-v4-flash` is 34.3 at one host and 51.8 at
 * another. The later edition rates every model lower, and the newest models have only that. Where a model has
 * two figures, these listings state the later one in at least nine of ten cases (most of them always).
 */
const LATER_EDITION = [
  'huggingface',
  'kilo',
  'opencode-zen',
  'azure',
  'google-vertex',
  'anthropic',
  'openai',
  'zai',
  'xai',
  'deepseek',
  'minimax',
  'xiaomi',
  'groq',
];

/** The quality of models by their bare names: of the listings above the lowest figure, so that all compare. */
export function qualities(rows: Rows): ReadonlyMap<string, number> {
  const lowest = new Map<string, number>();
  for (const row of LATER_EDITION.flatMap((listing) => Object.values(rows[listing] ?? {}))) {
    if (row.kind !== undefined || !row.int) continue;
    const name = bareName(row.id);
    lowest.set(name, Math.min(row.int, lowest.get(name) ?? row.int));
  }
  return lowest;
}

/** `us.anthropic.claude-opus-4-5-20251101-v1:0`, `claude-opus-4-5@20251101` and `anthropic/claude-opus-4.5` alike. */
export function bareName(id: string): string {
  return id
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(
      /^(?:(?:us|eu|global)\.)?(?:anthropic|amazon|meta|mistral|openai|qwen|deepseek|moonshotai|moonshot|zai|xai|google|minimax|nvidia|cohere)\./,
      '',
    )
    .replace(/@.*$|-v\d+(?::\d+)?$|-\d+:\d+$|-maas$/, '')
    .replace(/-20\d{6}$/, '')
    .replace(/[-.]/g, '');
}
