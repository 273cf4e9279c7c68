import { describe, expect, it } from 'vitest';
import { CatalogueModel, type CatalogueModelInput, makeCatalogue } from '#engine/catalogue/index.ts';
import { targetOf } from '#server/import/index.ts';
import { splitCsv } from '#server/import/split-csv.ts';

describe('targetOf', () => {
  const model = (input: CatalogueModelInput) => CatalogueModel.parse(input);
  const map = {
    named: new Map([['m-small', 'acme/small']]),
    otherwise: null,
    catalogue: makeCatalogue([model({ id: 'acme/big', aliases: ['acme/big-2026'] })]),
  };

  it('takes what is mapped, then what the catalogue knows, then keeps the name', () => {
    expect(targetOf('m-small', 'acme', map)).toBe('acme/small');
    expect(targetOf('big', 'acme', map)).toBe('acme/big');
    expect(targetOf('acme/big-2026', null, map)).toBe('acme/big');
    expect(targetOf('my model', null, map)).toBe('unmapped/my-model');
    expect(targetOf(null, null, map)).toBe('');
  });

  it('takes the stated target for whatever is left', () => {
    expect(targetOf('my model', null, { ...map, otherwise: 'acme/big' })).toBe('acme/big');
    expect(targetOf(null, null, { ...map, otherwise: 'acme/big' })).toBe('acme/big');
  });
});

describe('splitCsv', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['a,,', ['a', '', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",x', ['say "hi"', 'x']],
    ['x,""', ['x', '']],
    ['"open,x', ['open,x']],
  ])('splits %s', (line, fields) => {
    expect(splitCsv(line)).toEqual(fields);
  });
});
