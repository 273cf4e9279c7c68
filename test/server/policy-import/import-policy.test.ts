import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { reviewPolicy } from '#engine/explain/index.ts';
import { compilePolicy, decide, targetsOf } from '#engine/plan/index.ts';
import { checkPolicy, hasErrors, type Policy, parsePolicy, writePolicy } from '#engine/policy/index.ts';
import { type NamedSignals, signalsFrom } from '#engine/signals/index.ts';
import { type ImportedPolicy, importPolicy, type PolicyFormatName } from '#server/policy-import/index.ts';

function imported(source: unknown, format: PolicyFormatName | null = null): ImportedPolicy {
  const read = importPolicy(typeof source === 'string' ? source : JSON.stringify(source), format);
  if (read.kind === 'bad') throw new Error(`${read.path}: ${read.message}`);
  expect(hasErrors(checkPolicy(read.policy))).toBe(false);
  expect(parsePolicy(writePolicy(read.policy))).toEqual({ kind: 'ok', policy: read.policy });
  expect(Object.keys(read.policy.layout).sort()).toEqual(Object.keys(read.policy.nodes).sort());
  return read;
}

/** Targets in the order of trying, as the gateway would. */
function triedFor(policy: Policy, signals: NamedSignals): readonly string[] {
  const models = { catalogue: defaultCatalogue, priceBook: defaultPriceBook };
  const compiled = compilePolicy(policy, { models });
  if (compiled.kind !== 'ok') throw new Error('It does not compile.');
  return targetsOf(decide(compiled.plan, signalsFrom({ draw: 0, 'caller.tags': [], ...signals })));
}

const leftPaths = ({ left_behind }: ImportedPolicy) => left_behind.map(({ path }) => path);

describe('a LiteLLM configuration', () => {
  const yaml = `
model_list:
  - model_name: gpt-4o
    litellm_params: { model: azure/my-eu, api_base: https://eu.example.com, api_key: sk-secret, rpm: 600 }
    model_info: { base_model: azure/gpt-4o }
  - model_name: gpt-4o
    litellm_params: { model: openai/gpt-4o, rpm: 300, temperature: 0.2 }
  - model_name: claude
    litellm_params: { model: anthropic/claude-sonnet-4-5, timeout: 30, tags: [paid] }
  - model_name: claude
    litellm_params: { model: anthropic/claude-haiku-4-5, tags: [free, default] }
  - model_name: vectors
    litellm_params: { model: openai/text-embedding-3-small }
    model_info: { mode: embedding }
router_settings:
  num_retries: 2
  timeout: 60
  enable_tag_filtering: true
  allowed_fails: 3
  model_group_alias: { gpt-4: gpt-4o }
  fallbacks: [{ gpt-4o: [claude] }]
`;

  it('becomes a condition on the model asked for, with a split by rpm and its fallbacks', () => {
    const read = imported(yaml);
    expect(read.format).toBe('litellm');
    const { policy } = read;
    expect(triedFor(policy, { 'request.model': 'gpt-4o' })).toEqual([
      'azure/gpt-4o',
      'openai/gpt-4o',
      'anthropic/claude-haiku-4-5',
    ]);
    expect(triedFor(policy, { 'request.model': 'gpt-4', draw: 0.9 }).slice(0, 2)).toEqual([
      'openai/gpt-4o',
      'azure/gpt-4o',
    ]);
    const split = Object.values(policy.nodes).find((node) => node.kind === 'split');
    expect(split?.kind === 'split' && split.arms.map(({ share }) => share)).toEqual([0.666667, 0.333333]);
  });

  it('keeps tag routing, timeouts and parameters', () => {
    const { policy } = imported(yaml);
    expect(triedFor(policy, { 'request.model': 'claude', 'caller.tags': ['paid'] })).toEqual([
      'anthropic/claude-sonnet-4-5',
    ]);
    expect(triedFor(policy, { 'request.model': 'claude' })).toEqual(['anthropic/claude-haiku-4-5']);
    expect(Object.values(policy.nodes)).toContainEqual(
      expect.objectContaining({ target: 'anthropic/claude-sonnet-4-5', deadlines: { total_ms: 30_000 } }),
    );
    expect(Object.values(policy.nodes)).toContainEqual(
      expect.objectContaining({ target: 'openai/gpt-4o', parameters: { temperature: 0.2 } }),
    );
  });

  it('refuses a model that is in no group, as the router does', () => {
    expect(triedFor(imported(yaml).policy, { 'request.model': 'other' })).toEqual([]);
  });

  it('says what it leaves behind, with the place, and no secret', () => {
    const read = imported(yaml);
    expect(leftPaths(read)).toEqual(
      expect.arrayContaining([
        'model_list[0].litellm_params.api_base',
        'model_list[0].litellm_params.rpm',
        'model_list[4].model_info.mode',
        'router_settings.allowed_fails',
        'router_settings.enable_tag_filtering',
      ]),
    );
    expect(JSON.stringify(read)).not.toContain('sk-secret');
  });

  it.each([
    ['latency-based-routing', 'latency'],
    ['cost-based-routing', 'cost'],
    ['usage-based-routing-v2', 'latency'],
  ])('makes %s a pool by %s', (routing_strategy, objective) => {
    const { policy } = imported({
      model_list: ['openai/gpt-4o', 'azure/gpt-4o'].map((model) => ({
        model_name: 'm',
        litellm_params: { model },
      })),
      router_settings: { routing_strategy },
    });
    expect(Object.values(policy.nodes)).toMatchObject([
      { kind: 'pool', objective, candidates: ['openai/gpt-4o', 'azure/gpt-4o'] },
    ]);
  });

  it('gives too long a context and filtered content fallbacks of their own', () => {
    const { policy } = imported({
      model_list: ['a', 'b', 'c'].map((model_name, index) => ({
        model_name,
        litellm_params: { model: ['openai/gpt-4o', 'openai/gpt-5.5', 'anthropic/claude-opus-5'][index] },
      })),
      litellm_settings: {
        context_window_fallbacks: [{ a: ['b'] }],
        content_policy_fallbacks: [{ a: ['c'] }],
      },
    });
    const fallbacks = Object.values(policy.nodes).filter((node) => node.kind === 'fallback');
    expect(fallbacks.map(({ on }) => on)).toEqual([['context_length'], ['content_filter']]);
  });

  it('takes the same model with two keys as one target, and says so', () => {
    const read = imported({
      model_list: ['k1', 'k2'].map((api_key) => ({
        model_name: 'm',
        litellm_params: { model: 'openai/gpt-4o', api_key },
      })),
    });
    expect(Object.values(read.policy.nodes)).toMatchObject([{ kind: 'model', target: 'openai/gpt-4o' }]);
    expect(leftPaths(read)).toContain('model_list[1]');
  });
});

describe('a Portkey config', () => {
  it('becomes nested nodes: conditions in CEL, shares, fallbacks by status', () => {
    const read = imported({
      strategy: {
        mode: 'conditional',
        conditions: [
          { query: { 'metadata.user_plan': { $eq: 'paid' } }, then: 'best' },
          {
            query: {
              $or: [{ 'params.model': { $in: ['fast', 'turbo'] } }, { 'params.max_tokens': { $lte: 50 } }],
            },
            then: 'spread',
          },
          { query: { 'params.temperature': { $gt: 0.7 } }, then: 'best' },
        ],
        default: 'spread',
      },
      targets: [
        {
          name: 'best',
          strategy: { mode: 'fallback', on_status_codes: [429, 503] },
          retry: { attempts: 3 },
          targets: [
            { provider: 'anthropic', override_params: { model: 'claude-opus-5', max_tokens: 900 } },
            { provider: 'azure-openai', override_params: { model: 'gpt-4o' } },
          ],
        },
        {
          name: 'spread',
          strategy: { mode: 'loadbalance' },
          override_params: { model: 'gpt-4o-mini' },
          targets: [{ provider: 'openai', weight: 3 }, { virtual_key: 'azure-openai-prod' }],
        },
      ],
    });
    const { policy } = read;
    const cases = Object.values(policy.nodes).flatMap((node) =>
      node.kind === 'condition' ? node.cases : [],
    );
    expect(cases.map(({ when }) => when)).toEqual([
      'has(request.metadata.user_plan) && request.metadata.user_plan == "paid"',
      'request.model in ["fast", "turbo"] || request.max_output_tokens <= 50',
    ]);
    expect(triedFor(policy, { 'request.metadata': { user_plan: 'paid' } })).toEqual([
      'anthropic/claude-opus-5',
      'azure/gpt-4o',
    ]);
    const fallback = Object.values(policy.nodes).find((node) => node.kind === 'fallback');
    expect(fallback).toMatchObject({ on: ['rate_limit', 'server_error', 'network', 'unavailable'] });
    const split = Object.values(policy.nodes).find((node) => node.kind === 'split');
    expect(split?.kind === 'split' && split.arms.map(({ share }) => share)).toEqual([0.75, 0.25]);
    expect(
      triedFor(policy, {
        'request.metadata': {},
        'request.model': 'x',
        'request.max_output_tokens': 0,
        draw: 0.9,
      }),
    ).toEqual(['azure/gpt-4o-mini']);
    expect(leftPaths(read)).toEqual(
      expect.arrayContaining([
        'strategy.conditions[2].query.params.temperature',
        'targets[0].retry',
        'targets[1].targets[1].virtual_key',
      ]),
    );
  });

  it('is found inside an answer of its API', () => {
    const config = { provider: 'openai', override_params: { model: 'gpt-4o' }, cache: { mode: 'simple' } };
    const read = imported({ success: true, data: { config } });
    expect(read.format).toBe('portkey');
    expect(read.models).toMatchObject([{ name: 'gpt-4o', target: 'openai/gpt-4o', how: 'exact' }]);
    expect(leftPaths(read)).toEqual(['data.config.cache']);
  });

  it('says where a target names no model, since the client’s is passed on there', () => {
    const read = imported({ strategy: { mode: 'single' }, targets: [{ provider: 'openai' }] });
    expect(read.left_behind).toMatchObject([{ path: 'targets[0]', instead: 'Choose a model in this node.' }]);
  });
});

describe('a Cloudflare dynamic route', () => {
  const to = (elementId: string) => ({ elementId });
  const model = (id: string, name: string, fallback?: string) => ({
    id,
    type: 'model',
    properties: { provider: 'openai', model: name, timeout: 60_000, retries: 2 },
    outputs: { success: to('end'), ...(fallback === undefined ? {} : { fallback: to(fallback) }) },
  });
  const route = {
    id: 'r',
    name: 'Support',
    elements: [
      { id: 'start', type: 'start', outputs: { next: to('plan') } },
      {
        id: 'plan',
        type: 'conditional',
        properties: { condition: { 'metadata.plan': { $ne: 'free' } } },
        outputs: { true: to('quota'), false: to('shares') },
      },
      {
        id: 'quota',
        type: 'rate_limit',
        properties: {
          limitType: 'cost',
          key: 'metadata.user_id',
          limit: 100,
          interval: 86_400,
          technique: 'sliding',
        },
        outputs: { success: to('big'), fallback: to('small') },
      },
      {
        id: 'shares',
        type: 'percentage',
        outputs: { '10%': to('big'), '50%': to('small'), else: to('mini') },
      },
      model('big', 'gpt-5.5', 'small'),
      model('small', 'gpt-4o-mini'),
      model('mini', 'gpt-5-mini'),
      { id: 'end', type: 'end' },
    ],
  };

  it('becomes conditions, limits, splits and fallbacks', () => {
    const read = imported(route);
    expect(read.format).toBe('cloudflare');
    const nodes = Object.values(read.policy.nodes);
    expect(nodes).toContainEqual(
      expect.objectContaining({ kind: 'limit', amount: 100, unit: 'usd', window: 'day', per: 'caller.user' }),
    );
    const split = nodes.find((node) => node.kind === 'split');
    expect(split?.kind === 'split' && split.arms.map(({ share }) => share)).toEqual([0.1, 0.5, 0.4]);
    expect(triedFor(read.policy, { 'request.metadata': { plan: 'free' } })).toEqual([
      'openai/gpt-5.5',
      'openai/gpt-4o-mini',
    ]);
    const { instead } = read.left_behind.find(({ path }) => path.endsWith('retries')) ?? { instead: '' };
    expect(instead).toContain('another deployment');
    expect(leftPaths(read)).toContain('elements[2].properties.technique');
  });

  it('is read from an answer of the API too', () => {
    expect(imported({ success: true, result: route }).policy.name).toBe('Support');
  });

  it.each([
    [
      'elements[1].outputs.true.elementId',
      { ...route, elements: route.elements.filter(({ id }) => id !== 'quota') },
    ],
    [
      'elements[1].outputs.next.elementId',
      {
        elements: [
          { id: 's', type: 'start', outputs: { next: to('a') } },
          { id: 'a', type: 'start', outputs: { next: to('a') } },
        ],
      },
    ],
  ])('is refused with the place where it leads nowhere or back: %s', (path, source) => {
    expect(importPolicy(JSON.stringify(source), 'cloudflare')).toMatchObject({ kind: 'bad', path });
  });
});

describe('whatever is imported', () => {
  it.each([
    ['', 'There is nothing in it'],
    ['{ "strategy": ', 'It is not JSON'],
    ['a: [1, 2\nb: c: d', 'It is not YAML'],
    ['{"hello": 1}', 'This is no configuration that is known here'],
    ['model_list: []', 'has a "model_list" of deployments. This has none.'],
    ['{"strategy":{"mode":"magic"},"targets":[{}]}', 'There is no strategy "magic"'],
    [
      '{"strategy":{"mode":"conditional","default":"x"},"targets":[{"name":"y"}]}',
      'There is no target called "x"',
    ],
  ])('is told what is wrong with it: %s', (text, message) => {
    const read = importPolicy(text, null);
    expect(read.kind === 'bad' && read.message).toContain(message);
  });

  it('tells line and column of a text that cannot be read', () => {
    expect(importPolicy('{\n  "a": }', null)).toMatchObject({ kind: 'bad', line: 2 });
  });

  it('never throws, and is a policy without errors or a sentence', () => {
    const leaf = fc.oneof(
      fc.constantFrom(
        'a',
        'b',
        '*',
        'openai/gpt-4o',
        '@x/y',
        '$eq',
        'fallback',
        'loadbalance',
        'conditional',
        'end',
      ),
      fc.integer({ min: -2, max: 600 }),
      fc.boolean(),
      fc.constant(null),
    );
    const keys = fc.constantFrom(
      ...'model_list model_name litellm_params model router_settings fallbacks tags weight strategy mode targets name provider override_params conditions query then default elements id type outputs next true false elementId properties limit interval a b * metadata.x params.model $and $eq $in __proto__ constructor'.split(
        ' ',
      ),
    );
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 5 }),
      ),
    })).value;
    const start = { id: 'a', type: 'start', outputs: { next: { elementId: 'b' } } };
    const element = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      type: fc.constantFrom('model', 'conditional', 'percentage', 'rate', 'end'),
      properties: anything,
      outputs: fc.dictionary(
        fc.constantFrom('true', 'false', 'success', 'fallback', '10%', 'else'),
        fc.record({ elementId: fc.constantFrom('a', 'b', 'c') }),
      ),
    });
    const deployment = fc.record({
      model_name: fc.constantFrom('a', 'b', '*', 'x/*', '"\\'),
      litellm_params: fc.record({
        model: fc.constantFrom('gpt-4o', 'openai/*', 'azure/x', '@cf/y'),
        weight: leaf,
        tags: anything,
        order: leaf,
      }),
    });
    const names = fc.array(
      fc.dictionary(fc.constantFrom('a', 'b', '*'), fc.array(fc.constantFrom('a', 'b', 'z'))),
    );
    const source = fc.oneof(
      anything,
      fc.record({ elements: fc.array(element).map((list) => [start, ...list]) }),
      fc.record({ strategy: anything, targets: fc.array(anything) }),
      fc.record({
        model_list: fc.array(deployment, { minLength: 1 }),
        fallbacks: names,
        context_window_fallbacks: names,
        router_settings: anything,
      }),
    );
    let policies = 0;
    fc.assert(
      fc.property(source, fc.constantFrom(null, 'litellm', 'portkey', 'cloudflare'), (value, format) => {
        const read = importPolicy(JSON.stringify(value) ?? '', format as PolicyFormatName | null);
        if (read.kind === 'bad') return read.message.length > 0;
        policies += 1;
        return !hasErrors(checkPolicy(read.policy)) && Array.isArray(reviewPolicy(read.policy));
      }),
      { numRuns: 500, seed: 20_261_122 },
    );
    expect(policies).toBeGreaterThan(20);
  });
});
