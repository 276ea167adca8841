/** Canned responses as pure text: which places are filled, which stay open, and a week in words. */
import { expect } from 'chai';
import {
  fillPlaceholders,
  openPlaceholders,
  placeholderNames,
  placeholders,
} from '../../src/facts/canned/placeholders.js';
import { parseOfficeHours, weekInWords } from '../../src/office-hours.js';

describe('canned responses', () => {
  it('are filled by the names of either language, however they are typed, and keep what nobody knows', () => {
    const values = { ticket: 'K-7F3Q', name: 'Айгүл', date: '23.04.2020' };
    expect(fillPlaceholders('{{ Обращение }} / {{өтініш}}: {{СПЕЦИАЛИСТ}}, {{дата}}', values)).to.equal(
      'K-7F3Q / K-7F3Q: Айгүл, 23.04.2020',
    );
    const left = fillPlaceholders('{{часы}} {{адрес}} {{адрес}} {не место}', values);
    expect(left).to.equal('{{часы}} {{адрес}} {{адрес}} {не место}');
    expect(openPlaceholders(left)).to.deep.equal(['{{часы}}', '{{адрес}}']);
    // What is filled in is a value and never read as a pattern.
    expect(fillPlaceholders('{{дата}}', { date: "$& $' {{x}}" })).to.equal("$& $' {{x}}");
  });

  it('have a name of their own for every place, in both languages', () => {
    const names = placeholders.flatMap((id) => Object.values(placeholderNames[id]));
    expect(new Set(names).size).to.equal(names.length);
    for (const name of names) expect(fillPlaceholders(`{{${name}}}`, {})).to.equal(`{{${name}}}`);
  });

  it('tell the week in the names of the days that residents use', () => {
    const week = parseOfficeHours('Mon-Fri 09:00-18:00, Sat 10:00-14:00') ?? [];
    expect(weekInWords(week, 'ru')).to.equal('пн–пт 09:00–18:00, сб 10:00–14:00');
    expect(weekInWords(week, 'kk')).to.equal('дс–жм 09:00–18:00, сб 10:00–14:00');
    expect(weekInWords([], 'kk')).to.equal('');
  });
});
