/** Text files as they come: stray quotes, lost zeros, sums and dates of every kind, titles, and files that are no lists at all. */
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { readAmount, readDate, readIin } from '../../../src/facts/lists/cells.js';
import { UnreadableList } from '../../../src/facts/lists/findings.js';
import { readList } from '../../../src/facts/lists/read-list.js';
import { bytesSource, check, iinOf, lines, programmes } from './files.js';

const header = 'iin,program,status,amount,date,district,reason';
const row = (serial: number, more = 'pay-42500,paid,42500,2020-04-16,aral,'): string => `${iinOf(serial)},${more}`;
const file = (...rows: readonly string[]): string => [header, ...rows].join('\n');
const refusal = async (bytes: Buffer | string): Promise<string> =>
  check(bytes).then(
    () => 'read',
    (error: unknown) =>
      error instanceof UnreadableList ? `${error.code} ${error.names.join('|')}`.trim() : String(error),
  );

describe('a nasty CSV file', () => {
  it('with a field over several lines counts lines as an editor shows them', async () => {
    const checked = await check(
      file(
        row(1, 'pay-42500,paid,42500,2020-04-16,"Арал,\n\n№ 5",'),
        row(2, 'pay-42500,maybe,42500,2020-04-16,aral,'),
        'x',
        row(3),
      ),
    );
    expect(checked).to.include({ loaded: 2, rejected: 2 });
    expect(checked.accepted.map(({ line }) => line)).to.deep.equal([2, 7]);
    expect(lines(checked)).to.deep.equal(['5 status unknown-status', '6 - columns']);
  });

  it('loses one row by a stray quote, and never the rest', async () => {
    for (const stray of ['"aral', 'ar"al', 'aral"', '"ar"al', '"""aral']) {
      const checked = await check(
        file(row(1), row(2, `pay-42500,paid,42500,2020-04-16,${stray},`), ...[3, 4, 5].map((each) => row(each))),
      );
      expect(checked.loaded + checked.rejected, stray).to.equal(5);
      expect(
        checked.accepted.map(({ line }) => line),
        stray,
      ).to.include.members([2, 4, 5, 6]);
    }
    const two = await check(
      file(
        row(1, 'pay-42500,paid,42500,2020-04-16,"aral,'),
        ...Array.from({ length: 30 }, (_, at) => row(10 + at)),
        row(2, 'pay-42500,paid,42500,2020-04-16,"kazaly",'),
        row(3, 'pay-42500,paid,42500,2020-04-16,aral,"'),
      ),
    );
    expect(two).to.include({ loaded: 31, rejected: 2 });
    expect(lines(two)).to.deep.equal(['2 - unclosed-quote', '34 - unclosed-quote']);
  });

  it('with every field in quotes, doubled quotes and CRLF is read as it is', async () => {
    const quoted = [header, row(1, 'pay-42500,paid,42500,2020-04-16,"""Жас"" ауылы",'), row(2)]
      .map((line, place) =>
        place === 1
          ? line
          : line
              .split(',')
              .map((cell) => `"${cell}"`)
              .join(','),
      )
      .join('\r\n');
    expect(await check(quoted)).to.include({ loaded: 2, rejected: 0 });
  });

  it('with “sep=;”, a title above the header or blank rows around it keeps its line numbers', async () => {
    const semicolons = (text: string): string => text.replaceAll(',', ';');
    const told = await check(`sep=;\r\n${semicolons(file(row(1), row(2, 'pay-42500,no,42500,2020-04-16,aral,')))}`);
    expect(lines(told)).to.deep.equal(['4 status unknown-status']);
    expect(told.loaded).to.equal(1);
    const titled = await check(
      `Список, на 20.04.2020\n\n${semicolons(file(row(1), row(2, 'pay-42500,no,42500,2020-04-16,aral,')))}`,
    );
    expect(lines(titled)).to.deep.equal(['5 status unknown-status']);
    expect(titled.loaded).to.equal(1);
  });

  it('reports rows of separators alone and rows cut off by the end of the file', async () => {
    const checked = await check(`${file(row(1), ',,,,,,', row(2))}\n${row(3).slice(0, 30)}`);
    expect(checked).to.include({ loaded: 2, rejected: 2 });
    expect(lines(checked)).to.deep.equal(['3 iin empty', '5 - columns']);
  });

  it('names all faults of a row, and none of them repeats a number', async () => {
    const checked = await check(file('770727499662,pay-1,770727499661,x,31.02.2020,770727499661,'));
    expect(checked.findings).to.have.length(1);
    expect(checked.findings[0]).to.deep.include({
      line: 2,
      column: 'iin',
      code: 'check-digit',
      more: [
        { column: 'program', code: 'unknown-programme', detail: 'pay-1' },
        { column: 'status', code: 'unknown-status', detail: '••••' },
        { column: 'amount', code: 'not-an-amount' },
        { column: 'date', code: 'no-such-day' },
        { column: 'district', code: 'iin-in-text' },
      ],
    });
  });

  it('takes statuses and programmes by their names in both languages', async () => {
    const checked = await check(
      file(
        row(1, 'Выплата 42500 ₸,ВЫПЛАЧЕНО,42500,2020-04-16,aral,'),
        row(2, '42500 ₸ төлем,Бас  тартылды,42500,2020-04-16,aral,has-salary'),
      ),
    );
    expect(
      checked.accepted.map(({ programmeId, status, reason }) => `${programmeId} ${status} ${reason}`),
    ).to.deep.equal(['pay-42500 paid ', 'pay-42500 refused has-salary']);
  });

  it('with IINs alone takes status, sum and day from what staff told', async () => {
    const told = { columns: { iin: 'ЖСН' }, status: 'approved' as const };
    const checked = await check(`ЖСН\n${iinOf(1)}\n${iinOf(2)}\n12\n`, { mapping: told });
    expect(checked).to.include({ loaded: 2, rejected: 1 });
    expect(checked.accepted[0]).to.include({ status: 'approved', amount: 42500, date: '2020-04-23' });
  });

  it('goes on contradicting: a third version is in conflict too, a repetition of the first is a repetition', async () => {
    const values = ['approved', 'refused', 'paid', 'approved'];
    const checked = await check(
      file(...values.map((status) => row(1, `pay-42500,${status},42500,2020-04-16,aral,`)), row(2)),
    );
    expect(checked).to.include({ loaded: 1, conflicts: 3, duplicates: 1, rejected: 0 });
    expect(lines(checked)).to.deep.equal(['2 conflict 3', '3 conflict 2', '4 conflict 2', '5 duplicate 2']);
    const programme = await check(file(row(1), row(1, 'pay-50000,paid,50000,2020-04-16,aral,')));
    expect(programme, 'two programmes are no conflict').to.include({ loaded: 2, conflicts: 0 });
  });

  /** Each file with what is loaded (lines) and what is told of every other row. */
  const files: Readonly<
    Record<string, { bytes: Buffer | string; loads: readonly number[]; tells: readonly string[] }>
  > = {
    'in windows-1251 with Kazakh letters (KZ-1048)': {
      bytes: iconv.encode(`ЖСН;Мәртебе;Аудан\n${iinOf(1)};төленді;Қызылорда\n${iinOf(2)};бар;Шиелі\n`, 'rk1048'),
      loads: [2],
      tells: ['3 Мәртебе unknown-status'],
    },
    'with a line end of each kind': {
      bytes: `${header}\r\n${row(1)}\n${row(2)}\r${row(3)}\r\n\r\n${row(4, 'x')}`,
      loads: [2, 3, 4],
      tells: ['6 - columns'],
    },
    'with one person in several spellings': {
      bytes: file(
        row(1),
        row(1).replace(/^\d{6}/, '$& '),
        `\u00a0${row(1).replace(/^\d{12}/, '$&\u200b')}`,
        row(2).replace('0', 'О'),
        row(3).replace(/^\d/, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
      ),
      loads: [2],
      tells: ['3 duplicate 2', '4 duplicate 2', '5 iin not-digits', '6 iin not-digits'],
    },
    'with numbers that lost their last digits in one opening and their exponent in the next': {
      bytes: file(row(1).replace(/^\d+/, '9.00101E+11'), row(2).replace(/^\d+/, '900101000000'), row(3)),
      loads: [4],
      tells: ['2 iin excel-exponent', '3 iin excel-exponent'],
    },
    'with a NUL, another sign that cannot be seen, and a broken letter': {
      bytes: Buffer.concat([
        Buffer.from(
          file(row(1, 'pay-42500,paid,42500,2020-04-16,а\0рал,'), row(2, 'pay-42500,paid,42500,2020-04-16,a\u0007l,')),
        ),
        Buffer.from(`\n${row(3, 'pay-42500,paid,42500,2020-04-16,')}`),
        Buffer.from([0xd0]),
        Buffer.from(`,\n${row(4, 'pay-42500,paid,42500,2020-04-16,Қызылорда қаласы,')}`),
      ]),
      loads: [5],
      tells: ['2 district broken-characters', '3 district broken-characters', '4 district broken-characters'],
    },
    'with cells of 50,000 and of 300,000 letters': {
      bytes: file(
        row(1, `pay-42500,paid,42500,2020-04-16,${'д'.repeat(50_000)},`),
        row(2, `pay-42500,paid,42500,2020-04-16,${'д'.repeat(300_000)},`),
        row(3),
      ),
      loads: [4],
      tells: ['2 district too-long', '3 - too-long'],
    },
    'with two unread columns of one name, a header once more and a sum below': {
      bytes: [`${header},note,Note`, `${row(1)},x,y`, `${header},note,Note`, `${row(2)},,`, ',,,85000,,,,,'].join('\n'),
      loads: [2, 4],
      tells: ['3 iin not-digits', '5 iin empty'],
    },
    'whose rows lack their last columns, or have one more': {
      bytes: file(row(1), row(2, 'pay-42500,paid,42500,2020-04-16'), iinOf(3), `${row(4)},`),
      loads: [2],
      tells: ['3 - columns', '4 - columns', '5 - columns'],
    },
  };
  for (const [name, { bytes, loads, tells }] of Object.entries(files)) {
    it(`${name} loads nothing wrong and tells of every row`, async () => {
      for (const chunk of [4096, 65_536]) {
        const checked = await check(bytes, { chunk });
        expect(checked.accepted.map(({ line }) => line)).to.deep.equal(loads);
        expect(lines(checked)).to.deep.equal(tells);
        expect(checked.loaded + checked.duplicates + checked.conflicts + checked.rejected).to.equal(
          loads.length + tells.length,
        );
      }
    });
  }

  it('accounts for every row, whatever was done to it', async () => {
    let state = 20_200_423;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const damages: readonly ((text: string) => string)[] = [
      (text) => text,
      (text) => text.slice(0, random(text.length) + 1),
      (text) => `${text.slice(0, random(text.length))}"${text.slice(random(text.length))}`,
      (text) => text.replace(/\d/, '×'),
      (text) => text.replace(',', ';'),
      (text) => text.replace('42500', '42,500'),
      (text) => text.replace(/^(\d)/, '$1\u200b'),
      (text) => text.replace('aral', '\u0001'),
    ];
    for (let round = 0; round < 40; round += 1) {
      const rows = Array.from({ length: 60 }, (_, at) => (damages[random(damages.length)] ?? String)(row(at)));
      const checked = await check(file(...rows), { chunk: 1 + random(300) });
      const filled = rows.filter((text) => text.trim() !== '').length;
      const told = new Set([...checked.findings, ...checked.accepted].map(({ line }) => line));
      expect(told.size, `round ${round}`).to.equal(
        checked.loaded + checked.duplicates + checked.conflicts + checked.rejected,
      );
      // Two stray quotes may rightly make one field over two lines; nothing else takes a row away.
      const strays = rows.filter((text) => text.includes('"')).length;
      expect(told.size, `round ${round}`).to.be.within(filled - strays, filled);
      for (const { iin, line } of checked.accepted) {
        expect(rows[line - 2]?.replaceAll('\u200b', ''), 'a loaded row says what it loads').to.include(iin);
      }
    }
  });
});

describe('a file that is no list', () => {
  it('is refused by what it is, whatever its name', async () => {
    expect(await refusal('')).to.equal('empty-file');
    expect(await refusal('\ufeff')).to.equal('no-rows');
    expect(await refusal('\r\n \r\n')).to.equal('no-rows');
    expect(await refusal(header)).to.equal('no-rows');
    expect(await refusal(`${row(1)}\n${row(2)}`)).to.equal('no-header');
    expect(await refusal('iin,status,iin\n1,2,3')).to.equal('header-twice iin');
    expect(await refusal('some words\nand more of them')).to.equal('mapping-needed some words');
    expect(await refusal('%PDF-1.7 …')).to.equal('not-a-table');
    expect(await refusal('<html><table><tr><td>ЖСН</td></tr></table></html>')).to.equal('not-a-table');
    expect(await refusal('{"iin": "770727499661"}')).to.equal('not-a-table');
    expect(await refusal('[{"iin": "770727499661"}]')).to.equal('not-a-table');
    expect(await refusal(Buffer.from('d0cf11e0a1b11ae1000000', 'hex'))).to.equal('old-excel');
    expect(await refusal(Buffer.from('89504e470d0a1a0a00', 'hex'))).to.equal('not-a-table');
    expect(await refusal(Buffer.from('504b0304140000000800', 'hex'))).to.equal('broken-file');
    expect(await refusal(Buffer.concat([Buffer.from('iin,status\n'), Buffer.alloc(300)]))).to.equal('not-a-table');
    expect(await refusal('9'.repeat(200_001))).to.equal('not-a-table');
    expect(await refusal(Buffer.concat([Buffer.from('fffe0000', 'hex'), Buffer.alloc(40, 1)]))).to.equal('not-a-table');
  });
});

describe('a cell', () => {
  const of = (result: ReturnType<typeof readAmount> | ReturnType<typeof readIin>): unknown =>
    'value' in result ? result.value : result.code;
  it('is an IIN with all its digits, or named for what Excel or a hand did to it', () => {
    const iin = '000315599123';
    expect([iin, ` ${iin}\u00a0`, '000315 599 123', `\ufeff${iin}`].map((cell) => of(readIin(cell)))).to.deep.equal(
      Array(4).fill(iin),
    );
    const faulty: Readonly<Record<string, string>> = {
      '315599123': 'leading-zeros',
      '3.15599E+8': 'excel-exponent',
      '9.00101E+11': 'excel-exponent',
      '9,00101E+11': 'excel-exponent',
      '9E11': 'excel-exponent',
      '900101300123.0': 'not-digits',
      "'000315599123": 'not-digits',
      '="000315599123"': 'formula',
      '=A1': 'formula',
      '#N/A': 'cell-error',
      '#Н/Д': 'cell-error',
      '########': 'not-digits',
      '٠٠٠٣١٥٥٩٩١٢٣': 'not-digits',
      '0003155991234': 'wrong-length',
      '000000000000': 'birth-date',
      '850715799008': 'century-digit',
      '850715099008': 'century-digit',
      '000315599124': 'check-digit',
      '': 'empty',
      ' \u00a0\ufeff ': 'empty',
    };
    for (const [cell, code] of Object.entries(faulty)) expect(of(readIin(cell)), cell).to.equal(code);
  });

  it('is a sum in whole tenge however it is parted, never a guess', () => {
    for (const cell of [
      '42500',
      '42 500',
      '42\u00a0500',
      '42\u202f500,00',
      '42 500.0',
      '42500 ₸',
      '42 500 тг.',
      '42500 KZT',
    ])
      expect(of(readAmount(cell)), cell).to.equal(42_500);
    const faulty: Readonly<Record<string, string>> = {
      '42,500': 'not-an-amount',
      '42.500': 'not-an-amount',
      '15 000,50': 'not-an-amount',
      '4 25 00': 'not-an-amount',
      '4.25E+4': 'not-an-amount',
      '42500$': 'not-an-amount',
      '-15000': 'amount-not-positive',
      '−15 000': 'amount-not-positive',
      '0': 'amount-not-positive',
      '0,00': 'amount-not-positive',
      '1000000000': 'amount-too-large',
      '=1+1': 'formula',
      '': 'empty',
    };
    for (const [cell, code] of Object.entries(faulty)) expect(of(readAmount(cell)), cell).to.equal(code);
  });

  it('is a day in one reading only', () => {
    const read = (cell: string) => of(readDate(cell, '2021-04-23'));
    for (const cell of [
      '2020-04-05',
      '05.04.2020',
      '5.4.2020',
      '05-04-2020',
      '2020.04.05',
      '2020/4/5',
      '2020-04-05T00:00:00',
      '2020-04-05 00:00:00.000',
      '05.04.2020 0:00',
      '05.04.2020 г.',
      ' 05.04.2020 ж.',
    ])
      expect(read(cell), cell).to.equal('2020-04-05');
    const faulty: Readonly<Record<string, string>> = {
      '04/05/2020': 'not-a-date',
      '05.04.20': 'not-a-date',
      '43926': 'not-a-date',
      '5 апреля 2020': 'not-a-date',
      '2020-13-01': 'no-such-day',
      '31.02.2020': 'no-such-day',
      '29.02.2019': 'no-such-day',
      '00.04.2020': 'no-such-day',
      '05.04.0202': 'date-far',
      '05.04.2202': 'date-far',
      '01.01.1900': 'date-far',
    };
    for (const [cell, code] of Object.entries(faulty)) expect(read(cell), cell).to.equal(code);
  });
});

describe('a long list', () => {
  it('tells how far it was read, and finds a repetition a hundred thousand rows later', async () => {
    const many = Array.from({ length: 30_000 }, (_, at) => `${9e11 + at},pay-42500,paid,42500,2020-04-16,aral,`);
    const bytes = Buffer.from(
      file(row(1), ...many, row(1), row(2), row(2, 'pay-42500,refused,42500,2020-04-16,aral,')),
    );
    const shares: number[] = [];
    const { counts } = await readList(
      {
        source: bytesSource(bytes, 65_536),
        programmeId: 'pay-42500',
        programmes,
        asOf: '2020-04-23',
        mask: (text) => text,
      },
      { progress: async (share) => void shares.push(share) },
    );
    expect(counts.duplicates).to.equal(1);
    expect(counts.conflicts).to.equal(2);
    expect(counts.loaded + counts.rejected).to.equal(30_001);
    expect(shares).to.deep.equal(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).to.be.closeTo(1, 0.01);
  });
});
