import { type Logger, pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '#server/config/config.ts';
import { aRecord } from '../../store/builders.ts';
import { anUpstream, sendJson } from '../../support/servers.ts';
import { aServer } from '../a-server.ts';

const path = '/api/classifiers/try';
const canary = 'canary-7f3a-money';

const examples = {
  kind: 'examples',
  labels: {
    refund: ['I want my money back', 'please refund the payment', 'how do I get a refund', 'refund me'],
    hours: ['when are you open', 'opening hours please', 'are you open on sunday', 'what time do you close'],
  },
};
const judge = {
  kind: 'judge',
  target: 'openai/gpt-5-mini',
  prompt: 'What is it about?',
  labels: { refund: 'wants money back', hours: 'asks for opening hours' },
  deadline_ms: 5_000,
};

/** A server whose OpenAI is a model here that always answers the same. */
async function aServerWithModel(content: string, different: { readonly logger?: Logger } = {}) {
  const upstream = await anUpstream((res) =>
    sendJson(res, 200, {
      id: 'c',
      object: 'chat.completion',
      created: 0,
      model: 'gpt-5-mini',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 },
    }),
  );
  const { config } = loadConfig({ PORT: '0' });
  const openai = {
    id: 'openai',
    kind: 'openai',
    baseUrl: upstream.url,
    apiKey: 'sk-test',
    retention: 'unknown',
    region: null,
    models: [],
  } as const;
  const server = await aServer({ ...different, config: { file: { ...config.file, providers: [openai] } } });
  return { ...server, upstream };
}

describe('trying a classifier', () => {
  it('answers label, confidence and the nearest examples, and how well the examples are told apart', async () => {
    const { call } = await aServer();
    const { status, body } = await call('POST', path, {
      classifier: examples,
      texts: ['give me my money back please', 'are you open on monday'],
    });
    expect(status).toBe(200);
    expect(body.answers.map((one: { label: string }) => one.label)).toEqual(['refund', 'hours']);
    expect(body.answers[0].nearest).toHaveLength(3);
    expect(body.answers[0].nearest[0].label).toBe('refund');
    expect(body.validation.accuracy).toBeGreaterThan(0.5);
    expect(body.costNanoUsd).toBe(0);
  });

  it('answers by rules without a call', async () => {
    const { call } = await aServer();
    const { body } = await call('POST', path, {
      classifier: { kind: 'rules', rules: [{ label: 'refund', keywords: ['money back'] }] },
      texts: ['MONEY back!', 'hello'],
    });
    expect(body).toEqual({
      answers: [
        { label: 'refund', confidence: 1, nearest: [] },
        { label: '', confidence: 0, nearest: [] },
      ],
      validation: null,
      costNanoUsd: 0,
    });
  });

  it('tries the built-in task classifier, too', async () => {
    const { call } = await aServer();
    const { body } = await call('POST', path, {
      classifier: { kind: 'task' },
      texts: ['Translate to French: good morning'],
    });
    expect(body.answers[0]).toMatchObject({ label: 'translation' });
  });

  it('asks the judge about every text and says what the calls cost', async () => {
    const { call, upstream } = await aServerWithModel('{"label":"refund","confidence":0.9}');
    const { body } = await call('POST', path, { classifier: judge, texts: ['one', 'two', 'three'] });
    expect(body.answers).toEqual(
      ['one', 'two', 'three'].map(() => ({ label: 'refund', confidence: 0.9, nearest: [] })),
    );
    expect(upstream.seen).toHaveLength(3);
    // Three times 1,000 input tokens at $0.25 and 100 output tokens at $2 a million.
    expect(body.costNanoUsd).toBe(3 * 450_000);
  });

  it('asks an HTTP endpoint, and one that fails has nothing to say', async () => {
    const endpoint = await anUpstream((res, { body }) =>
      sendJson(res, body.includes('bad') ? 500 : 200, { label: 'hours', confidence: 0.8 }),
    );
    const { call } = await aServer({ config: { allowPrivateUpstreams: true } });
    const { status, body } = await call('POST', path, {
      classifier: {
        kind: 'http',
        url: `${endpoint.url}/label`,
        labels: ['hours', 'refund'],
        deadline_ms: 2_000,
      },
      texts: ['fine', 'bad'],
    });
    expect(status).toBe(200);
    expect(body.answers.map((one: { label: string }) => one.label)).toEqual(['hours', '']);
  });

  it.each<[string, object, number, string, string]>([
    ['51 texts for a judge', judge, 51, 'too_many_texts', 'at most 50 texts at once, not 51'],
    ['1,001 texts', examples, 1_001, 'invalid_request', 'body.texts'],
  ])('refuses %s, saying so', async (_name, classifier, count, code, message) => {
    const { call } = await aServer();
    const { status, body } = await call('POST', path, { classifier, texts: Array(count).fill('x') });
    expect(status).toBe(400);
    expect(body.error.code).toBe(code);
    expect(body.error.message).toContain(message);
  });

  it('keeps nothing of the texts: not in the log of requests, not in its own', async () => {
    const logged: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
    const { call, log, open } = await aServerWithModel('no label', { logger });
    await call('POST', path, { classifier: examples, texts: [canary] });
    await call('POST', path, { classifier: judge, texts: [canary] });
    await call('POST', path, {
      classifier: { kind: 'http', url: 'http://127.0.0.1:9/x', labels: ['a', 'b'], deadline_ms: 500 },
      texts: [canary],
    });
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('\n')).not.toContain(canary);
    expect(await log.count()).toBe(0);
    expect(JSON.stringify(open.installation.store.read())).not.toContain(canary);
  });
});

describe('how sure a classifier was of logged traffic', () => {
  it('is summed by label and confidence, and unknown where the log does not hold it', async () => {
    const { call, open, log } = await aServer();
    const at = open.installation.clock() - 1_000;
    const base = { ...aRecord(), 'time.at': at, 'decision.policy': 'shop', 'cost.nano_usd': 10 };
    log.append({ ...base, id: 'a', 'task.label': 'code', 'task.confidence': 0.29 });
    log.append({ ...base, id: 'b', 'task.label': 'code', 'task.confidence': 0.29, 'cost.nano_usd': null });
    log.append({
      ...base,
      id: 'c',
      'task.label': null,
      'task.confidence': null,
      'classifiers.label': { topic: 'refund' },
      'classifiers.confidence': { topic: 0.8 },
    });
    const task = await call('GET', '/api/classifiers/traffic?classifier=task');
    expect(task.body).toMatchObject({
      requests: 3,
      known: 2,
      withoutCost: 1,
      steps: [{ label: 'code', permille: 290, requests: 2, costNanoUsd: 10 }],
    });
    const own = await call('GET', '/api/classifiers/traffic?classifier=topic&policy=shop');
    expect(own.body.steps).toEqual([{ label: 'refund', permille: 800, requests: 1, costNanoUsd: 10 }]);
    const other = await call('GET', '/api/classifiers/traffic?classifier=topic&policy=other');
    expect(other.body).toMatchObject({ requests: 0, known: 0, steps: [] });
  });
});
