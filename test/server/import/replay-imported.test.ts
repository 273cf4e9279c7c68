import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { fitEstimates, simulate } from '#engine/simulate/index.ts';
import {
  csvFormat,
  importLog,
  type LogFormat,
  logFormats,
  parseMapping,
  type RecordRow,
  readRecordFile,
  writeRecordFile,
} from '#server/import/index.ts';
import { aPlan, calls } from '../../engine/builders.ts';
import { readPolicy } from '../../laws/arbitrary-policy.ts';
import { lawPlan } from '../../laws/law-world.ts';
import { aFile, aFolder } from '../cli-verbs/run-verb.ts';

const start = Date.UTC(2026, 9, 1, 12);
const rows = Array.from({ length: 60 }, (_, row) => row);
const iso = (row: number) => new Date(start + row * 1_000).toISOString();
const csv = (head: string, line: (row: number) => readonly (string | number)[]) =>
  [head, ...rows.map((row) => line(row).join(','))].join('\n');
const jsonLines = (line: (row: number) => object) => rows.map((row) => JSON.stringify(line(row))).join('\n');

const mapping = parseMapping(
  'time.at=when:iso,model=model,provider=|openai,usage.input_tokens=prompt,usage.output_tokens=completion,session.id=who,caller.user=who',
);
const formatOf = (name: string): LogFormat => {
  const found = logFormats.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no format ${name}.`);
  return found;
};

/** Every log that can be imported, small: file name, content, format. */
const logs: readonly (readonly [string, string, LogFormat])[] = [
  [
    'azure.csv',
    csv('TIMESTAMP,ContextTokens,GeneratedTokens', (row) => [
      iso(row).replace('T', ' ').replace('Z', ''),
      374 + 90 * row,
      44,
    ]),
    formatOf('azure'),
  ],
  [
    'burstgpt.csv',
    csv(
      'Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type',
      (row) => [
        row,
        row % 7,
        2,
        row % 3 === 0 ? 'GPT-4' : 'ChatGPT',
        400 + row,
        row % 11 === 0 ? 0 : 30,
        430 + row,
        'Conversation log',
      ],
    ),
    formatOf('burstgpt'),
  ],
  [
    'mooncake.jsonl',
    jsonLines((row) => ({
      timestamp: row * 900,
      input_length: 2_048 + row,
      output_length: 50,
      hash_ids: [row % 4, 100 + (row % 8), 200 + (row % 16), 300 + row, 400 + row],
    })),
    formatOf('mooncake'),
  ],
  [
    'servegen.csv',
    csv('t_ms,tenant,model,prompt_tokens,completion_tokens,reasoning_tokens', (row) => [
      row * 400,
      `m/client-${row % 5}`,
      row % 2 === 0 ? 'm-large' : 'r1',
      80 + row,
      494,
      row % 2 === 0 ? '' : 300,
    ]),
    formatOf('servegen'),
  ],
  [
    'litellm.jsonl',
    jsonLines((row) => ({
      request_id: `chatcmpl-${row}`,
      spend: 0.001 * row,
      prompt_tokens: 1_000 + row,
      completion_tokens: 200,
      startTime: iso(row),
      endTime: iso(row + 2),
      model: row % 2 === 0 ? 'gpt-5-mini' : 'claude-opus-5',
      custom_llm_provider: row % 2 === 0 ? 'openai' : 'anthropic',
      end_user: `u-${row % 5}`,
      session_id: `s-${row % 9}`,
      status: row % 13 === 0 ? 'failure' : 'success',
      metadata: {
        usage_object: {
          prompt_tokens: 1_000 + row,
          completion_tokens: 200,
          prompt_tokens_details: { cached_tokens: row % 3 === 0 ? 0 : 600 },
        },
      },
    })),
    formatOf('litellm'),
  ],
  [
    'openai-usage.csv',
    csv('start_time,model,num_model_requests,input_tokens,output_tokens,input_cached_tokens', (row) => [
      start / 1_000 + row * 60,
      'gpt-5-mini',
      2,
      1_000 + row,
      500,
      800,
    ]),
    formatOf('openai-usage'),
  ],
  [
    'any.csv',
    csv('when,model,prompt,completion,who', (row) => [iso(row), 'gpt-5-mini', 900 + row, 40, `u${row % 6}`]),
    csvFormat(mapping.kind === 'ok' ? mapping.sources : []),
  ],
];

async function importedRecords(
  name: string,
  content: string,
  format: LogFormat,
): Promise<readonly RecordRow[]> {
  const read: RecordRow[] = [];
  const report = await importLog({
    path: aFile(name, content),
    format,
    models: { named: new Map(), otherwise: 'openai/gpt-5-mini', catalogue: defaultCatalogue },
    startsAt: start,
    priceBook: defaultPriceBook,
    write: async (row) => void read.push(row),
  });
  expect([name, report.broken, read.length >= rows.length]).toEqual([name, 0, true]);
  return read;
}

async function columnsOf(records: readonly RecordRow[], name = 'records.parquet') {
  const path = `${aFolder()}/${name}`;
  await writeRecordFile(path, records);
  return readRecordFile(path);
}

const split = aPlan({
  trial: {
    kind: 'split',
    by: 'caller.user',
    arms: [
      { id: 'a', share: 0.5, to: 'small' },
      { id: 'b', share: 0.5, to: 'large' },
    ],
  },
  small: calls('openai/gpt-5-mini'),
  large: calls('anthropic/claude-opus-5'),
});
const limited = aPlan({
  cap: {
    kind: 'limit',
    unit: 'requests',
    amount: 20,
    window: 'hour',
    within: 'small',
    over: 'no',
  },
  small: calls('openai/gpt-5-mini'),
  no: { kind: 'refuse', status: 429, code: 'too_many', message: 'Too many.' },
});
const folder = new URL('../../../policies/', import.meta.url);
const shipped = readdirSync(folder)
  .filter((file) => file.endsWith('.policy.json'))
  .map((file) => lawPlan(readPolicy(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))));
const world = { catalogue: defaultCatalogue, priceBook: defaultPriceBook, seed: 1 };

describe.each(logs)('%s, imported', (name, content, format) => {
  it('changes nothing under a policy against itself, whatever is known of prompt caches', async () => {
    const columns = await columnsOf(await importedRecords(name, content, format));
    const fitted = fitEstimates(columns, defaultCatalogue);
    for (const plan of [split, limited, ...shipped])
      for (const caching of [true, false])
        for (const incidents of [[], [{ kind: 'outage', target: 'openai/*', error: 'timeout' } as const]]) {
          const result = simulate({
            ...world,
            columns,
            candidate: plan,
            baseline: plan,
            estimates: { ...fitted, caching },
            incidents,
          });
          const { before, after, low, high } = result.cost_nano_usd;
          expect([result.changed, result.changes, after, low, high]).toEqual([0, [], before, before, before]);
          expect(result.cache.lost_tokens).toBe(0);
          for (const edge of result.by_edge) expect(edge.after).toBe(edge.before);
          expect([result.refused.after, result.errors.after]).toEqual([
            result.refused.before,
            result.errors.before,
          ]);
        }
  });

  it('keeps who is on which arm of a sticky split when something behind it changes', async () => {
    const columns = await columnsOf(await importedRecords(name, content, format));
    const other = aPlan({
      trial: {
        kind: 'split',
        by: 'caller.user',
        arms: [
          { id: 'a', share: 0.5, to: 'small' },
          { id: 'b', share: 0.5, to: 'large' },
        ],
      },
      small: calls('openai/gpt-5-mini'),
      large: calls('google/gemini-2.5-pro'),
    });
    const result = simulate({ ...world, columns, candidate: other, baseline: split });
    for (const { node, before, after } of result.by_edge) if (node === 'trial') expect(after).toBe(before);
    for (const { from, to } of result.transitions) {
      if (from === 'openai/gpt-5-mini') expect(to).toBe(from);
      if (from === 'anthropic/claude-opus-5') expect(to).toBe('google/gemini-2.5-pro');
    }
  });
});

describe('request records', () => {
  it('are the same what-if from JSON lines as from Parquet', async () => {
    const [name, content, format] = logs[4]!;
    const records = await importedRecords(name, content, format);
    const [one, other] = [await columnsOf(records), await columnsOf(records, 'records.jsonl')];
    const asked = { ...world, candidate: split, baseline: limited };
    expect(simulate({ ...asked, columns: other })).toEqual(simulate({ ...asked, columns: one }));
  });
});
