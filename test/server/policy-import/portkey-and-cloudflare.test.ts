import { describe, expect, it } from 'vitest';
import { importPolicy } from '#server/policy-import/index.ts';
import { imported, leftPaths, triedFor } from './imported-policy.ts';

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
