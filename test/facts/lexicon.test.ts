import { expect } from 'chai';
import type { ConceptFields } from '../../src/facts/lexicon/concept-fields.js';
import { createLexicon, type Lexicon, LexiconError } from '../../src/facts/lexicon/lexicon.js';
import { openRoom, type Room } from './room.js';

const refusal = async (work: Promise<unknown>): Promise<LexiconError> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof LexiconError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
};

describe('the lexicon', () => {
  let room: Room;
  let lexicon: Lexicon;
  before(async () => {
    room = await openRoom();
    lexicon = createLexicon(room);
  });
  after(() => room.close());
  const concept = async (id: string) => {
    const found = await lexicon.find(id);
    if (!found) throw new Error(`No concept ${id}.`);
    return found;
  };
  const withWord = ({ name, words }: ConceptFields, language: 'kk' | 'ru', word: string): ConceptFields => ({
    name,
    words: { ...words, [language]: [...words[language], word] },
  });

  it('gives the index its concepts in the order of the pack, as words alone', async () => {
    const material = await lexicon.indexMaterial();
    expect(material.map(({ id }) => id)).to.deep.equal(room.pack.lexicon.map(({ id }) => id));
    expect(material.find(({ id }) => id === 'benefit')).to.deep.equal({
      id: 'benefit',
      words: { kk: ['аәк', 'атаулы'], ru: ['асп', 'адресн'] },
    });
  });

  it('puts a change in force at once, for every process, and keeps who and when', async () => {
    const elsewhere = createLexicon(room);
    const seen = await concept('vehicle');
    await lexicon.publish('vehicle', withWord(seen, 'ru', 'сегвей'), 'aigul', seen.version);
    room.at.real = new Date('2026-01-02T09:00:00Z');
    const changed = await concept('vehicle');
    await lexicon.publish('vehicle', { ...changed, words: seen.words }, 'bolat', changed.version);
    expect((await elsewhere.indexMaterial()).find(({ id }) => id === 'vehicle')?.words).to.deep.equal(seen.words);
    const history = await lexicon.history('vehicle');
    expect(history.map(({ action, by, at, version }) => [action, by, at.toISOString(), version])).to.deep.equal([
      ['changed', 'bolat', '2026-01-02T09:00:00.000Z', 3],
      ['changed', 'aigul', '2050-01-01T00:00:00.000Z', 2],
      ['imported', 'pack', '2050-01-01T00:00:00.000Z', 1],
    ]);
    expect(history[1]?.fields.words.ru).to.include('сегвей');
  });

  it('takes a new concept, once', async () => {
    const fields = { name: { kk: 'дирижабль', ru: 'дирижабль' }, words: { kk: [], ru: ['дирижабл', 'цеппелин'] } };
    await lexicon.publish('own-airship', fields, 'aigul', 0);
    expect((await lexicon.list()).at(-1)?.id).to.equal('own-airship');
    expect((await refusal(lexicon.publish('own-airship', fields, 'bolat', 0))).code).to.equal('stale');
    expect((await refusal(lexicon.publish('own-nothing', fields, 'bolat', 4))).code).to.equal('not-found');
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['two words', 'бала бақша'],
    ['one letter', 'б'],
    ['letters that say nothing', 'ьь'],
    ['digits', '42500'],
  ];
  for (const [what, word] of wrong) {
    it(`refuses ${what} and names the word`, async () => {
      const seen = await concept('garden');
      const error = await refusal(lexicon.publish('garden', withWord(seen, 'kk', word), 'aigul', seen.version));
      expect(error).to.deep.include({ code: 'invalid', faults: [{ field: 'words.kk', code: 'no-word', word }] });
      expect((await concept('garden')).version).to.equal(seen.version);
    });
  }

  it('refuses a word that another concept holds, also where it is typed otherwise, and names that concept', async () => {
    const seen = await concept('garden');
    for (const [language, word] of [
      ['ru', 'Пенси'],
      ['kk', 'зеинет'],
      ['kk', 'zeinet'],
    ] as const) {
      const error = await refusal(lexicon.publish('garden', withWord(seen, language, word), 'aigul', seen.version));
      const holder = { kk: 'зейнеткер', ru: 'пенсионер' };
      expect(error.faults).to.deep.equal([{ field: `words.${language}`, code: 'word-taken', word, holder }]);
      expect((await refusal(lexicon.materialWith('garden', withWord(seen, language, word)))).code).to.equal('invalid');
    }
  });

  it('refuses the second of two editors and says who was first', async () => {
    const seen = await concept('school');
    await lexicon.publish('school', withWord(seen, 'ru', 'гимнази'), 'aigul', seen.version);
    const late = await refusal(lexicon.publish('school', withWord(seen, 'ru', 'лицей'), 'bolat', seen.version));
    expect(late).to.include({ code: 'stale', by: 'aigul' });
  });

  it('lets a word into one concept only, also where two editors give it to two at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const word = `слово${'абвгд'[round]}`;
      const [mask, doctor] = await Promise.all([concept('mask'), concept('doctor')]);
      const results = await Promise.allSettled([
        lexicon.publish('mask', withWord(mask, 'ru', word), 'aigul', mask.version),
        lexicon.publish('doctor', withWord(doctor, 'ru', word), 'bolat', doctor.version),
      ]);
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).to.have.length(1);
      expect(refused[0]?.reason).to.be.instanceOf(LexiconError).and.to.include({ code: 'invalid' });
      const holders = (await lexicon.indexMaterial()).filter(({ words }) => words.ru.includes(word));
      expect(holders).to.have.length(1);
    }
  });

  it('tells what the index would get without changing anything', async () => {
    const seen = await concept('army');
    const material = await lexicon.materialWith('army', withWord(seen, 'ru', 'повестк'));
    expect(material.find(({ id }) => id === 'army')?.words.ru).to.include('повестк');
    expect(await concept('army')).to.deep.equal(seen);
    const fresh = await lexicon.materialWith('own-fresh', {
      name: { kk: 'а', ru: 'а' },
      words: { kk: [], ru: ['яхта'] },
    });
    expect(fresh.at(-1)).to.deep.equal({ id: 'own-fresh', words: { kk: [], ru: ['яхта'] } });
    expect(await lexicon.find('own-fresh')).to.equal(null);
  });
});
