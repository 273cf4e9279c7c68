import { describe, expect, it } from 'vitest';
import { CatalogueModel, defaultCatalogue, defaultPriceBook, withModels } from '#engine/catalogue/index.ts';
import { type FindingFacts, findProblems, reviewPolicy } from '#engine/explain/index.ts';
import type { DiagnosticCode } from '#engine/nodes/index.ts';
import { compilePolicy } from '#engine/plan/index.ts';
import { aPolicy, calls } from '../../builders.ts';
import { wrongPolicies } from './wrong-policies.ts';

const models = {
  catalogue: withModels(defaultCatalogue, [
    CatalogueModel.parse({ id: 'mine/blind', context: 8_000, tools: false, retention: 'zero' }),
    CatalogueModel.parse({ id: 'mine/old', deprecated: true, retention: 'zero' }),
  ]),
  priceBook: defaultPriceBook,
};
const facts: FindingFacts = {
  models,
  zeroRetention: [{ team: 'vault', key: null }],
  defaultAttemptMs: 600_000,
};

function codesOf(nodes: object, different: FindingFacts = facts): readonly DiagnosticCode[] {
  return findProblems(aPolicy(nodes as Record<string, unknown>), different).map(({ code }) => code);
}

/** Callers of zero retention are led away first, so that each policy is wrong in one way only. */
function guarded(nodes: object): Record<string, unknown> {
  const [entry = ''] = Object.keys(nodes);
  return {
    guard: {
      kind: 'condition',
      cases: [{ id: 'vault', when: 'caller.team == "vault"', to: 'no' }],
      else: entry,
    },
    no: { kind: 'refuse', message: 'Not here.' },
    ...nodes,
  };
}

describe('findings', () => {
  it.each(wrongPolicies)(
    'tell a policy that is wrong in one way: $code',
    ({ code, nodes, at, bare = false, also = [], facts: own = {} }) => {
      const found = findProblems(aPolicy(bare ? nodes : guarded(nodes)), { ...facts, ...own });
      expect(found.map((one) => one.code)).toEqual([code, ...also]);
      expect(found[0]).toMatchObject(at);
      expect(found[0]?.message).toMatch(/[.?]$/);
      expect(found[0]?.hint).toMatch(/\.$/);
    },
  );

  it('have a policy made wrong on purpose for every code', () => {
    const codes = new Set(wrongPolicies.flatMap(({ code, also = [] }) => [code, ...also]));
    expect([...codes].sort()).toEqual(
      [
        'attempts_many',
        'branch_unreachable',
        'capability_dead_end',
        'case_shadowed',
        'condition_always',
        'condition_never',
        'cost_high',
        'exit_never',
        'exits_alike',
        'fallback_to_itself',
        'judge_dear',
        'limit_unreachable',
        'model_deprecated',
        'pool_no_candidate',
        'region_path',
        'retention_path',
        'time_long',
      ].sort(),
    );
  });

  it('say nothing where nothing can be proved', () => {
    const open = {
      a: {
        kind: 'condition',
        cases: [
          { id: 'x', when: 'request.input_tokens > 100 && caller.team == "a"', to: 'one' },
          { id: 'y', when: 'request.input_tokens > 50 || request.metadata.tier == "b"', to: 'two' },
          { id: 'z', when: 'request.model.startsWith("gpt") && !("batch" in caller.tags)', to: 'two' },
        ],
        else: 'one',
      },
      one: calls('openai/gpt-5-mini'),
      two: calls('openai/gpt-5.5'),
    };
    expect(codesOf(open, {})).toEqual([]);
    expect(codesOf(guarded(open))).toEqual([]);
  });

  it('do not ask for sight where images are left out on a way', () => {
    const nodes = (images: string) =>
      guarded({
        a: {
          kind: 'condition',
          cases: [{ id: 'x', when: 'request.images > 0', to: 'strip' }],
          else: 'seeing',
        },
        strip: { kind: 'transform', images, system: 'Hi.', to: 'blind' },
        blind: calls('mine/blind'),
        seeing: calls('openai/gpt-5-mini'),
      });
    expect(codesOf(nodes('strip'))).toEqual([]);
    expect(codesOf(nodes('keep'))).toEqual(['capability_dead_end']);
  });

  it('know callers of zero retention to be led away', () => {
    const nodes = { m: calls('openai/gpt-5-mini') };
    expect(codesOf(nodes)).toEqual(['retention_path']);
    expect(codesOf(guarded(nodes))).toEqual([]);
    const placed = {
      ...facts,
      models: { ...models, providerOf: () => ({ retention: 'zero', region: null }) as const },
    };
    expect(codesOf(nodes, placed)).toEqual([]);
  });

  it('hold a key to its regions: name key, way, target and place, and follow where it is led away', () => {
    const clinic = { team: 'berlin', key: 'clinic', retention: 'retains', regions: ['eu'] } as const;
    const places = (region: string | null) => ({
      models: { ...models, providerOf: () => ({ retention: 'zero', region }) as const },
      regionBound: [clinic],
    });
    const nodes = (when: string) => ({
      who: { kind: 'condition', cases: [{ id: 'held', when, to: 'no' }], else: 'mini' },
      mini: calls('openai/gpt-5-mini'),
      no: { kind: 'refuse', status: 403, code: 'no', message: 'No.' },
    });
    const found = findProblems(aPolicy(nodes('caller.team == "paris"')), places('us'));
    expect(found).toMatchObject([{ code: 'region_path', node: 'mini', severity: 'error' }]);
    expect(found[0]?.message).toBe(
      'Key "clinic" may only reach eu and can get here (who:else > mini), but openai/gpt-5-mini is in us.',
    );
    expect(findProblems(aPolicy(nodes('caller.team == "paris"')), places('eu'))).toEqual([]);
    expect(findProblems(aPolicy(nodes('caller.key == "clinic"')), places('us'))).toEqual([]);
    const unknown = findProblems(aPolicy(nodes('caller.team == "paris"')), places(null));
    expect(unknown[0]?.message).toContain('in no region that is stated');
    const asks = findProblems(aPolicy(nodes('"eu" in caller.regions')), places('us'));
    expect(asks).toMatchObject([{ code: 'region_path', severity: 'warning' }]);
  });

  it('name the way that a caller of zero retention takes, and follow where it is led away by its retention', () => {
    const nodes = (to: string) => ({
      who: {
        kind: 'condition',
        cases: [{ id: 'zero', when: 'caller.retention == "zero"', to }],
        else: 'usual',
      },
      usual: { kind: 'fallback', try: ['mini', 'no'] },
      mini: calls('openai/gpt-5-mini'),
      no: { kind: 'refuse', code: 'zero_retention', message: 'Nothing here keeps nothing.' },
    });
    const policy = (to: string) => aPolicy(nodes(to), { entry: 'who' });
    expect(findProblems(policy('no'), facts)).toEqual([]);
    expect(findProblems(policy('usual'), facts)).toContainEqual(
      expect.objectContaining({
        code: 'retention_path',
        node: 'mini',
        message: expect.stringContaining('can get here (who:zero > usual:1 > mini), but'),
      }),
    );
  });

  it('come with the diagnostics, once a policy is well formed', () => {
    const broken = aPolicy({
      a: { kind: 'condition', cases: [{ id: 'x', when: '1 > 2', to: null }], else: null },
    });
    expect(reviewPolicy(broken).map(({ code }) => code)).toEqual(['port_unconnected', 'port_unconnected']);
    const whole = aPolicy({
      a: { kind: 'condition', cases: [{ id: 'x', when: '1 > 2', to: 'm' }], else: 'm' },
      m: calls('openai/gpt-5-mini'),
    });
    expect(reviewPolicy(whole).map(({ code }) => code)).toEqual(['condition_never', 'exits_alike']);
    expect(compilePolicy(whole).kind).toBe('ok');
  });
});
