import { slugPattern } from '#engine/nodes/index.ts';

const longest = 64;
/** Names every JavaScript object has, and names that exits have for good: none makes a good id. */
const reserved = new Set(['else', 'otherwise', 'add']);

/** A slug made from a label that is not taken yet: `What is asked?` → `what-is-asked`, then `what-is-asked-2`. */
export function freeSlug(label: string, taken: (slug: string) => boolean, fallback = 'node'): string {
  const base = slugOf(label, fallback);
  const isFree = (slug: string): boolean => !reserved.has(slug) && !taken(slug);
  if (isFree(base)) return base;
  for (let count = 2; ; count += 1) {
    const suffix = `-${count}`;
    const slug = `${base.slice(0, longest - suffix.length)}${suffix}`;
    if (isFree(slug)) return slug;
  }
}

function slugOf(label: string, fallback: string): string {
  const slug = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
  return slugPattern.test(slug) ? slug : fallback;
}
