import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { recordColumns, signalRegistry } from '#engine/signals/index.ts';
import { columnsFromRecords, openSession } from '#engine/simulate/index.ts';
import { readColumnOctets, SignalLeftOut, writeColumnOctets } from '#server/contract/index.ts';
import { aPlan } from '../../engine/builders.ts';
import { someRecords } from '../../laws/arbitrary-record.ts';

const records = someRecords(700, 3);
const columns = columnsFromRecords(records);
const prices = {
  models: [],
  version: 'v',
  date: '2026-11-22',
  prices: [...defaultPriceBook.prices],
  aliases: [],
};

function sent(): ArrayBuffer {
  const parts = writeColumnOctets(columns, prices);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole.buffer;
}

describe('columns that are sent to a browser', () => {
  it('hold every signal as it was, but for those that are left out and say so', () => {
    const opened = readColumnOctets(sent()).columns;
    expect(opened.length).toBe(columns.length);
    const signals = new Set<string>(signalRegistry.map(({ name }) => name));
    for (const { name } of recordColumns.filter((one) => signals.has(one.name))) {
      if (name === 'session.prefix_hashes' || name === 'request.metadata') {
        expect(() => opened.column(name)).toThrow(SignalLeftOut);
        continue;
      }
      const [was, is] = [columns.column(name), opened.column(name)];
      if (was.kind !== 'coded' || is.kind !== 'coded') expect([name, is]).toEqual([name, was]);
      else
        for (let row = 0; row < columns.length; row += 1)
          expect(is.dictionary[is.codes[row]!]).toEqual(was.dictionary[was.codes[row]!]);
    }
  });

  it('give a session the same answer as the columns they were made of', () => {
    const plan = aPlan({
      size: {
        kind: 'condition',
        cases: [{ id: 'a', when: 'request.input_tokens > 2000', to: 'x' }],
        else: 'y',
      },
      x: { kind: 'model', target: 'openai/gpt-5.5' },
      y: { kind: 'model', target: 'openai/gpt-5-mini' },
    });
    const world = { priceBook: defaultPriceBook, catalogue: defaultCatalogue };
    const { columns: opened, hash } = readColumnOctets(sent());
    expect(openSession({ columns: opened, ...world }).ask(plan, null)).toEqual(
      openSession({ columns, ...world }).ask(plan, null),
    );
    expect(hash).toBe(columns.hash);
  });
});
