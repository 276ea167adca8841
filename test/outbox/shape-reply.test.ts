import { expect } from 'chai';
import { type MeantMessage, shapeReply } from '../../src/outbox/shape-reply.js';
import type { Capabilities } from '../../src/transport/contract.js';

const plainText: Capabilities = {
  buttons: null,
  list: null,
  locationRequest: 'none',
  bodyLength: 65_536,
  captionLength: 1024,
};
const rich: Capabilities = {
  buttons: { most: 3, titleLength: 20, bodyLength: 1024 },
  list: { most: 10, titleLength: 24, bodyLength: 4096 },
  locationRequest: 'alone',
  bodyLength: 4096,
  captionLength: 1024,
};
const webPage: Capabilities = {
  ...plainText,
  buttons: { most: 10, titleLength: 24, bodyLength: 4096 },
  locationRequest: 'beside-choices',
};
const choices = (count: number, title = 'Таңдау') =>
  Array.from({ length: count }, (_, place) => ({ id: `c-${place}`, title: `${title} ${place}` }));
const meant = (change: Partial<MeantMessage> = {}): MeantMessage => ({
  ...{ id: 'row', text: 'Қайсысы?\n*1* – бірі\n*2* – екіншісі', choices: [], asksLocation: false, language: 'kk' },
  ...change,
});

/** What each channel shows of it: form, number of things to tap, whether a place is asked for. */
const shown = (can: Capabilities, message: MeantMessage): string => {
  const shaped = shapeReply(can, message);
  expect(shaped.text, 'no word is lost').to.equal(message.text);
  expect(shaped.choices, 'all choices or none').to.have.length(
    shaped.choices.length === 0 ? 0 : message.choices.length,
  );
  return `${shaped.form} ${shaped.choices.length}${shaped.asksLocation ? ' place' : ''}`;
};

describe('outbox/shape-reply', () => {
  const cases: readonly [string, Partial<MeantMessage>, string, string, string][] = [
    ['a text', {}, 'text 0', 'text 0', 'text 0'],
    ['three choices', { choices: choices(3) }, 'text 0', 'buttons 3', 'buttons 3'],
    ['four choices', { choices: choices(4) }, 'text 0', 'list 4', 'buttons 4'],
    ['eleven choices', { choices: choices(11) }, 'text 0', 'text 0', 'text 0'],
    ['a title too long for a button', { choices: choices(2, 'Жиырма таңбадан ұзын') }, 'text 0', 'list 2', 'buttons 2'],
    ['a title too long for all', { choices: choices(2, 'я'.repeat(23)) }, 'text 0', 'text 0', 'text 0'],
    ['a body too long for buttons', { choices: choices(2), text: 'я'.repeat(1025) }, 'text 0', 'list 2', 'buttons 2'],
    ['a title that stands twice', { choices: [...choices(1), ...choices(1)] }, 'text 0', 'text 0', 'text 0'],
    ['a place asked for', { asksLocation: true }, 'text 0', 'location 0 place', 'location 0 place'],
    [
      'a place under a long body',
      { asksLocation: true, text: 'я'.repeat(1025) },
      'text 0',
      'text 0',
      'location 0 place',
    ],
    ['choices and a place', { choices: choices(5), asksLocation: true }, 'text 0', 'list 5', 'buttons 5 place'],
    [
      'choices that do not fit and a place',
      { choices: choices(11), asksLocation: true },
      'text 0',
      'location 0 place',
      'location 0 place',
    ],
    ['a template', { template: 'ready', choices: choices(2) }, 'text 0', 'text 0', 'text 0'],
    [
      'a file',
      { file: { id: 'f', mimeType: 'application/pdf', name: 'a.pdf', bytes: new Uint8Array(1) }, choices: choices(2) },
      'text 0',
      'text 0',
      'text 0',
    ],
  ];
  for (const [what, change, onPlain, onRich, onPage] of cases) {
    it(`${what}: ${onRich} on WhatsApp, ${onPage} on our page, ${onPlain} where nothing can be tapped`, () => {
      expect(shown(plainText, meant(change))).to.equal(onPlain);
      expect(shown(rich, meant(change))).to.equal(onRich);
      expect(shown(webPage, meant(change))).to.equal(onPage);
    });
  }
});
