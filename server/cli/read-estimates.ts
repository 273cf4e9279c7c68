import { readFile } from 'node:fs/promises';
import { Estimates } from '#engine/simulate/index.ts';
import type { Io } from './verb.ts';

/** Estimates as `waybill calibrate --out` wrote them; `undefined` after saying on `stderr` what is wrong with the file. */
export async function readEstimates(path: string, io: Io): Promise<Estimates | undefined> {
  const complain = (problem: string) => {
    io.stderr.write(`${path}: ${problem} \`waybill calibrate --out FILE\` writes such a file.\n`);
    return undefined;
  };
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return complain(
      error instanceof SyntaxError ? 'This is not JSON.' : 'There is no file that can be read.',
    );
  }
  const parsed = Estimates.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return complain(
    `These are not estimates: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? ''}.`,
  );
}
