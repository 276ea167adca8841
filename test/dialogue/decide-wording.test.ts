/** How replies are put together: their length, their numbered lines, picking by words and taps on older replies. */
import { expect } from 'chai';
import { numbered, offer, page } from '../../src/dialogue/offer-choices.js';
import { fitted, longestReply } from '../../src/dialogue/reply.js';
import type { Speech } from '../../src/dialogue/speech.js';
import type { Candidate } from '../../src/understand/contract.js';
import { createTalk, t } from './talk.js';

const unsure: readonly Candidate[] = [{ label: 'faq:mask-rule', probability: 0.3 }];

describe('a reply in its length', () => {
  it('drops what may be dropped from the end, and nothing else', () => {
    const must = ['а'.repeat(900)];
    expect(fitted({ must, may: ['б'.repeat(100), 'в'] })).to.equal(`${must}\n\n${'б'.repeat(100)}\n\nв`);
    expect(fitted({ must, may: ['б'.repeat(110), 'в'.repeat(50)] })).to.equal(`${must}\n\n${'б'.repeat(110)}`);
    expect(fitted({ must, may: ['б'.repeat(122)] })).to.equal(must[0]);
    expect(fitted({ must: ['', 'а', ''], may: [''] })).to.equal('а');
  });

  it('shortens the longest part where even what must stand is too long', () => {
    const text = fitted({ must: ['receipt K-7F3Q', 'ж'.repeat(3_000), 'the end'], may: ['more'] });
    expect(text).to.have.length(longestReply - 1);
    expect(text.startsWith('receipt K-7F3Q')).to.equal(true);
    expect(text.endsWith('…\n\nthe end')).to.equal(true);
  });

  it('keeps every numbered line, however long the questions are', () => {
    const options = Array.from({ length: 10 }, (_, place) => ({
      words: `${place} ${'ж'.repeat(200)}`,
      meaning: { kind: 'handoff' } as const,
    }));
    const choices = offer({ token: 'abc' } as Speech, options);
    const lines = numbered(choices).split('\n');
    expect(lines).to.have.length(10);
    for (const [place, line] of lines.entries())
      expect(line).to.match(new RegExp(`^\\*${place + 1}\\* – ${place} ж+…$`));
    expect(lines.join('\n').length).to.be.lessThan(800);
    expect(choices.every(({ title }) => title.length <= 24)).to.equal(true);
  });

  it('pages a list without losing or repeating anything', () => {
    for (const size of [0, 1, 9, 10, 11, 19, 20, 37]) {
      const items = Array.from({ length: size }, (_, place) => place);
      const seen: number[] = [];
      for (let from: number | undefined = 0; from !== undefined; ) {
        const { shown, next }: { readonly shown: readonly number[]; readonly next?: number } = page(items, from);
        expect(shown.length + (next === undefined ? 0 : 1)).to.be.at.most(10);
        seen.push(...shown);
        from = next;
      }
      expect(seen).to.deep.equal(items);
    }
  });
});

describe('what was offered', () => {
  it('is picked by words without Kazakh letters, in capitals, and by a beginning', () => {
    for (const typed of ['денсаулык', 'ДЕНСАУЛЫҚ', 'денсаул']) {
      const talk = createTalk({ language: 'kk' });
      talk.says('мәзір');
      const { text } = talk.says(typed, { candidates: unsure });
      expect(text, typed).to.contain(`*${t('kk', 'bot:menu.health')}*`);
    }
    for (const typed of ['д', 'ден', 'денсаулық пен бекет']) {
      const talk = createTalk({ language: 'kk' });
      talk.says('мәзір');
      expect(talk.says(typed, { candidates: unsure }).text, typed).not.to.contain(`*${t('kk', 'bot:menu.health')}*`);
    }
  });

  it('is not picked by a tap on an older reply, which is read as words', () => {
    const talk = createTalk({ language: 'ru' });
    const first = talk.says('Обязательно ли носить маску?').choices;
    talk.says('?', { candidates: [{ label: 'faq:bazaar-open', probability: 0.9 }] });
    const [, no] = first;
    if (!no) throw new Error('Nothing was offered.');
    const { ticket } = talk.tapsOld(no).settled;
    expect(ticket, 'it did not say that the second answer was no help').to.include({ reason: 'asked-for-human' });
  });

  it('has ids of its own in every reply', () => {
    const talk = createTalk({ language: 'ru' });
    const ids = ['меню', 'меню', 'меню'].flatMap((text) => talk.says(text).choices.map(({ id }) => id));
    expect(new Set(ids).size).to.equal(24);
  });
});
