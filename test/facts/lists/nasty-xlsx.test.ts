/** Workbooks as they come: numbers instead of text, formulas, days as numbers, several sheets, and ones that are cut off. */
import { expect } from 'chai';
import { UnreadableList } from '../../../src/facts/lists/findings.js';
import { type Cell, check, iinOf, lines, workbook, zip } from './files.js';

const header: readonly Cell[] = ['iin', 'program', 'status', 'amount', 'date', 'district', 'reason'];
const row = (
  iin: Cell,
  more: readonly Cell[] = ['pay-42500', 'paid', 42500, { day: 43937 }, 'aral'],
): readonly Cell[] => [iin, ...more];
const refusal = async (bytes: Buffer, sheet?: string): Promise<string> =>
  check(bytes, sheet === undefined ? {} : { sheet }).then(
    () => 'read',
    (error: unknown) =>
      error instanceof UnreadableList ? `${error.code} ${error.names.join('|')}`.trim() : String(error),
  );

describe('a workbook', () => {
  it('is read by its typed values: text, numbers, days, cells that are left out', async () => {
    const checked = await check(
      workbook({
        Лист1: [header, row(iinOf(1)), null, row(Number(iinOf(2))), row({ raw: `<is><t>${iinOf(3)}</t></is>` })],
      }),
    );
    // The inline string lacks its type, so its cell is empty: a program that writes so writes no workbook.
    expect(lines(checked)).to.deep.equal(['5 iin empty']);
    expect(checked.accepted.map(({ line, iin, amount, date }) => [line, iin, amount, date])).to.deep.equal([
      [2, iinOf(1), 42500, '2020-04-16'],
      [4, iinOf(2), 42500, '2020-04-16'],
    ]);
  });

  it('names lost zeros, lost digits, formulas and failed formulas', async () => {
    const exact = iinOf(4);
    const checked = await check(
      workbook({
        List: [
          header,
          row(315599123),
          row({ raw: '<v>9.00101E+11</v>' }),
          row({ raw: `<v>${exact[0]}.${exact.slice(1)}E11</v>` }),
          row({ formula: 'A4', value: iinOf(5) }),
          row({ raw: '<f>VLOOKUP(A1,B:B,1)</f><v>#N/A</v>' }),
          row(iinOf(6), ['pay-42500', 'paid', { formula: '42500*1', value: '42500' }, '2020-04-16', 'aral']),
          row('=HYPERLINK("http://x")'),
          [...row(iinOf(7)), '', 'a word where the header has none'],
        ],
      }),
    );
    expect(lines(checked)).to.deep.equal([
      '2 iin leading-zeros',
      '3 iin excel-exponent',
      '5 iin formula',
      '6 iin formula',
      '7 amount formula',
      '8 iin formula',
      '9 - columns',
    ]);
    expect(checked.accepted.map(({ iin }) => iin)).to.deep.equal([exact]);
  });

  it('of several filled sheets asks which; empty ones do not count', async () => {
    const one = [header, row(iinOf(1))];
    const several = workbook({ Қызылорда: one, Арал: [header, row(iinOf(2)), row(iinOf(3))], Пусто: [] });
    expect(await refusal(several)).to.equal('several-sheets Қызылорда|Арал');
    expect(await refusal(several, 'Сырдарья')).to.equal('no-such-sheet Қызылорда|Арал|Пусто');
    expect(await check(several, { sheet: 'Арал' })).to.include({ loaded: 2 });
    expect(await check(workbook({ Пусто: [], 'A & B <1>': one }))).to.include({ loaded: 1 });
  });

  it('that is cut off, empty, or another kind of zip is refused', async () => {
    const whole = workbook({ List: [header, ...Array.from({ length: 200 }, (_, at) => row(iinOf(at)))] });
    expect(await refusal(whole.subarray(0, whole.length - 30))).to.equal('broken-file');
    expect(await refusal(whole.subarray(0, whole.length / 2))).to.equal('broken-file');
    const damaged = Buffer.from(whole);
    damaged.fill(0, damaged.indexOf('worksheets/sheet1.xml') + 40, damaged.indexOf('worksheets/sheet1.xml') + 80);
    expect(await refusal(damaged)).to.equal('broken-file');
    expect(await refusal(workbook({ List: [] }))).to.equal('no-rows');
    expect(await refusal(workbook({ List: [header] }))).to.equal('no-rows');
    expect(await refusal(zip([{ name: 'word/document.xml', text: '<document/>' }]))).to.equal('not-a-table');
    expect(await refusal(workbook({ List: [[{ raw: '<v>1</w>' }]] }))).to.equal('broken-file');
  });
});
