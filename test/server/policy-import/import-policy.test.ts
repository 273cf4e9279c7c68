import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reviewPolicy } from '#engine/explain/index.ts';
import { checkPolicy, hasErrors } from '#engine/policy/index.ts';
import { importPolicy, type PolicyFormatName } from '#server/policy-import/index.ts';

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
