import { compileTest } from '../expression/index.ts';
import { type Chooser, stickyPoint } from '../nodes/index.ts';
import type { Signals, SignalValue } from '../signals/index.ts';

/** A chooser for one request: index of the exit, or `~index` when it was taken because something is undetermined. */
export function compileChooser(chooser: Chooser): (signals: Signals) => number {
  switch (chooser.kind) {
    case 'cases':
      return chooseByCases(chooser);
    case 'table':
      return chooser.key === null ? chooseByTable(chooser) : chooseByKeyedTable(chooser, chooser.key);
    case 'shares':
      return chooseByShares(chooser);
    case 'limit':
      return chooseByLimit(chooser);
  }
}

function chooseByCases({ tests }: Extract<Chooser, { kind: 'cases' }>): (signals: Signals) => number {
  const compiled = tests.map(compileTest);
  return (signals) => {
    let determined = true;
    for (let index = 0; index < compiled.length; index += 1) {
      const answer = (compiled[index] as (typeof compiled)[number])(signals);
      if (answer === true) return determined ? index : ~index;
      if (answer === undefined) determined = false;
    }
    return determined ? compiled.length : ~compiled.length;
  };
}

function chooseByTable(chooser: Extract<Chooser, { kind: 'table' }>): (signals: Signals) => number {
  const { labelSlot, confidenceSlot, atLeast, labels } = chooser;
  const ports = new Map(labels.map((label, index) => [label, index]));
  const otherwise = labels.length;
  return (signals) => {
    const label = signals[labelSlot];
    const confidence = signals[confidenceSlot];
    if (typeof label !== 'string' || typeof confidence !== 'number') return ~otherwise;
    return confidence >= atLeast ? (ports.get(label) ?? otherwise) : otherwise;
  };
}

/** The same where both signals are maps and the classifier's id is the key. */
function chooseByKeyedTable(
  { labelSlot, confidenceSlot, atLeast, labels }: Extract<Chooser, { kind: 'table' }>,
  key: string,
): (signals: Signals) => number {
  const otherwise = labels.length;
  return (signals) => {
    const label = entryOf(signals[labelSlot], key);
    const confidence = entryOf(signals[confidenceSlot], key);
    if (typeof label !== 'string' || typeof confidence !== 'number') return ~otherwise;
    const port = confidence >= atLeast ? labels.indexOf(label) : otherwise;
    return port < 0 ? otherwise : port;
  };
}

/** The value of a key of a map; `undefined` where map or key is missing. */
export function entryOf(map: SignalValue | null | undefined, key: string): unknown {
  if (typeof map !== 'object' || map === null || Array.isArray(map) || !Object.hasOwn(map, key))
    return undefined;
  return (map as Readonly<Record<string, unknown>>)[key];
}

function chooseByLimit({
  usedSlot,
  key,
  amount,
}: Extract<Chooser, { kind: 'limit' }>): (signals: Signals) => number {
  return (signals) => {
    const used = entryOf(signals[usedSlot], key);
    if (typeof used !== 'number') return ~0;
    return used >= amount ? 1 : 0;
  };
}

function chooseByShares(chooser: Extract<Chooser, { kind: 'shares' }>): (signals: Signals) => number {
  const { bySlot, drawSlot, salt, bounds } = chooser;
  const last = bounds.length - 1;
  return (signals) => {
    const point = pointOf(signals, bySlot, drawSlot, salt);
    if (point === undefined) return ~last;
    for (let index = 0; index < last; index += 1) {
      if (point < (bounds[index] as number)) return index;
    }
    return last;
  };
}

/** Where a request falls in [0, 1): by the signal it stays together by, by its draw where that is empty. */
function pointOf(
  signals: Signals,
  bySlot: number | null,
  drawSlot: number,
  salt: string,
): number | undefined {
  const by = bySlot === null ? '' : signals[bySlot];
  if (typeof by === 'string' && by !== '') return stickyPoint(salt, by);
  const draw = signals[drawSlot];
  return by === '' && typeof draw === 'number' ? draw : undefined;
}
