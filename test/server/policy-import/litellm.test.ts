import { describe, expect, it } from 'vitest';
import { imported, leftPaths, triedFor } from './imported-policy.ts';

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
