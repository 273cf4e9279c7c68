import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import type { RequestRecord } from '#engine/signals/index.ts';
import { importVerb } from '#server/cli/import.ts';
import { csvFormat, type ImportReport, importLog, logFormats, parseMapping } from '#server/import/index.ts';
import { aFile, aFolder, runVerb } from '../cli-verbs/run-verb.ts';

const log = [
  'when,model,prompt_tokens,cached,completion,thinking,usd,seconds,ttft,who,labels,http,note',
  '2026-11-01T10:00:00Z,gpt-5-mini,1000,200,300,100,0.0015,2.5,0.4,u1,a;b,200,"said ""hi"", twice"',
  '2026-11-01T10:00:01Z,gpt-5-mini,many,0,1,0,0,1,1,u1,,200,',
  '2026-11-01T10:00:02Z,gpt-5-mini,10,20,1,0,0,1,1,u1,,200,',
  '2026-11-01T10:00:03Z,gpt-5-mini,50,,,,,,,u2,[""x""],429,',
  'cut,line',
].join('\n');
const map =
  'time.at=when:iso,model=model,provider=|openai,usage.input_tokens=prompt_tokens:with_cache,usage.cache_read_tokens=cached|0,usage.output_tokens=completion:with_reasoning,usage.reasoning_tokens=thinking,cost.nano_usd=usd:usd,latency.total_ms=seconds:s,latency.first_token_ms=ttft:s,caller.user=who,caller.tags=labels,outcome.http_status=http,caller.team=|search';

async function read(
  content: string,
  format: (typeof logFormats)[number],
  name = 'log.csv',
): Promise<ImportReport & { readonly rows: readonly Partial<RequestRecord>[] }> {
  const rows: Partial<RequestRecord>[] = [];
  const report = await importLog({
    path: aFile(name, content),
    format,
    models: { named: new Map(), otherwise: null, catalogue: defaultCatalogue },
    startsAt: null,
    priceBook: defaultPriceBook,
    write: async (row) => void rows.push(row as Partial<RequestRecord>),
  });
  return { ...report, rows };
}

describe('a CSV with mapped columns', () => {
  const parsed = parseMapping(map);
  const format = csvFormat(parsed.kind === 'ok' ? parsed.sources : []);

  it('becomes records: units, totals made disjoint, defaults, lists, quotes', async () => {
    const { rows } = await read(log, format);
    expect(rows[0]).toMatchObject({
      'time.at': Date.parse('2026-11-01T10:00:00Z'),
      'time.hour': 10,
      'outcome.target': 'openai/gpt-5-mini',
      'request.input_tokens': 1_000,
      'usage.input_tokens': 800,
      'usage.cache_read_tokens': 200,
      'usage.output_tokens': 200,
      'usage.reasoning_tokens': 100,
      'cost.nano_usd': 1_500_000,
      'cost.price_book': 'log',
      'latency.total_ms': 2_500,
      'latency.first_token_ms': 400,
      'caller.user': 'u1',
      'caller.team': 'search',
      'caller.tags': ['a', 'b'],
      'outcome.status': 'served',
    });
  });

  it('counts and names lines it cannot read, and keeps the rest', async () => {
    const { records, broken, firstBroken } = await read(log, format);
    expect([records, broken]).toEqual([2, 3]);
    expect(firstBroken.map(({ line }) => line)).toEqual([3, 4, 6]);
    expect(firstBroken[0]?.problem).toContain('"prompt_tokens" must be a number');
    expect(firstBroken[1]?.problem).toContain('more cached tokens (20) than input tokens (10)');
  });

  it('reads a failure from its status', async () => {
    const { rows } = await read(log, format);
    expect(rows[1]).toMatchObject({ 'outcome.status': 'failed', 'outcome.error': 'rate_limit' });
  });

  it('is mapped by a JSON object as well', () => {
    const json = parseMapping('{"model":"m","cost.nano_usd":{"column":"usd","unit":"usd","default":0}}');
    expect(json).toMatchObject({
      kind: 'ok',
      sources: [
        { name: 'model', column: 'm' },
        { name: 'cost.nano_usd', column: 'usd', unit: 'usd', otherwise: '0' },
      ],
    });
  });

  it.each([
    ['usage.input_token=a', 'Did you mean usage.input_tokens?'],
    ['model', 'must be name=column'],
    ['model=a,model=b', 'is mapped twice'],
    ['latency.total_ms=a:weeks', 'It takes ms, s, us, ns.'],
    ['caller.team=', 'needs a column of the file, or a default'],
    ['draw=a', 'There is no column "draw".'],
    ['{"a"', 'is not JSON'],
    ['', 'maps nothing'],
  ])('says what is wrong with a mapping: %s', (text, message) => {
    const bad = parseMapping(text);
    expect(bad.kind === 'bad' && bad.message).toContain(message);
  });

  it('is previewed without writing, and imported by the verb', async () => {
    const path = aFile('log.csv', log);
    const shown = await runVerb(importVerb, [path, '--format', 'csv', '--map', map, '--dry-run']);
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/Record 1\n[\s\S]* id +csv-000000001/);
    expect(shown.out).toMatch(/usage\.input_tokens +800/);
    expect(shown.out).toContain('Nothing was written.');
    expect(shown.err).toContain(`${path}:3: "prompt_tokens" must be a number`);
    const out = join(aFolder(), 'out.jsonl');
    const mapping = aFile('map.json', {
      'time.at': 'when',
      model: 'model',
      'usage.input_tokens': 'completion',
    });
    const done = await runVerb(importVerb, [path, '--format', 'csv', '--map', mapping, '--out', out]);
    expect(done.code).toBe(0);
    expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(4);
  });

  it('names the columns of the file where a mapped one is not there', async () => {
    const { code, err } = await runVerb(importVerb, [
      aFile('log.csv', log),
      '--format',
      'csv',
      '--map',
      'model=modell',
      '--dry-run',
    ]);
    expect(code).toBe(1);
    expect(err).toContain('has no "modell". It names when, model, prompt_tokens');
  });
});

describe('classes of tokens that a log tells apart', () => {
  const formatNamed = (name: string) => {
    const found = logFormats.find((one) => one.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };

  it('are carried from LiteLLM: audio leaves the totals, a status code names the failure', async () => {
    const row = {
      request_id: 'r1',
      startTime: '2026-11-01T10:00:00Z',
      model: 'gpt-4o-audio-preview',
      custom_llm_provider: 'openai',
      metadata: {
        usage_object: {
          prompt_tokens: 100,
          completion_tokens: 60,
          prompt_tokens_details: { cached_tokens: 10, audio_tokens: 30 },
          completion_tokens_details: { reasoning_tokens: 5, audio_tokens: 20 },
        },
      },
    };
    const failed = {
      ...row,
      request_id: 'r2',
      status: 'failure',
      error_information: { error_code: '429' },
      metadata: {},
    };
    const { rows } = await read(
      `${JSON.stringify(row)}\n${JSON.stringify(failed)}`,
      formatNamed('litellm'),
      'l.jsonl',
    );
    expect(rows[0]).toMatchObject({
      'usage.input_tokens': 60,
      'usage.cache_read_tokens': 10,
      'usage.audio_input_tokens': 30,
      'usage.output_tokens': 35,
      'usage.reasoning_tokens': 5,
      'usage.audio_output_tokens': 20,
    });
    expect(rows[1]).toMatchObject({ 'outcome.status': 'failed', 'outcome.error': 'rate_limit' });
  });

  it('are carried from OpenAI’s usage: audio beside text, or inside it where text is told apart; batch as a tier', async () => {
    const result = {
      num_model_requests: 2,
      input_tokens: 100,
      output_tokens: 40,
      input_audio_tokens: 30,
      output_audio_tokens: 10,
      model: 'gpt-4o',
      batch: true,
    };
    const page = (one: object) => JSON.stringify({ data: [{ start_time: 1_762_000_000, results: [one] }] });
    const old = await read(page(result), formatNamed('openai-usage'), 'o.json');
    const total = await read(
      page({ ...result, input_text_tokens: 70 }),
      formatNamed('openai-usage'),
      'o.json',
    );
    const sum = (rows: readonly Partial<RequestRecord>[], name: keyof RequestRecord) =>
      rows.reduce((all, row) => all + Number(row[name] ?? 0), 0);
    expect(sum(old.rows, 'usage.input_tokens')).toBe(100);
    expect(sum(total.rows, 'usage.input_tokens')).toBe(70);
    expect(sum(total.rows, 'usage.output_tokens')).toBe(30);
    expect(sum(total.rows, 'usage.audio_input_tokens')).toBe(30);
    expect(total.rows[0]?.['usage.service_tier']).toBe('batch');
  });

  it('and conversations with their times are carried from BurstGPT', async () => {
    const { rows } = await read(
      'Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type\n5,s1,2.5,GPT-4,10,20,30,Conversation log',
      formatNamed('burstgpt'),
    );
    expect(rows[0]).toMatchObject({ 'session.id': 's1', 'latency.total_ms': 2_500 });
  });
});
