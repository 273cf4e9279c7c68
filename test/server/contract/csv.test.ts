import { expect, it } from 'vitest';
import { csvCell, csvLine } from '#server/contract/csv.ts';

it('a line is cells with commas between them, quoted where they must be', () => {
  expect(csvLine(['plain', 'a,b', 'say "so"', 'two\nlines', 1.5, null])).toBe(
    'plain,"a,b","say ""so""","two\nlines",1.5,\r\n',
  );
});

it.each(['=cmd()', '+cmd', '-cmd', '@cmd', '\tcmd', ' =cmd()', '＝cmd()', '－1'])(
  'the text %j is no formula for a spreadsheet',
  (text) => {
    expect(csvCell(text)).toBe(`'${text}`);
  },
);

it('an apostrophe stays within the quotes', () => {
  expect(csvCell('=HYPERLINK("http://evil")')).toBe(`"'=HYPERLINK(""http://evil"")"`);
});

it.each(['-1.500000000', '+3', '0'])('the number %s stays a number', (text) => {
  expect(csvCell(text)).toBe(text);
});
