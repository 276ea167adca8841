import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { checkDigit, checkIin } from '../../src/inbound/iin.js';
import { maskText } from '../../src/inbound/mask.js';
import { cardMark, iinMark } from '../../src/inbound/masked.js';

const secret = 'the secret of the lists, for tests only';
const mask = (text: string, expectsIin = false) => maskText(text, { secret, expectsIin });
const hmac = (digits: string) => createHmac('sha256', secret).update(digits).digest('hex');

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const runs = { seed, numRuns: Number(process.env.RUNS ?? 2000) };
before(() => console.log(`      seed ${seed} (repeat with SEED=${seed})`));

const iinOf = fc
  .record({
    day: fc.date({ min: new Date('1900-01-01'), max: new Date('2020-04-23'), noInvalidDate: true }),
    sex: fc.integer({ min: 1, max: 2 }),
    serial: fc.integer({ min: 0, max: 9999 }),
  })
  .map(({ day, sex, serial }) => {
    const iso = day.toISOString();
    const century = (Number(iso.slice(0, 2)) - 18) * 2 + sex;
    const eleven = iso.slice(2, 10).replaceAll('-', '') + String(century) + String(serial).padStart(4, '0');
    const digit = checkDigit(eleven);
    return digit === null ? null : `${eleven}${digit}`;
  })
  .filter((iin): iin is string => iin !== null);
const spacing = fc.constantFrom(
  '',
  '',
  '',
  ' ',
  '-',
  '.',
  '\u00a0',
  '\u2009',
  ' - ',
  '–',
  '\u200b',
  '  ',
  '_',
  '/',
  ', ',
  '\n',
);
const spelled = fc
  .tuple(iinOf, fc.array(spacing, { minLength: 11, maxLength: 11 }), fc.constantFrom('0', 'О', 'о', 'O', 'o'))
  .map(([iin, gaps, zero]) => ({
    iin,
    written: [...iin].map((digit, at) => (digit === '0' ? zero : digit) + (gaps[at] ?? '')).join(''),
  }));
const words = fc.constantFrom('', 'менің ИИН ', 'тексеріңізші ', 'проверьте, ', 'мой иин: ', '№ ', 'ЖСН:');
const after = fc.constantFrom('', ' рахмет', ', спасибо', ' маған тиесілі ме?', '.', ' — бұл менікі');

describe('masking at the door', () => {
  it('lets no valid IIN through, in any spacing and with О for 0', () => {
    fc.assert(
      fc.property(words, spelled, after, fc.boolean(), (start, { iin, written }, end, expectsIin) => {
        const masked = mask(start + written + end, expectsIin);
        expect(masked.text).to.include(iinMark);
        expect(masked.iins.map((entry) => entry.hmac)).to.include(hmac(iin));
        expect(masked.text.replace(/\D/g, '')).to.equal('');
      }),
      runs,
    );
  });

  it('leaves no run of ten digits or more that is neither a phone nor an account, whatever is written', () => {
    const piece = fc.oneof(
      iinOf,
      fc.stringMatching(/^\d{1,20}$/),
      fc.string(),
      spacing,
      fc.constantFrom('ИИН', '+7', 'KZ', 'О', '٣', '７'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, expectsIin) => {
        const masked = mask(pieces.join(''), expectsIin);
        for (const run of masked.text.match(/\d{12,}/g) ?? []) {
          expect(masked.text, run).to.match(/KZ|\+/i);
        }
        expect(masked.iins.length).to.equal(masked.text.split(iinMark).length - pieces.join('').split(iinMark).length);
      }),
      runs,
    );
  });

  it('never leaves the fault out and never gives a hash for a faulty number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), (digits) => {
        const [entry, ...others] = mask(digits).iins;
        const form = checkIin(digits);
        expect(others).to.have.length(0);
        expect(entry?.fault).to.equal(form.ok ? undefined : form.fault);
        expect(entry?.hmac).to.equal(form.ok ? hmac(digits) : undefined);
      }),
      runs,
    );
  });

  const kept = [
    '42 500',
    '42500',
    '42 500 50 000',
    '42 500, 50 000, 15 000',
    'маған 42500 тиесілі ме',
    '42 500 бе әлде 50 000 ба',
    '+7 705 143 51 31',
    '+77051435131',
    '87051435131',
    '8(705)143-51-31',
    '8 (705) 143 51 31',
    '7051435131',
    '8-705-143-51-31',
    'тел 8 777 123 45 67',
    '8 7242 40 01 00',
    '+998901234567',
    'KZ86125KZT5004100100',
    'KZ86 125K ZT50 0410 0100',
    'kz86-125k-zt50-0410-0100',
    'KZ12 3456 7890 1234 5678',
    'K-7F3Q',
    'К-7F3Q',
    '20.04.2020-25.04.2020',
    '20.04.2020 10:30',
    '01.04.20 - 05.04.20',
    '2020-04-20 09:00',
    '09:00-18:00',
    '09:00 – 18:00, 14:00',
    '400-100',
    '400 100',
    '103 112 101 109',
    '1414',
    '2019 2020 2021',
    '31 600',
    '10 күн, 3 адам',
    '16 наурыз 2020',
    'COVID-19',
  ];
  for (const text of kept) {
    it(`keeps ${text}`, () => expect(mask(text)).to.deep.equal({ text, iins: [] }));
  }
  for (const text of [
    '42 500',
    '42500',
    '42 500 50 000',
    '+7 705 143 51 31',
    '8(705)143-51-31',
    'KZ86125KZT5004100100',
    '400-100',
    '20.04.2020-25.04.2020',
  ]) {
    it(`keeps ${text} even where an IIN is expected`, () => expect(mask(text, true)).to.deep.equal({ text, iins: [] }));
  }

  it('takes eleven digits for a phone unless an IIN is expected or named', () => {
    expect(mask('87051435131', true).iins).to.deep.equal([{ fault: 'length', digits: 11 }]);
    expect(mask('ИИН 87051435131').text).to.equal(`ИИН ${iinMark}`);
  });
  it('keeps the amount beside an IIN', () => {
    expect(mask('920817399726 42500')).to.deep.equal({
      text: `${iinMark} 42500`,
      iins: [{ hmac: hmac('920817399726'), birthHmac: hmac('920817'), digits: 12 }],
    });
  });
  it('hides several, each with its own hash', () => {
    const masked = mask('мен 000315599123, жұбайым 011102699285; балам 020109599653');
    expect(masked.text).to.equal(`мен ${iinMark}, жұбайым ${iinMark}; балам ${iinMark}`);
    expect(masked.iins.map((entry) => entry.hmac ?? entry.fault)).to.deep.equal([
      hmac('000315599123'),
      hmac('011102699285'),
      'checksum',
    ]);
  });
  it('reads digits of other scripts', () => {
    expect(mask('٠٠٠٣١٥٥٩٩١٢٣').iins[0]?.hmac).to.equal(hmac('000315599123'));
    expect(mask('０００３１５５９９１２３').iins[0]?.hmac).to.equal(hmac('000315599123'));
    expect(mask('0️⃣0️⃣0️⃣3️⃣1️⃣5️⃣5️⃣9️⃣9️⃣1️⃣2️⃣3️⃣').iins[0]?.hmac).to.equal(hmac('000315599123'));
  });
  it('names letters among the digits', () => {
    expect(mask('75073O3995А9').iins).to.deep.equal([{ fault: 'not-digits', digits: 10 }]);
  });
  it('hides a wrong one in groups of three', () => {
    expect(mask('000 315 599 124').iins.map((entry) => entry.fault)).to.deep.equal(['checksum']);
    expect(mask('920 817 399 72').iins.map((entry) => entry.fault)).to.deep.equal(['length']);
  });
  it('hides a card number and keeps nothing of it', () => {
    for (const card of ['4400 4301 2345 6780', '4400430123456780', '5169-4931-0000-1111']) {
      expect(mask(`картам ${card}`)).to.deep.equal({ text: `картам ${cardMark}`, iins: [] });
    }
  });
  it('finds an IIN behind a false account', () => {
    expect(mask('KZ 000315599123 123456').iins[0]?.hmac).to.equal(hmac('000315599123'));
  });

  it('works in proportion to the length', () => {
    // Milliseconds of this process on the processor: others on the machine do not count, and of two tries the lesser does.
    const workOf = (text: string): number =>
      Math.min(
        ...[1, 2].map(() => {
          const before = process.cpuUsage();
          mask(text);
          return process.cpuUsage(before).user / 1_000;
        }),
      );
    const longest = (length: number) =>
      Math.max(
        ...['1 ', '8', '8 705 ', 'KZ12 3456 7890 1234 567-', '(8', 'О ', 'a1', '20.04.'].map((unit) =>
          workOf(unit.repeat(Math.ceil(length / unit.length))),
        ),
      );
    const [small, large] = [longest(2_048), longest(8_192)];
    // Four times the text: a quadratic door would take sixteen times as long.
    expect(large).to.be.below(small * 10);
  });
});
