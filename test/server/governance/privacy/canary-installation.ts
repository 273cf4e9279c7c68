import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const secret = 'wb-canary-0123456789';

/** Policies that ask everything that reads a text: every kind of classifier, a judge of answers, a change of bodies. */
export function policies(upstream: string) {
  const model = (target: string) => ({ kind: 'model', target });
  const labels = { refund: 'money back', hours: 'opening hours' };
  const examples = {
    refund: ['money back please', 'refund me'],
    hours: ['when are you open', 'opening hours'],
  };
  const chosen = (classifier: object) => ({
    entry: 'what',
    classifiers: { topic: classifier },
    nodes: {
      what: {
        kind: 'classifier',
        classifier: 'topic',
        ports: { refund: 'dear' },
        otherwise: 'cheap',
        confidence: 0.5,
      },
      dear: model('anthropic/claude-sonnet-5'),
      cheap: model('openai/gpt-5-mini'),
    },
  });
  return {
    judged: chosen({ kind: 'judge', target: 'openai/x-judge', prompt: 'Which?', labels }),
    misjudged: chosen({ kind: 'judge', target: 'openai/x-failing', prompt: 'Which?', labels }),
    babbled: chosen({ kind: 'judge', target: 'openai/x-babble', prompt: 'Which?', labels }),
    embedded: chosen({ kind: 'examples', labels: examples, embeddings: 'openai/x-failing' }),
    likened: chosen({ kind: 'examples', labels: examples }),
    asked: chosen({ kind: 'http', url: `${upstream}/labels`, labels: ['refund', 'hours'] }),
    careful: {
      entry: 'clean',
      nodes: {
        clean: { kind: 'transform', redact: ['email', 'secret'], system: 'Be brief.', to: 'try' },
        try: {
          kind: 'cascade',
          first: 'cheap',
          then: 'dear',
          accept: { judge: { target: 'openai/x-judge', question: 'Is it good?', at_least: 0.5 } },
        },
        cheap: model('openai/gpt-5-mini'),
        dear: model('google/gemini-3-pro'),
      },
    },
    falling: {
      entry: 'all',
      nodes: {
        all: { kind: 'fallback', try: ['bad', 'page', 'good'] },
        bad: model('openai/x-failing'),
        page: model('anthropic/x-page'),
        good: model('google/gemini-3-flash'),
      },
    },
  };
}

export function writeInstallation(folder: string, upstream: string): Readonly<Record<string, string>> {
  const files = join(folder, 'policies');
  mkdirSync(files);
  for (const [id, graph] of Object.entries(policies(upstream)))
    writeFileSync(join(files, `${id}.policy.json`), JSON.stringify({ format: 1, id, name: id, ...graph }));
  const provider = (id: string, kind: string, base = '') => ({
    id,
    kind,
    base_url: upstream + base,
    api_key: 'sk-upstream',
  });
  const config = {
    providers: [
      provider('openai', 'openai', '/v1'),
      provider('anthropic', 'anthropic'),
      provider('google', 'gemini', '/v1beta'),
    ],
    keys: [{ id: 'ci', team: 'search', project: 'ranking', secret }],
    policies: files,
    deployments: Object.keys(policies(upstream)).map((id) => ({ alias: id, policy: id })),
  };
  writeFileSync(join(folder, 'waybill.json'), JSON.stringify(config));
  const data = join(folder, 'data');
  const temporary = join(data, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return {
    PATH: process.env.PATH ?? '',
    WAYBILL_CONFIG: join(folder, 'waybill.json'),
    WAYBILL_DATA: data,
    WAYBILL_SANDBOX: 'off',
    TMPDIR: temporary,
    AI_SDK_LOG_WARNINGS: 'true',
    WAYBILL_ALLOW_PRIVATE_UPSTREAMS: 'on',
  };
}
