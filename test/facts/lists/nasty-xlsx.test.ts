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

  it('with merged cells, gaps, other truths and cells far out tells of every row', async () => {
    const far: Cell[] = [...row(iinOf(4)), ...Array<Cell>(600).fill(''), 'far out'];
    const checked = await check(
      workbook({
        List: [
          ['Список на 20.04.2020'],
          null,
          header,
          row(iinOf(1)),
          // What is merged with the cell above holds nothing itself.
          row('', ['', 'paid', '', '', '']),
          row(900101000000),
          far,
          row({ raw: '<v>1</v>' }),
          row(iinOf(5), ['pay-42500', 'paid', 42500, 43937, 'aral']),
          row(iinOf(6), ['pay-42500', 'paid', 42500.4, { day: 43937.75 }, 'aral']),
          [...row(iinOf(7)), { raw: '' }],
        ],
      }),
    );
    expect(lines(checked)).to.deep.equal([
      '5 iin empty',
      '6 iin excel-exponent',
      '7 - columns',
      '8 iin wrong-length',
      '9 date not-a-date',
      '10 amount not-an-amount',
    ]);
    expect(checked.accepted.map(({ line }) => line)).to.deep.equal([4, 11]);
  });

  it('that is damaged where it can still be unpacked and read is refused whole', async () => {
    const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
    const inline = (cells: readonly Cell[]): string =>
      `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${String(cell)}</t></is></c>`).join('')}</row>`;
    const rows = inline(header) + inline([iinOf(1), 'pay-42500', 'paid', '42500', '2020-04-16', 'aral', '']);
    const bookOf = (xml: string): Buffer =>
      zip([
        {
          name: 'xl/workbook.xml',
          text: '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
        },
        {
          name: 'xl/_rels/workbook.xml.rels',
          text: '<Relationships><Relationship Id="r1" Target="s.xml"/></Relationships>',
        },
        { name: 'xl/s.xml', text: xml },
      ]);
    expect(await check(bookOf(sheet(rows)))).to.include({ loaded: 1, rejected: 0 });
    expect(await refusal(bookOf(sheet(rows).slice(0, -30))), 'cut off').to.equal('broken-file');
    expect(
      await refusal(bookOf(sheet(`${rows}<row><c><v>${'9'.repeat(2_000_000)}</v></c></row>`))),
      'one cell of 2 MB',
    ).to.equal('broken-file');
    expect(await refusal(bookOf(sheet(rows + '<row/>'.repeat(1_050_000)))), 'too many rows').to.equal('too-large');
    const wrongSum = bookOf(sheet(rows));
    // The sum of the sheet as the directory of the zip tells it.
    const entry = wrongSum.lastIndexOf('xl/s.xml') - 46;
    wrongSum.writeUInt32LE((wrongSum.readUInt32LE(entry + 16) + 1) >>> 0, entry + 16);
    expect(await refusal(wrongSum), 'another sum').to.equal('broken-file');
    const lost = await check(bookOf(sheet(`${rows}<row>${'<c t="s"><v>7</v></c>'.repeat(7)}</row>`)));
    expect(lines(lost), 'a text that is not there').to.deep.equal(['3 iin not-digits']);
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
