import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '#engine/policy/index.ts';
import { SimulationResult, SweepResult } from '#engine/simulate/index.ts';
import { simulate } from '#server/cli/simulate.ts';
import { simulateInParts } from '#server/cli/simulate-in-parts.ts';
import { openRecordParts, writeRecordFile } from '#server/import/index.ts';
import { someRecords } from '../../laws/arbitrary-record.ts';
import { aFolder, runVerb, shippedPath } from './run-verb.ts';

const support = shippedPath('support');

async function aRecordFile(name = 'r.parquet', count = 900): Promise<string> {
  const path = `${aFolder()}/${name}`;
  await writeRecordFile(path, someRecords(count, 17));
  return path;
}

function policyIn(path: string) {
  const parsed = parsePolicy(readFileSync(path, 'utf8'));
  if (parsed.kind === 'bad') throw new Error('The shipped policy cannot be read.');
  return parsed.policy;
}

async function wholeOf(path: string, ...more: string[]): Promise<SimulationResult> {
  const run = await runVerb(simulate, ['--candidate', support, '--records', path, '--json', ...more]);
  return SimulationResult.parse(JSON.parse(run.out));
}

describe('a record file larger than memory', () => {
  it('is replayed in parts by several threads, with the counts and logged costs of the whole', async () => {
    const path = await aRecordFile();
    const parts = await openRecordParts(path, 200);
    const steps: number[] = [];
    const result = await simulateInParts({
      parts,
      candidate: { policy: policyIn(support) },
      baseline: null,
      seed: 1,
      sample: 1,
      threads: 2,
      onProgress: (done) => steps.push(done),
    });
    parts.close();
    const whole = await wholeOf(path);
    expect(parts.count).toBeGreaterThan(3);
    expect(steps.at(-1)).toBe(parts.count);
    expect([result?.records, result?.changed, result?.refused]).toEqual([900, whole.changed, whole.refused]);
    expect(result?.cost_nano_usd.before).toBe(whole.cost_nano_usd.before);
    expect(result?.by_edge.toSorted(byName)).toEqual(whole.by_edge.toSorted(byName));
    expect(SimulationResult.parse(result)).toEqual(result);
  });

  it('stops between two parts when it is told to', async () => {
    const parts = await openRecordParts(await aRecordFile(), 200);
    const abort = new AbortController();
    const running = simulateInParts({
      parts,
      candidate: { policy: policyIn(support) },
      baseline: null,
      seed: 1,
      sample: 1,
      threads: 1,
      onProgress: () => abort.abort(),
      signal: abort.signal,
    });
    await expect(running).rejects.toThrow(/abort/i);
    parts.close();
  });
});

describe('a sample', () => {
  it('is a share of the records, the same again, and stated', async () => {
    const path = await aRecordFile();
    const [one, again] = [await wholeOf(path, '--sample', '0.3'), await wholeOf(path, '--sample', '0.3')];
    expect(one).toEqual(again);
    expect(one.sample).toBe(0.3);
    expect(one.records).toBeGreaterThan(0);
    expect(one.records).toBeLessThan(600);
    expect((await runVerb(simulate, ['--candidate', support, '--records', path, '--sample', '2'])).code).toBe(
      2,
    );
  });
});

describe('a sweep on the command line', () => {
  it('tells every setting, marks the present one, and finds the cheapest that is good enough', async () => {
    const path = await aRecordFile('r.jsonl', 200);
    const args = ['--candidate', support, '--records', path, '--sweep', 'task.confidence=0:1:3'];
    const told = await runVerb(simulate, [...args, '--min-quality', '1']);
    expect(told.out).toContain('0.55 (now)');
    expect(told.out).toMatch(/The cheapest that keeps a quality of 1: task.confidence = /);
    const json = SweepResult.parse(JSON.parse((await runVerb(simulate, [...args, '--json'])).out));
    expect(json.points.map(({ value }) => value)).toEqual([0, 0.5, 0.55, 1]);
  });

  it('says which numbers there are when it is asked for another', async () => {
    const path = await aRecordFile('r.jsonl', 20);
    const run = await runVerb(simulate, ['--candidate', support, '--records', path, '--sweep', 'a.b=0:1:3']);
    expect(run.code).toBe(1);
    expect(run.err).toContain('task.confidence');
    const wrong = await runVerb(simulate, ['--candidate', support, '--records', path, '--sweep', 'a.b']);
    expect(wrong.code).toBe(2);
  });
});

function byName(
  left: { readonly node: string; readonly port: string },
  right: { readonly node: string; readonly port: string },
): number {
  return `${left.node}:${left.port}` < `${right.node}:${right.port}` ? -1 : 1;
}
