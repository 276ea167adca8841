import { expect } from 'chai';
import mongoose from 'mongoose';
import type { CheckResult, EligibilityAnswer } from '../../src/dialogue/fact-requests.js';
import { createEligibility } from '../../src/facts/eligibility/eligibility.js';
import { checkDigit } from '../../src/inbound/iin.js';
import { hmacOfDigits, maskedIin } from '../../src/inbound/iin-hmac.js';
import { createStore } from '../../src/store/store.js';
import { listsSecret, openRoom, type Room } from './room.js';

const iinOf = (eleven: string): string => {
  const digit = checkDigit(eleven);
  if (digit === null) throw new Error('Never issued.');
  return `${eleven}${digit}`;
};
const checked = (answer: EligibilityAnswer): readonly CheckResult[] => {
  if (answer.kind !== 'checked') throw new Error(`It was ${answer.kind}.`);
  return answer.results;
};

describe('eligibility', () => {
  let room: Room;
  before(async () => {
    room = await openRoom();
  });
  after(() => room.close());
  const rooms = (limits: { checksPerHour: number; birthChecksPerHour?: number }) =>
    createEligibility({ store: room.store, clocks: room.clocks, secret: listsSecret, ...limits });
  const masked = (iin: string) => maskedIin(iin, listsSecret);

  it('names the programmes in the order of the pack', async () => {
    const { programmes } = rooms({ checksPerHour: 10 });
    expect((await programmes()).map(({ id, intent }) => [id, intent])).to.deep.equal([
      ['pay-42500', 'service:eligibility-42500'],
      ['pay-50000', 'service:eligibility-50000'],
      ['pay-15000', 'service:eligibility-15000'],
    ]);
  });

  it('shows staff which programmes and lists are samples, and which list is missing', async () => {
    const { list } = rooms({ checksPerHour: 10 });
    const lists = room.connection.collection('lists');
    const before = await list();
    expect(before.map(({ id, sample, list: inForce }) => [id, sample, inForce])).to.deep.equal([
      ['pay-42500', true, { asOf: '2020-04-23', rows: 32, sample: true }],
      ['pay-50000', true, { asOf: '2020-04-23', rows: 16, sample: true }],
      ['pay-15000', true, { asOf: '2020-04-23', rows: 12, sample: true }],
    ]);
    const kept = await lists.find().toArray();
    await lists.updateOne({ _id: 'pay-42500' as never }, { $set: { sample: false } });
    await lists.deleteOne({ _id: 'pay-15000' as never });
    expect((await list()).map(({ list: inForce }) => inForce?.sample)).to.deep.equal([false, true, undefined]);
    await lists.deleteMany({});
    await lists.insertMany(kept);
  });

  it('gives every row of the sample list its answer, in one programme and in all at once', async () => {
    const { check } = rooms({ checksPerHour: 1000, birthChecksPerHour: 1000 });
    const rows = room.pack.sampleList?.rows ?? [];
    expect(rows).to.have.length(60);
    for (const row of rows) {
      const iin = masked(row.iin);
      const [one] = checked(await check({ iin, programme: row.programme, contactId: 'all-rows' }));
      const { status, amount, date } = row;
      expect(one?.programme).to.equal(row.programme);
      expect(one?.outcome).to.deep.include({ kind: 'listed', status, amount, date });
      if (one?.outcome.kind !== 'listed') throw new Error('Not listed.');
      expect(one.outcome.reason === undefined).to.equal(status !== 'refused');
      const all = checked(await check({ iin, programme: 'all', contactId: 'all-rows' }));
      const mine = rows.filter((other) => other.iin === row.iin).map((other) => other.programme);
      expect(all.map((result) => result.outcome.kind)).to.deep.equal(
        ['pay-42500', 'pay-50000', 'pay-15000'].map((id) => (mine.includes(id) ? 'listed' : 'not-listed')),
      );
    }
  });

  it('puts the reason of a refusal into both languages', async () => {
    const { check } = rooms({ checksPerHour: 10 });
    const [result] = checked(await check({ iin: masked('940625399459'), programme: 'pay-42500', contactId: 'reason' }));
    expect(result?.outcome).to.deep.include({
      reason: { kk: 'банк шотының нөмірі қате', ru: 'неверно указан банковский счёт' },
    });
  });

  it('says since when the list is and how old, once its promise is broken', async () => {
    const { check } = rooms({ checksPerHour: 10 });
    const ask = async () => checked(await check({ iin: masked('940625399459'), programme: 'all', contactId: 'age' }));
    const before = room.at.business;
    try {
      room.at.business = new Date('2020-04-26T23:00:00+05:00');
      expect((await ask()).map((result) => [result.listDate, result.staleDays])).to.deep.equal([
        ['2020-04-23', undefined],
        ['2020-04-23', undefined],
        ['2020-04-23', undefined],
      ]);
      room.at.business = new Date('2020-04-27T00:00:00+05:00');
      expect((await ask()).map((result) => result.staleDays)).to.deep.equal([4, undefined, undefined]);
    } finally {
      room.at.business = before;
    }
  });

  it('looks only at the batch in force, and says where there is no list', async () => {
    const { check } = rooms({ checksPerHour: 10 });
    const iin = '940625399459';
    const stranger = {
      _id: 'pay-50000:old:x',
      programmeId: 'pay-50000',
      batch: 'old',
      iinHmac: hmacOfDigits(iin, listsSecret),
      status: 'paid',
      amount: 50000,
      date: '2020-03-01',
      district: '',
      reason: '',
    };
    await room.connection.collection('recipients').insertOne(stranger as never);
    const list = await room.connection.collection('lists').findOne({ _id: 'pay-15000' as never });
    await room.connection.collection('lists').deleteOne({ _id: 'pay-15000' as never });
    try {
      const results = checked(await check({ iin: masked(iin), programme: 'all', contactId: 'batch' }));
      expect(results.map((result) => result.outcome.kind)).to.deep.equal(['listed', 'not-listed', 'no-list']);
    } finally {
      await room.connection.collection('recipients').deleteOne({ _id: stranger._id as never });
      if (list) await room.connection.collection('lists').insertOne(list as never);
    }
  });

  it('is two commands, all on an index, and the same whether somebody is listed, is not, or may not be asked about', async () => {
    let sent: string[] = [];
    const watched = await mongoose
      .createConnection(room.uri, { monitorCommands: true, autoIndex: false, autoCreate: false })
      .asPromise();
    const store = createStore(watched);
    const limits = { checksPerHour: 2, birthChecksPerHour: 2 };
    const { check } = createEligibility({ store, clocks: room.clocks, secret: listsSecret, ...limits });
    watched.getClient().on('commandStarted', ({ commandName, command }) => {
      // Counts and alarms are written off the way of the answer.
      if (!['check_days', 'enumeration_alarms'].includes(command[commandName])) sent.push(shape(commandName, command));
    });
    const priceOf = async (iin: string, contactId: string): Promise<string> => {
      sent = [];
      const answer = await check({ iin: masked(iin), programme: 'pay-42500', contactId });
      return answer.kind === 'checked' ? (answer.results[0]?.outcome.kind ?? 'none') : answer.kind;
    };
    try {
      expect(await priceOf('940625399459', 'count')).to.equal('listed');
      const first = sent;
      expect(first.map((command) => command.split(' ')[0])).to.deep.equal(['update', 'aggregate']);
      expect(await priceOf(iinFromDay('940625', 300), 'count')).to.equal('not-listed');
      expect(sent, 'not listed').to.deep.equal(first);
      expect(await priceOf(iinFromDay('940626', 300), 'count'), 'too many people').to.equal('throttled');
      expect(sent, 'too many people').to.deep.equal(first);
      expect(await priceOf(iinFromDay('940625', 400), 'other'), 'too many of a day').to.equal('throttled');
      expect(sent, 'too many of a day').to.deep.equal(first);
      // Wrong digits of somebody listed and of nobody: told by the digits alone, without a look at any list.
      for (const wrong of ['940625399450', '940625399451']) {
        sent = [];
        const refused = await check({ iin: masked(wrong), programme: 'all', contactId: 'wrong' }).catch(String);
        expect([refused, sent], wrong).to.deep.equal(['EligibilityError: faulty-iin', []]);
      }
    } finally {
      await watched.close();
    }
    const plan = await room.connection
      .collection('recipients')
      .find({ iinHmac: { $in: ['x', 'y'] } })
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).to.match(/IXSCAN/);
  });

  it('gives one contact so many different people an hour, and their own as often as they like', async () => {
    const { check } = rooms({ checksPerHour: 3 });
    const before = room.at.real;
    const ask = (serial: number, contactId = 'fisher') =>
      check({ iin: masked(someone(serial)), programme: 'all', contactId });
    try {
      for (const serial of [10, 11, 12]) expect((await ask(serial)).kind).to.equal('checked');
      expect(await ask(13)).to.deep.equal({ kind: 'throttled', minutes: 60 });
      expect((await ask(11)).kind).to.equal('checked');
      room.at.real = new Date(before.getTime() + 30 * 60_000);
      expect(await ask(13)).to.deep.equal({ kind: 'throttled', minutes: 30 });
      expect((await ask(13, 'another')).kind).to.equal('checked');
      room.at.real = new Date(before.getTime() + 60 * 60_000 + 1);
      expect((await ask(13)).kind).to.equal('checked');
    } finally {
      room.at.real = before;
    }
  });

  it('is not outrun by asking all at once', async () => {
    const { check } = rooms({ checksPerHour: 5 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, serial) =>
        check({ iin: masked(someone(100 + serial)), programme: 'all', contactId: 'hasty' }),
      ),
    );
    expect(answers.filter((answer) => answer.kind === 'checked')).to.have.length(5);
  });

  it('stops many contacts that try one birthday', async () => {
    const { check } = rooms({ checksPerHour: 10, birthChecksPerHour: 6 });
    const kinds: string[] = [];
    for (let serial = 0; serial < 10; serial += 1) {
      const iin = masked(iinFromDay('850505', 300 + serial));
      kinds.push((await check({ iin, programme: 'all', contactId: `swarm-${serial}` })).kind);
    }
    expect(kinds.filter((kind) => kind === 'checked')).to.have.length(6);
    expect(kinds.slice(6)).to.deep.equal(['throttled', 'throttled', 'throttled', 'throttled']);
  });

  it('refuses a number without a hash and a programme that is not there', async () => {
    const { check } = rooms({ checksPerHour: 10 });
    const ask = (iin: string, programme: string) => check({ iin: masked(iin), programme, contactId: 'wrong' });
    const codes = await Promise.all(
      [ask('940625399450', 'all'), ask('940625399459', 'pay-99999')].map((work) =>
        work.then(
          () => 'taken',
          (error: { code?: string }) => error.code,
        ),
      ),
    );
    expect(codes).to.deep.equal(['faulty-iin', 'unknown-programme']);
  });
});

/** A command without what differs from person to person and from moment to moment. */
const shape = (name: string, command: Readonly<Record<string, unknown>>): string => {
  const { updates, pipeline, [name]: collection } = command;
  const body = JSON.stringify(updates ?? pipeline)
    .replaceAll(/[0-9a-f]{16,}|contact:\w+/g, '·')
    .replaceAll(/\d{12,}|\d{4}-\d\d-\d\dT[^"]*/g, '·');
  return `${name} ${collection} ${body}`;
};
/** A fictitious IIN of one day by serial; serials without a check digit are passed over. */
const iinFromDay = (day: string, serial: number): string => {
  for (let number = serial * 7; ; number += 1) {
    const eleven = `${day}3${String(number % 10_000).padStart(4, '0')}`;
    if (checkDigit(eleven) !== null) return iinOf(eleven);
  }
};
const someone = (serial: number): string => iinFromDay(`9${serial % 10}0101`, serial);
