import { expect } from 'chai';
import { ArticleError } from '../../src/facts/articles/article-error.js';
import type { ArticleFields } from '../../src/facts/articles/article-fields.js';
import { type Articles, createArticles } from '../../src/facts/articles/articles.js';
import { openRoom, type Room } from './room.js';

const refusal = async (work: Promise<unknown>): Promise<ArticleError> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof ArticleError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
};

describe('articles', () => {
  let room: Room;
  let articles: Articles;
  before(async () => {
    room = await openRoom();
    articles = createArticles(room);
  });
  after(() => room.close());
  const fieldsOf = async (id: string): Promise<{ fields: ArticleFields; version: number }> => {
    const seen = await articles.find(id);
    const fields = seen?.draft ?? seen?.published;
    if (!seen || !fields) throw new Error(`No article ${id}.`);
    return { fields, version: seen.version };
  };

  it('gives what is published, by id, by topic and to the index', async () => {
    const answer = await articles.published('pay-42500-who');
    expect(answer?.answer.ru).to.match(/^\*42 500 ₸\* – выплата тем/);
    expect(answer).not.to.have.property('examples');
    expect(await articles.published('no-such-article')).to.equal(null);
    const health = await articles.publishedByTopic('health');
    expect(health.map((article) => article.id)).to.deep.equal([
      'covid-symptoms',
      'covid-test',
      'covid-contact',
      'mask-rule',
      'hospital-visit',
      'covid-statistics',
    ]);
    const material = await articles.indexMaterial();
    expect(material).to.have.length(45);
    expect(material.find((article) => article.id === 'mask-rule')?.examples.kk.length).to.be.above(2);
  });

  it('shows a draft to nobody until it is published, and then to every process at once', async () => {
    const elsewhere = createArticles(room);
    const { fields, version } = await fieldsOf('mask-rule');
    const answer = { kk: 'Жаңа жауап.', ru: 'Новый ответ.' };
    const saved = await articles.saveDraft('mask-rule', { ...fields, answer }, 'aigul', version);
    expect((await elsewhere.published('mask-rule'))?.answer).to.deep.equal(fields.answer);
    const published = await articles.publish('mask-rule', 'bolat', saved.version);
    expect(published.draft).to.equal(undefined);
    expect((await elsewhere.published('mask-rule'))?.answer).to.deep.equal(answer);
    const history = await articles.history('mask-rule');
    expect(history.map(({ action, by, version: at }) => [action, by, at])).to.deep.equal([
      ['published', 'bolat', 3],
      ['drafted', 'aigul', 2],
      ['imported', 'pack', 1],
    ]);
  });

  it('refuses the second of two editors and says who was first', async () => {
    const { fields, version } = await fieldsOf('covid-test');
    const saves = ['aigul', 'bolat'].map((by) =>
      articles.saveDraft('covid-test', { ...fields, source: { kk: by, ru: by } }, by, version),
    );
    const results = await Promise.allSettled(saves);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).to.have.length(1);
    const reason: unknown = refused[0]?.status === 'rejected' ? refused[0].reason : null;
    expect(reason).to.be.instanceOf(ArticleError);
    const kept = await articles.find('covid-test');
    expect(reason).to.include({ code: 'stale', by: kept?.updatedBy });
    expect(kept?.version).to.equal(version + 1);
    expect((await refusal(articles.publish('covid-test', 'late', version))).code).to.equal('stale');
  });

  it('names the field and the fault of what cannot be an article', async () => {
    const { fields, version } = await fieldsOf('covid-contact');
    const wrong: ArticleFields = {
      ...fields,
      question: { kk: ' ', ru: fields.question.ru },
      answer: { kk: fields.answer.kk, ru: 'я'.repeat(601) },
      verifiedOn: '2020-04-23',
      reviewBy: '2020-04-01',
      validUntil: '2020-02-30',
    };
    const error = await refusal(articles.saveDraft('covid-contact', wrong, 'aigul', version));
    expect(error.code).to.equal('invalid');
    expect(error.faults).to.deep.include({ field: 'question.kk', code: 'empty' });
    expect(error.faults).to.deep.include({ field: 'answer.ru', code: 'too-long' });
    expect(error.faults).to.deep.include({ field: 'validUntil', code: 'no-such-day' });
    const backwards = { ...fields, verifiedOn: '2020-04-23', reviewBy: '2020-04-01' };
    const late = await refusal(articles.saveDraft('covid-contact', backwards, 'aigul', version));
    expect(late.faults).to.deep.equal([{ field: 'reviewBy', code: 'before-verified' }]);
    expect((await articles.find('covid-contact'))?.version).to.equal(version);
  });

  it('counts six hundred characters as a reader does', async () => {
    const { fields, version } = await fieldsOf('hospital-visit');
    const answer = { kk: '😷'.repeat(600), ru: fields.answer.ru };
    const saved = await articles.saveDraft('hospital-visit', { ...fields, answer }, 'aigul', version);
    expect(saved.draft?.answer.kk).to.equal(answer.kk);
  });

  it('is silent only past an explicit end date, and warns when a review is due', async () => {
    const { fields, version } = await fieldsOf('school-online');
    const ending = { ...fields, validUntil: '2020-05-25' };
    const saved = await articles.saveDraft('school-online', ending, 'aigul', version);
    await articles.publish('school-online', 'aigul', saved.version);
    const before = room.at.business;
    try {
      // The last moment of the last day, and the first after it, in Kyzylorda.
      room.at.business = new Date('2020-05-25T23:59:59+05:00');
      expect((await articles.published('school-online'))?.validUntil).to.equal('2020-05-25');
      room.at.business = new Date('2020-05-26T00:00:00+05:00');
      expect(await articles.published('school-online')).to.equal(null);
      expect((await articles.publishedByTopic('services')).map((article) => article.id)).not.to.include(
        'school-online',
      );
      const listed = await articles.list();
      expect(listed.find((article) => article.id === 'school-online')).to.include({ expired: true, needsReview: true });
      expect(listed.find((article) => article.id === 'kindergarten')).to.include({ expired: false, needsReview: true });
      expect(await articles.published('kindergarten')).not.to.equal(null);
    } finally {
      room.at.business = before;
    }
    expect((await articles.find('kindergarten'))?.needsReview).to.equal(false);
  });

  it('takes a new article, once', async () => {
    const { fields } = await fieldsOf('kindergarten');
    const made = await articles.create('summer-camps', fields, 'aigul');
    expect(await articles.published('summer-camps')).to.equal(null);
    await articles.publish('summer-camps', 'aigul', made.version);
    expect((await articles.published('summer-camps'))?.id).to.equal('summer-camps');
    expect((await refusal(articles.create('summer-camps', fields, 'bolat'))).code).to.equal('id-taken');
    const unfit = { ...fields, source: { kk: '', ru: 'Водоканал' }, examples: { kk: Array(201).fill('жаз'), ru: [] } };
    expect((await refusal(articles.create('Лагерь', unfit, 'bolat'))).faults).to.deep.equal([
      { field: 'id', code: 'bad-id' },
      { field: 'examples.kk', code: 'too-many' },
      { field: 'source.kk', code: 'empty' },
    ]);
    expect((await refusal(articles.publish('summer-camps', 'bolat', made.version + 1))).code).to.equal('no-draft');
    expect((await refusal(articles.saveDraft('nowhere', fields, 'bolat', 1))).code).to.equal('not-found');
  });

  it('from before sources stood in both languages are brought into today’s form, once', async () => {
    const rows = room.connection.collection<{ readonly _id: string }>('articles');
    const [text, id] = ['Сыр бойы / Кызылординские вести', 'school-online'];
    await rows.updateOne({ _id: id }, { $set: { 'published.source': text } });
    await room.store.migrate();
    expect((await articles.published(id))?.source).to.deep.equal({ kk: text, ru: text });
    const { fields, version } = await fieldsOf(id);
    await articles.saveDraft(id, { ...fields, source: { kk: 'Сыр бойы', ru: 'Вести' } }, 'aigul', version);
    await room.store.migrate();
    expect((await articles.find(id))?.draft?.source).to.deep.equal({ kk: 'Сыр бойы', ru: 'Вести' });
  });
});
