import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkExpression,
  isSameExpression,
  type Row,
  type RowGroup,
  type RowOperator,
  type RowValue,
  rowOperators,
  rowsToText,
  textToRows,
} from '#engine/expression/index.ts';
import { signalRegistry, type ValueType } from '#engine/signals/index.ts';

function readBack(text: string): string {
  const read = textToRows(text);
  return read.kind === 'rows' ? rowsToText(read.group) : 'text';
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 });

function someValue(type: ValueType, { takes, id }: RowOperator): fc.Arbitrary<RowValue> {
  if (takes === 'nothing') return fc.constant(null);
  const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
  const decimal = fc.double({ min: -1_000, max: 1_000, noNaN: true }).map((value) => value + 0);
  const single = id.endsWith('matches') ? fc.constantFrom('^a+$', 'x|y', '(?i)hello') : text;
  const one: fc.Arbitrary<number | string> =
    type === 'int' ? whole : type === 'double' || type === 'double_map' ? decimal : single;
  return takes === 'one' ? one : (fc.array(one, { maxLength: 4 }) as fc.Arbitrary<RowValue>);
}

const someRow: fc.Arbitrary<Row> = fc.constantFrom(...signalRegistry).chain((signal) =>
  fc.constantFrom(...rowOperators[signal.valueType]).chain((operator) =>
    fc.record({
      kind: fc.constant('row' as const),
      signal: fc.constant<string>(signal.name),
      operator: fc.constant(operator.id),
      value: someValue(signal.valueType, operator),
      ...(signal.valueType === 'string_map' || signal.valueType === 'double_map'
        ? { key: fc.oneof(fc.constantFrom('plan', 'in', 'x-y'), text) }
        : {}),
    }),
  ),
);

const { group: someGroup } = fc.letrec<{ group: RowGroup }>((tie) => ({
  group: fc.record({
    kind: fc.constant('group' as const),
    join: fc.constantFrom('all' as const, 'any' as const),
    rows: fc.array(fc.oneof({ maxDepth: 2 }, someRow, tie('group')), { maxLength: 3 }),
  }),
}));

describe('rows of the condition builder', () => {
  it('always write a condition that checks', () => {
    fc.assert(
      fc.property(someGroup, (group) => {
        const checked = checkExpression(rowsToText(group));
        expect(checked).toMatchObject({ kind: 'ok' });
      }),
      { numRuns: 1_000 },
    );
  });

  it('never change a meaning: what is shown as rows writes the same expression back', () => {
    fc.assert(
      fc.property(someGroup, (group) => {
        const before = rowsToText(group);
        const read = textToRows(before);
        if (read.kind === 'text') return;
        const left = checkExpression(before);
        const right = checkExpression(rowsToText(read.group));
        expect(left.kind === 'ok' && right.kind === 'ok' && isSameExpression(left.expr, right.expr)).toBe(
          true,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('are shown again for every single row they wrote', () => {
    fc.assert(
      fc.property(someRow, (row) => {
        const group: RowGroup = { kind: 'group', join: 'all', rows: [row] };
        expect(readBack(rowsToText(group))).toBe(rowsToText(group));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    'request.input_tokens > 60000',
    'request.stream && !request.json_output',
    'request.tools > 0 && (caller.team == "search" || "batch" in caller.tags)',
    'task.label in ["code", "math_reasoning"] && task.confidence >= 0.6',
    'request.metadata.plan == "paid" || has(request.metadata.trial)',
    '!request.model.startsWith("gpt-") && time.hour in [22, 23]',
    'true',
  ])('show %s and write it back as it was', (condition) => {
    expect(readBack(condition)).toBe(condition);
  });

  it.each([
    'request.input_tokens * 2 > 1000',
    'request.input_tokens > request.max_output_tokens',
    'caller.tags.exists(tag, tag.startsWith("team-"))',
    'size(caller.user) > 3',
    '!(request.tools > 0 && request.stream)',
    'request.stream ? request.tools > 0 : request.images > 0',
    'request.stream == true',
    'request.input_tokens >',
    '',
  ])('leave %s as text', (condition) => {
    expect(textToRows(condition)).toEqual({ kind: 'text' });
  });

  it('keep brackets that the author wrote', () => {
    expect(readBack('request.stream && (request.tools > 0 && request.images > 0)')).toBe(
      'request.stream && (request.tools > 0 && request.images > 0)',
    );
  });
});
