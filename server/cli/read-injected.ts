import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Incident, readIncident, SimulatedBudget } from '#engine/simulate/index.ts';

export type Injected<T> =
  | { readonly kind: 'ok'; readonly all: readonly T[] }
  /** One sentence. */
  | { readonly kind: 'bad'; readonly message: string };

/** Incidents of a JSON file, then those written in a line each; a line may hold several, parted by commas. */
export async function readIncidents(
  file: string | undefined,
  lines: readonly string[],
): Promise<Injected<Incident>> {
  const filed = file === undefined ? { kind: 'ok' as const, all: [] } : await readList(file, Incident);
  if (filed.kind === 'bad') return filed;
  const all = [...filed.all];
  for (const text of lines.flatMap((line) => line.split(','))) {
    const read = readIncident(text.trim());
    if (read.kind === 'bad') return { kind: 'bad', message: `--incident ${read.message}` };
    all.push(read.incident);
  }
  return { kind: 'ok', all };
}

/** Budgets of a JSON file. */
export function readBudgets(file: string | undefined): Promise<Injected<SimulatedBudget>> {
  return file === undefined ? Promise.resolve({ kind: 'ok', all: [] }) : readList(file, SimulatedBudget);
}

async function readList<T>(path: string, item: z.ZodType<T>): Promise<Injected<T>> {
  const bad = (problem: string): Injected<T> => ({ kind: 'bad', message: `${path}: ${problem}` });
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return bad(error instanceof SyntaxError ? 'This is not JSON.' : 'There is no file that can be read.');
  }
  const parsed = z.array(item).safeParse(value);
  if (parsed.success) return { kind: 'ok', all: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  return bad(`${place === '' ? 'the whole' : place}: ${issue?.message ?? 'cannot be read'}.`);
}
