import { inputClasses, tokenClasses, type Usage } from '#engine/catalogue/index.ts';

const inputs: ReadonlySet<string> = new Set(inputClasses);

/** `cacheReadTokens` → `cache_read`, `cacheWrite5mTokens` → `cache_write_5m`. */
function className(name: string): string {
  return name.replace(/Tokens$/, '').replace(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`);
}

const classes = tokenClasses.map((field) => ({ field, name: className(field), isInput: inputs.has(field) }));

/** The token classes of a call that are not zero. */
export function tokensByClass(
  usage: Usage,
): readonly { readonly name: string; readonly count: number; readonly isInput: boolean }[] {
  const used = [];
  for (const { field, name, isInput } of classes) {
    const count = usage[field] ?? 0;
    if (count > 0) used.push({ name, count, isInput });
  }
  return used;
}
