import { priceOf } from '#engine/catalogue/index.ts';
import type { PolicyNode } from '#engine/nodes/index.ts';
import type { NamedSignals } from '#engine/signals/index.ts';
import { lawModels } from './law-world.ts';

type Pool = Extract<PolicyNode, { kind: 'pool' }>;

/** What a pool answers, said plainly from its document, the catalogue and the signals. */
export function askPool(
  pool: Pool,
  id: string,
  signals: NamedSignals,
  stripped: boolean,
): { readonly targets: readonly string[]; readonly sure: boolean } {
  const open = signals['health.open'] ?? [];
  const all = listed(pool).map((target, place) => figuresOf(target, place, pool, signals));
  const able = all.filter((one) => isAble(one, pool, signals, stripped));
  const closed = able.filter(({ target }) => !open.includes(target));
  const worth = (closed.length > 0 ? closed : able).map((one) => ({
    ...one,
    key: keyOf(one, pool, able),
    behind: isBehind(one, pool, open),
  }));
  worth.sort(
    (a, b) =>
      Number(a.behind) - Number(b.behind) || (a.key === b.key ? 0 : a.key - b.key) || a.place - b.place,
  );
  const draw = signals.draw ?? 0;
  const warm = pool.affinity && (signals['session.warm_tokens'] ?? 0) > 0 ? signals['session.target'] : '';
  const inputs = signals['request.input_tokens'] ?? 0;
  const models = new Set(worth.map(({ model }) => model));
  for (const model of models)
    shuffleDeployments(worth, model, pool, id, draw, inputs > 0 ? (warm ?? '') : '');
  return {
    targets: worth.slice(0, pool.attempts).map(({ target }) => target),
    sure: isSure(pool, all, signals, stripped),
  };
}

/** Patterns in order, then ids; each target once. */
function listed(pool: Pool): readonly string[] {
  const known = lists.get(pool) ?? list(pool);
  lists.set(pool, known);
  return known;
}

const lists = new WeakMap<Pool, readonly string[]>();

function list(pool: Pool): readonly string[] {
  const ids = [...lawModels.catalogue.models.keys()].sort();
  const found = pool.candidates.flatMap((pattern) => {
    if (!pattern.includes('*')) return [pattern];
    const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
    return ids.filter((one) => expression.test(one));
  });
  return [...new Set(found)];
}

type Figures = ReturnType<typeof figuresOf>;

function figuresOf(target: string, place: number, pool: Pool, signals: NamedSignals) {
  const [provider = '', ...rest] = target.split('/');
  const model = lawModels.catalogue.models.get(target);
  const input = signals['request.input_tokens'] ?? 0;
  const asked = signals['request.max_output_tokens'] ?? 0;
  const output = Math.min(400, pool.parameters?.max_output_tokens ?? 400, asked > 0 ? asked : 400);
  const isWarm = pool.affinity && signals['session.target'] === target;
  const held = isWarm ? Math.min(signals['session.warm_tokens'] ?? 0, input) : 0;
  const price = priceOf(lawModels.priceBook, target);
  const rates = price && (price.tiers.findLast((tier) => input > tier.aboveInputTokens) ?? price);
  const first = signals['health.first_token_ms']?.[target] ?? model?.speed?.firstTokenMs ?? null;
  const speed = signals['health.tokens_per_second']?.[target] ?? model?.speed?.tokensPerSecond ?? null;
  return {
    target,
    place,
    provider,
    model: rest.join('/'),
    facts: model,
    quality: model?.quality?.index ?? null,
    first,
    speed,
    errors: signals['health.error_rate']?.[target] ?? 0,
    cost: rates ? (input - held) * rates.input + held * rates.cacheRead + output * rates.output : null,
    latency:
      first === null && speed === null
        ? null
        : (first ?? 1_000) + (1_000 * output) / Math.max(speed ?? 50, 0.1),
  };
}

const zeroRetention = ['two/shared', 'two/small'];

function isAble(one: Figures, pool: Pool, signals: NamedSignals, stripped: boolean): boolean {
  const { facts } = one;
  const takes = (kind: 'image' | 'audio' | 'file') => facts?.modalities.input.includes(kind) === true;
  const has = (name: 'request.tools' | 'request.images' | 'request.audio' | 'request.files') =>
    (signals[name] ?? 0) > 0;
  const must = (name: Pool['require'][number]) => pool.require.includes(name);
  const context = facts?.context ?? null;
  const asked = signals['request.max_output_tokens'] ?? 0;
  const needed =
    (signals['request.input_tokens'] ?? 0) * (1 + pool.context_margin) +
    Math.min(asked, facts?.maxOutput ?? asked);
  const providers = signals['health.providers'];
  return (
    (context === null ? !must('context') : needed <= context) &&
    ((facts?.tools ?? true) || !(must('tools') || has('request.tools'))) &&
    (takes('image') || !(must('vision') || (has('request.images') && !stripped))) &&
    (takes('audio') || !(must('audio') || has('request.audio'))) &&
    (takes('file') || !(must('files') || has('request.files'))) &&
    (must('json_schema')
      ? facts?.jsonSchema === true
      : !(signals['request.json_schema'] === true && facts?.jsonSchema === false)) &&
    (facts?.reasoning === true || !must('reasoning')) &&
    (!must('region') || (one.provider === 'four' && pool.regions.includes('eu'))) &&
    (!must('retention') || zeroRetention.includes(one.target)) &&
    (pool.floors?.quality === undefined || (one.quality !== null && one.quality >= pool.floors.quality)) &&
    (providers == null || providers.includes('*') || providers.includes(one.provider))
  );
}

function isBehind(
  { target, errors, first, speed }: Figures,
  { floors }: Pool,
  open: readonly string[],
): boolean {
  return (
    open.includes(target) ||
    (floors?.error_rate !== undefined && errors > floors.error_rate) ||
    (floors?.first_token_ms !== undefined && first !== null && first > floors.first_token_ms) ||
    (floors?.tokens_per_second !== undefined && speed !== null && speed < floors.tokens_per_second)
  );
}

function keyOf(one: Figures, pool: Pool, able: readonly Figures[]): number {
  switch (pool.objective) {
    case 'cost':
      return one.cost ?? Number.MAX_VALUE;
    case 'latency':
      return one.latency ?? Number.MAX_VALUE;
    case 'quality':
      return one.quality === null ? Number.MAX_VALUE : -one.quality;
    case 'balanced': {
      const weights = pool.weights ?? { cost: 1, latency: 1, quality: 1 };
      const costs = able.flatMap(({ cost }) => cost ?? []);
      const latencies = able.flatMap(({ latency }) => latency ?? []);
      const best = Math.max(0, ...able.map(({ quality }) => quality ?? 0));
      return (
        -(
          weights.cost * near(Math.min(...costs), one.cost) +
          weights.latency * near(Math.min(...latencies), one.latency) +
          weights.quality * (best === 0 ? 0 : (one.quality ?? 0) / best)
        ) /
        (weights.cost + weights.latency + weights.quality)
      );
    }
  }
}

function near(least: number, figure: number | null): number {
  if (figure === null) return 0;
  return figure === least ? 1 : least / figure;
}

function shuffleDeployments(
  worth: (Figures & { readonly behind: boolean })[],
  model: string,
  pool: Pool,
  id: string,
  draw: number,
  warm: string,
): void {
  const best = worth.find((one) => one.model === model)!;
  const weighs = (figure: 'cost' | 'quality') =>
    pool.objective === figure ||
    (pool.objective === 'balanced' && (pool.weights ?? { cost: 1, quality: 1 })[figure] > 0);
  const peers = worth.filter(
    (one) =>
      one.model === model &&
      one.behind === best.behind &&
      (!weighs('cost') || one.cost === best.cost) &&
      (!weighs('quality') || one.quality === best.quality),
  );
  if (peers.length < 2) return;
  const places = peers.map((peer) => worth.indexOf(peer));
  const [a, b] = twoOf(id, draw, peers.length).map((index) => peers[index]!) as unknown as [Figures, Figures];
  const first = peers.find(({ target }) => target === warm) ?? lighter(a, b);
  const second = first === a ? b : a;
  const rest = peers.filter((peer) => peer !== first && peer !== second);
  for (const [index, peer] of [first, second, ...rest].entries())
    worth[places[index]!] = peer as (typeof worth)[number];
}

function lighter(a: Figures, b: Figures): Figures {
  const known = a.latency !== null && b.latency !== null;
  const load = (one: Figures) => (known ? (one.latency ?? 0) : 1) / (1 - Math.min(one.errors, 0.99));
  return load(b) < load(a) ? b : a;
}

/** The hash of `drawPair`, in big integers. */
function twoOf(salt: string, draw: number, count: number): readonly [number, number] {
  const bits = 0xffff_ffffn;
  const mix = (word: bigint) => {
    let hash = word & bits;
    hash = ((hash ^ (hash >> 16n)) * 0x85eb_ca6bn) & bits;
    hash = ((hash ^ (hash >> 13n)) * 0xc2b2_ae35n) & bits;
    return hash ^ (hash >> 16n);
  };
  let hash = 0x9747_b28cn;
  for (let index = 0; index < salt.length; index += 1)
    hash = ((hash ^ BigInt(salt.charCodeAt(index))) * 0x5bd1_e995n) & bits;
  hash = mix(hash ^ BigInt(Math.floor(draw * 2 ** 32)));
  const first = Math.floor((Number(hash) / 2 ** 32) * count);
  const second = Math.floor((Number(mix(hash ^ 0x85eb_ca6bn)) / 2 ** 32) * (count - 1));
  return [first, second >= first ? second + 1 : second];
}

/** Whether everything is known that this pool's order could hinge on. */
function isSure(pool: Pool, all: readonly Figures[], signals: NamedSignals, stripped: boolean): boolean {
  // With the request asking nothing and everybody there, whoever is still not able never is.
  const idle = { 'health.providers': ['*'] } as NamedSignals;
  const able = all.filter((one) => isAble(one, pool, idle, stripped));
  const unknown = (name: keyof NamedSignals) => signals[name] == null;
  const lacks = (test: (facts: Figures['facts']) => boolean) => able.some(({ facts }) => test(facts));
  const takes = (kind: 'image' | 'audio' | 'file') => (facts: Figures['facts']) =>
    facts?.modalities.input.includes(kind) !== true;
  const weights = pool.weights ?? { cost: 1, latency: 1, quality: 1 };
  const byCost = pool.objective === 'cost' || (pool.objective === 'balanced' && weights.cost > 0);
  const byLatency = pool.objective === 'latency' || (pool.objective === 'balanced' && weights.latency > 0);
  const names = all.map(({ model }) => model);
  const twins = new Set(names).size < names.length;
  const sized = byCost || able.some(({ facts }) => (facts?.context ?? null) !== null);
  const cared = pool.affinity && (byCost || twins);
  return !(
    ((sized || cared) && unknown('request.input_tokens')) ||
    ((sized || byLatency || twins) && unknown('request.max_output_tokens')) ||
    (lacks((facts) => facts?.tools === false) && unknown('request.tools')) ||
    (!stripped && lacks(takes('image')) && unknown('request.images')) ||
    (lacks(takes('audio')) && unknown('request.audio')) ||
    (lacks(takes('file')) && unknown('request.files')) ||
    (lacks((facts) => facts?.jsonSchema === false) && unknown('request.json_schema')) ||
    (able.length > 0 && (unknown('health.providers') || unknown('health.open'))) ||
    ((pool.floors?.error_rate !== undefined || twins) && unknown('health.error_rate')) ||
    ((pool.floors?.first_token_ms !== undefined || byLatency || twins) && unknown('health.first_token_ms')) ||
    ((pool.floors?.tokens_per_second !== undefined || byLatency || twins) &&
      unknown('health.tokens_per_second')) ||
    (cared && unknown('session.target')) ||
    (cared && unknown('session.warm_tokens') && signals['session.target'] !== '') ||
    (twins && unknown('draw'))
  );
}
