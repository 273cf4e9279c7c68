import { expect } from 'vitest';
import { anInstallation, type Exchange, type Installation, type Refusal } from './installation.ts';
import type { Row } from './rows.ts';
import {
  type Ask,
  answer,
  at,
  type ClientForm,
  cities,
  counted,
  type Feature,
  type Got,
  instruction,
  notSo,
  place,
  png,
  question,
  resultOf,
  retryAfter,
  type Said,
  slowDown,
  textOf,
  thought,
  weather,
} from './words.ts';

/** A cell: it passes, names what it lost, or is refused with the reason. Anything else is a failing test. */
export async function probe(row: Row, client: ClientForm, feature: Feature): Promise<string> {
  const here: Cell = { row, client, at: await anInstallation(row, client) };
  try {
    return fateOf(await probes[feature](here));
  } catch (cause) {
    if (cause instanceof Refused) return `refused: ${cause.message}`;
    throw cause;
  }
}

interface Cell {
  readonly row: Row;
  readonly client: ClientForm;
  readonly at: Installation;
}

/** What became of a feature: whether all of it arrived, and the names that a loss of it may have. */
interface Carried {
  readonly arrived: boolean;
  readonly dropped: readonly string[];
  readonly names?: RegExp;
}

class Refused extends Error {}

function fateOf({ arrived, dropped, names }: Carried): string {
  const named = dropped.filter((name) => names?.test(name) === true);
  expect(dropped, 'named as lost, but nothing of the kind was asked').toEqual(named);
  if (named.length > 0) return `reported: ${named.map((name) => `\`${name}\``).join(' ')}`;
  expect(arrived, 'lost in silence').toBe(true);
  return 'passes';
}

const probes: Readonly<Record<Feature, (cell: Cell) => Promise<Carried>>> = {
  text: async (cell) => {
    const { got, heard, dropped } = await ask(cell, {}, { text: answer });
    expect(got).toMatchObject({ text: textFor(cell, answer), complete: true });
    return { arrived: asked(cell, heard.texts) && !heard.stream, dropped };
  },
  stream: async (cell) => {
    const { got, heard, pieces, dropped } = await ask(cell, { stream: true }, { text: answer });
    expect(got).toMatchObject({ text: answer, complete: true });
    expect(pieces.length).toBeGreaterThan(3);
    return { arrived: asked(cell, heard.texts), dropped };
  },
  tools: (cell) => callTools(cell, false, [cities[0]]),
  'parallel tools': (cell) => callTools(cell, true, cities),
  images: async (cell) => {
    const { got, heard, dropped } = await ask(cell, { image: true }, { text: answer });
    expect(got.text).toBe(answer);
    return { arrived: heard.images.includes(png), dropped, names: /image/ };
  },
  'JSON schema': async (cell) => {
    const { got, heard, dropped } = await ask(cell, { schema: true }, { text: place });
    expect(JSON.parse(got.text)).toEqual(JSON.parse(place));
    expect(heard.schema ?? weather.schema).toMatchObject({
      properties: { city: { type: 'string' } },
      required: ['city'],
    });
    return { arrived: heard.schema !== null, dropped, names: /response_format|schema|format/i };
  },
  thinking,
  'cache control': async (cell) => {
    const { got, heard, dropped } = await ask(cell, { mark: true }, { text: answer });
    expect(got.text).toBe(answer);
    return { arrived: heard.marks, dropped, names: /cache/i };
  },
  usage: async (cell) => {
    const whole = await ask(cell, {}, { text: answer });
    expect(whole.got.usage).toEqual(countsFor(cell, whole));
    if (cell.client.without.includes('stream')) return { arrived: true, dropped: whole.dropped };
    const streamed = await ask(cell, { stream: true }, { text: answer });
    expect(streamed.got.usage).toEqual(countsFor(cell, streamed));
    return { arrived: true, dropped: [...whole.dropped, ...streamed.dropped] };
  },
  errors: async (cell) => {
    for (const status of [429, 400] as const) {
      for (const stream of [false, !cell.client.without.includes('stream')]) {
        // A key that was told to slow down is left alone, so each error has a gateway of its own.
        const at = await anInstallation(cell.row, cell.client);
        const refusal = await at.ask({ stream }, { status });
        if ('got' in refusal) throw new Error('An error was answered as if it were an answer.');
        refuseBeforehand({ ...cell, at }, refusal);
        expect(refusal.status).toBe(status);
        expect(cell.client.kindOf(refusal.body)).toMatch(cell.client.kinds[status]);
        expect(JSON.stringify(refusal.body)).toContain(status === 429 ? slowDown : notSo);
        if (status === 429) expect(refusal.headers.get('retry-after')).toBe(retryAfter);
      }
    }
    return { arrived: true, dropped: [] };
  },
  cancel: async (cell) => {
    const leaving = new AbortController();
    const stream = !cell.client.without.includes('stream');
    const answering = cell.at.post({ stream }, 'silent', leaving.signal);
    const refused = answering.then(async (response) => {
      if (response.status !== 200) throw await refusalOf(response);
      return response.body?.getReader().read();
    });
    await (stream ? refused : Promise.race([cell.at.begun, refused]));
    leaving.abort();
    await refused.catch(() => {});
    await cell.at.closed;
    return { arrived: true, dropped: [] };
  },
};

async function refusalOf(response: Response): Promise<Refused> {
  return new Refused(reasonIn(await response.json()));
}

async function ask(cell: Cell, asking: Ask, said: Said): Promise<Exchange> {
  const exchange = await cell.at.ask(asking, said);
  if ('got' in exchange) return exchange;
  refuseBeforehand(cell, exchange);
  throw new Error(`Answered ${exchange.status}: ${JSON.stringify(exchange.body)}`);
}

/** Where the upstream was not even asked, it is Waybill that refuses, and has to say why. */
function refuseBeforehand(cell: Cell, { status, body }: Refusal): void {
  if (cell.at.calls() > 0) return;
  expect(status).toBe(400);
  expect(cell.client.kindOf(body)).toMatch(cell.client.kinds[400]);
  throw new Refused(reasonIn(body));
}

/** The first sentence of an error, without the target’s name before it. */
function reasonIn(body: unknown): string {
  const message = textOf(at(body, 'error', 'message')).replace(/^\S+ failed \(\w+\): (?:up\/\S+ )?/, '');
  return message.split('. ')[0]?.replace(/\.$/, '') ?? '';
}

/** The question and the instruction have to be there; texts have no instruction. */
function asked({ client }: Cell, texts: string): boolean {
  expect(texts).toContain(question);
  if (!client.without.includes('tools')) expect(texts + client.dialect).toContain(instruction);
  return true;
}

function textFor({ client }: Cell, text: string): string {
  return client.dialect === 'openai-embeddings' ? '[0.25,-0.5]' : text;
}

/** Counts have to be the same, but for what one of the two sides does not tell apart. */
function countsFor({ client }: Cell, { form }: Exchange): Got['usage'] {
  if (client.dialect === 'openai-embeddings')
    return { input: counted.input, cached: 0, output: 0, reasoning: 0 };
  return { ...counted, reasoning: form.countsReasoning && client.countsReasoning ? counted.reasoning : 0 };
}

const callsIn = (names: readonly string[]) => names.map((city) => ({ name: weather.name, args: { city } }));

/** The model calls, the client sends results, and each result has to reach the model beside its own call. */
async function callTools(cell: Cell, stream: boolean, wanted: readonly string[]): Promise<Carried> {
  const first = await ask(cell, { tools: true, stream }, { calls: callsIn(wanted) });
  const { calls, complete } = first.got;
  expect(complete).toBe(true);
  expect(calls.map(({ name, args }) => [name, args])).toEqual(wanted.map((city) => [weather.name, { city }]));
  expect(new Set(calls.map(({ id }) => id)).size).toBe(wanted.length);
  expect(calls.map(({ id }) => id)).not.toContain('');
  const [tool] = first.heard.tools;
  expect(tool?.name).toBe(weather.name);
  expect(JSON.stringify(tool?.schema)).toContain('"city"');
  const second = await ask(cell, { tools: true, after: first.got }, { text: answer });
  expect(second.got.text).toBe(answer);
  expectPairs(second, wanted);
  return {
    arrived: true,
    dropped: unique([...first.dropped, ...second.dropped]),
    names: /tool|parallel|signature/i,
  };
}

function expectPairs({ heard }: Exchange, wanted: readonly string[]): void {
  expect(heard.calls.map(({ args }) => args)).toEqual(wanted.map((city) => ({ city })));
  for (const city of wanted) {
    const call = heard.calls.find(({ args }) => at(args, 'city') === city);
    const result = heard.results.find(({ id }) => id === call?.id);
    expect(result?.text).toContain(resultOf(city));
  }
  expect(heard.results).toHaveLength(wanted.length);
}

/** Thinking is asked for, shown where the provider shows it, and goes back with its proof on the next turn. */
async function thinking(cell: Cell): Promise<Carried> {
  const losses: string[] = [];
  const dropped: string[] = [];
  for (const stream of [false, true]) {
    const said = { thought, calls: callsIn([cities[0]]) };
    const first = await ask(cell, { think: true, tools: true, stream }, said);
    const second = await ask(cell, { think: true, tools: true, after: first.got }, { text: answer });
    expectPairs(second, [cities[0]]);
    dropped.push(...first.dropped, ...second.dropped);
    if (!first.heard.asksThinking) losses.push(...named('the wish for it', first.dropped));
    if (first.form.thinks === 'no') continue;
    if (first.got.thought !== thought) losses.push(...named('what was thought', first.dropped));
    if (second.heard.thoughts !== thought)
      losses.push(...named('its proof', [...first.dropped, ...second.dropped]));
  }
  return { arrived: losses.length === 0, dropped: unique(dropped), names: aboutThinking };
}

const aboutThinking = /reason|think|thought|signature/i;

/** A loss of one part has to be named in the very answer, or the next one. */
function named(what: string, dropped: readonly string[]): readonly string[] {
  const names = dropped.filter((name) => aboutThinking.test(name));
  expect(names, `${what} is lost in silence`).not.toEqual([]);
  return names;
}

const unique = (names: readonly string[]) => [...new Set(names)];
