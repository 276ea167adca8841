/** The broken list and its variants: every row gets what its description says, in whatever encoding and separators it comes. */
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { UnreadableList } from '../../../src/facts/lists/findings.js';
import { brokenList, check, lines } from './files.js';

const expected = [
  '4 iin check-digit',
  '5 iin wrong-length',
  '6 iin not-digits',
  '7 iin birth-date',
  '8 iin century-digit',
  '9 iin never-issued',
  '10 conflict 12',
  '11 duplicate 10',
  '12 conflict 10',
  '13 program unknown-programme',
  '14 status unknown-status',
  '15 date no-such-day',
  '16 amount amount-not-positive',
  '17 iin excel-exponent',
  '18 iin leading-zeros',
  '19 - columns',
  '20 iin empty',
  '21 - columns',
];
const counts = { loaded: 2, duplicates: 1, conflicts: 2, rejected: 15 };

describe('the broken list', () => {
  let bytes: Buffer;
  let text: string;
  before(async () => {
    bytes = await brokenList();
    text = bytes.toString('utf8').replace(/^\ufeff/, '');
  });

  it('loads two rows and reports every other one with line, column and reason', async () => {
    const checked = await check(bytes);
    expect(checked).to.include(counts);
    expect(lines(checked)).to.deep.equal(expected);
    expect(
      checked.accepted.map(({ line, programmeId, status, amount }) => [line, programmeId, status, amount]),
    ).to.deep.equal([
      [2, 'pay-42500', 'approved', 42500],
      [3, 'pay-50000', 'paid', 50000],
    ]);
    const strange = checked.findings.find(({ line }) => line === 6);
    expect(strange).to.include({ detail: 'O, А (U+0410)' });
    expect(JSON.stringify(checked.findings), 'no IIN is repeated').not.to.match(/\d{9}/);
  });

  it('gets the same without BOM, with LF or CR, without the last line end, with blank lines, and whatever the chunks', async () => {
    const unix = text.replaceAll('\r\n', '\n');
    const variants: Record<string, Buffer | string> = {
      'no BOM': text,
      LF: unix,
      CR: unix.replaceAll('\n', '\r'),
      'no last line end': unix.trimEnd(),
      'UTF-16 LE with BOM': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
      'UTF-16 LE': Buffer.from(text, 'utf16le'),
      'UTF-16 BE with BOM': Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]),
      'UTF-16 BE': Buffer.from(text, 'utf16le').swap16(),
      'windows-1251': iconv.encode(text, 'win1251'),
    };
    for (const [name, variant] of Object.entries(variants)) {
      for (const chunk of [1, 64 * 1024]) {
        const checked = await check(Buffer.from(variant as Buffer), { chunk });
        expect(lines(checked), name).to.deep.equal(expected);
        expect(checked, name).to.include(counts);
        expect(
          checked.findings.find(({ line }) => line === 6),
          name,
        ).to.include({ detail: 'O, А (U+0410)' });
      }
    }
    const blank = await check(unix.replace('\n990318', '\n\n990318').replace('  990318', '\n  990318'));
    expect(blank).to.include(counts);
    expect(lines(blank)[0]).to.equal('5 iin check-digit');
  });

  it('reads it with semicolons or tabs: line 19 is a row then, and line 21 fails on its amount', async () => {
    const rows = text.split('\r\n');
    for (const delimiter of [';', '\t']) {
      const made = rows.map((row) =>
        row.startsWith('9411')
          ? row
          : row.startsWith('941030499611')
            ? row.replace('15 000,50', '15 000§50').replaceAll(',', delimiter).replace('§', ',')
            : row.replaceAll(/[,;]/g, delimiter),
      );
      const checked = await check(made.join('\r\n'));
      expect(checked).to.include({ loaded: 3, duplicates: 1, conflicts: 2, rejected: 14 });
      expect(lines(checked)).to.deep.equal([
        ...expected.filter((line) => !/^(?:19|21) /.test(line)),
        '21 amount not-an-amount',
      ]);
      const last = checked.findings.at(-1);
      expect(last).to.deep.include({ more: [{ column: 'district', code: 'formula' }] });
    }
  });

  it('reads a header in Kazakh or Russian and in another order; other names ask for a mapping once', async () => {
    for (const header of [
      'ЖСН,Бағдарлама,Мәртебе,Сома,Күні,Аудан,Себебі',
      'ИИН,Программа,Статус,Сумма,Дата,Район,Причина',
    ]) {
      const checked = await check(text.replace(/^[^\r]*/, header));
      expect(checked).to.include(counts);
      expect(lines(checked)[0]).to.equal(`4 ${header.split(',')[0]} check-digit`);
    }
    const turned = text
      .split('\r\n')
      .slice(0, 4)
      .map((row) => row.split(',').reverse().join(','))
      .join('\n');
    expect(await check(turned)).to.include({ loaded: 2, rejected: 1 });
    const other = text.replace(/^[^\r]*/, 'Номер,Что,Как,Сколько,Когда,Где,Почему');
    const refused = await check(other).catch((error: UnreadableList) => error);
    expect(refused).to.be.instanceOf(UnreadableList).and.to.include({ code: 'mapping-needed' });
    const columns = {
      iin: 'Номер',
      programme: 'Что',
      status: 'Как',
      amount: 'Сколько',
      date: 'Когда',
      district: 'Где',
      reason: 'Почему',
    };
    const told = await check(other, { mapping: { columns } });
    expect(told).to.include(counts);
    expect(lines(told)[9]).to.equal('13 Что unknown-programme');
  });
});
