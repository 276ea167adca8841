/** Working time of queues: pure sums over hours and holidays, and what is promised to residents by them. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createEmptyHidden } from '../../src/facts/queues/empty-hidden.js';
import { createQueues } from '../../src/facts/queues/queues.js';
import { starterQueues } from '../../src/facts/queues/starter-routes.js';
import { afterWorking, type Calendar, closesAt, openAt } from '../../src/facts/queues/working-time.js';
import { createTickets } from '../../src/facts/tickets/tickets.js';
import { loadTexts } from '../../src/i18n.js';
import { parseOfficeHours } from '../../src/office-hours.js';
import { projectRoot } from '../../src/project-root.js';
import { seedTicket } from '../support/seed-ticket.js';
import { openRoom, type Room } from './room.js';

const weekly = parseOfficeHours('Mon-Fri 09:00-18:00, Sat 10:00-14:00') ?? [];
const calendar: Calendar = {
  week: weekly,
  days: [
    { day: '2020-05-01', stretches: [] },
    { day: '2020-05-03', stretches: [{ fromMinute: 600, toMinute: 720 }] },
  ],
  timeZone: 'Asia/Qyzylorda',
};
const at = (local: string): Date => new Date(`${local}:00+05:00`);
const hour = 3_600_000;

describe('working time', () => {
  it('is open within hours, and else opens next: over nights, week-ends, holidays and days with hours of their own', () => {
    const opens = (local: string) => {
      const { openNow, opensAt } = openAt(calendar, at(local));
      return openNow ? 'open' : opensAt.toISOString();
    };
    expect(opens('2020-04-30T17:59')).to.equal('open');
    // Friday is a holiday, Saturday has short hours.
    expect(opens('2020-04-30T18:00')).to.equal(at('2020-05-02T10:00').toISOString());
    expect(opens('2020-05-01T12:00')).to.equal(at('2020-05-02T10:00').toISOString());
    // This Sunday is worked for two hours.
    expect(opens('2020-05-02T14:00')).to.equal(at('2020-05-03T10:00').toISOString());
    expect(opens('2020-05-03T12:00')).to.equal(at('2020-05-04T09:00').toISOString());
  });

  it('closes at the end of what is worked now, over midnight too, and never where it is open for days', () => {
    const closes = (of: Calendar, local: string) => closesAt(of, at(local))?.toISOString() ?? null;
    expect(closes(calendar, '2020-04-30T17:59')).to.equal(at('2020-04-30T18:00').toISOString());
    expect(closes(calendar, '2020-04-30T18:00')).to.equal(null);
    const night = { ...calendar, days: [], week: parseOfficeHours('Mon-Sun 20:00-24:00, Mon-Sun 00:00-08:00') ?? [] };
    expect(closes(night, '2020-04-30T23:00')).to.equal(at('2020-05-01T08:00').toISOString());
    expect(closes({ ...night, week: parseOfficeHours('Mon-Sun 00:00-24:00') ?? [] }, '2020-04-30T23:00')).to.equal(
      null,
    );
  });

  it('stops the clock of a promise outside hours', () => {
    const due = (local: string, hours: number) => afterWorking(calendar, at(local), hours * hour).toISOString();
    expect(due('2020-04-30T10:00', 2)).to.equal(at('2020-04-30T12:00').toISOString());
    expect(due('2020-04-30T17:00', 2)).to.equal(at('2020-05-02T11:00').toISOString());
    expect(due('2020-05-01T03:00', 4)).to.equal(at('2020-05-02T14:00').toISOString());
    expect(due('2020-05-01T03:00', 5)).to.equal(at('2020-05-03T11:00').toISOString());
  });

  it('never says that nobody ever works: the last resort is sixty days ahead', () => {
    const never = { ...calendar, week: [], days: [] };
    expect(openAt(never, at('2020-05-01T00:00')).opensAt).to.deep.equal(at('2020-06-30T00:00'));
    expect(afterWorking(never, at('2020-05-01T00:00'), hour)).to.deep.equal(at('2020-06-30T00:00'));
  });
});

describe('queues', function () {
  this.timeout(240_000);
  let room: Room;
  before(async () => {
    room = await openRoom(false);
  });
  after(() => room.close());

  it('promise by their own hours, in the clock of tickets, and refuse a stale change', async () => {
    const { store, clocks } = room;
    const queues = createQueues({
      store,
      clocks,
      newId: randomUUID,
      officeHours: weekly,
      replyHours: 2,
      timeZone: 'Asia/Qyzylorda',
    });
    room.at.business = at('2020-04-30T17:00');
    const before = await queues.promise('health');
    expect(before.answerBy.getTime() - room.at.real.getTime()).to.equal(
      at('2020-05-01T10:00').getTime() - room.at.business.getTime(),
    );
    const change = { members: ['aigul'], days: [...calendar.days], firstReplyMinutes: 60, resolveMinutes: 600 };
    expect(await queues.save('health', 0, change, 'lead')).to.equal(true);
    expect(await queues.save('health', 0, { ...change, members: [] }, 'other')).to.equal(false);
    expect(await queues.ofMember('aigul')).to.deep.equal(['health']);
    room.at.business = at('2020-04-30T17:30');
    const { answerBy } = await queues.promise('health');
    expect(answerBy.getTime() - room.at.real.getTime()).to.equal(
      at('2020-05-02T10:30').getTime() - room.at.business.getTime(),
    );
    expect(await queues.hoursOf('health', at('2020-05-01T12:00'))).to.deep.include({ openNow: false, replyHours: 1 });
    await queues.assign('aigul', ['payments', 'other'], 'lead');
    expect([...(await queues.ofMember('aigul'))].sort()).to.deep.equal(['other', 'payments']);
    expect((await queues.find('health')).version).to.equal(2);
  });

  it('are made, get topics, and are hidden for another, which gets topics and open tickets; nobody is left behind', async () => {
    const { store, clocks } = room;
    const parts = { store, clocks, newId: randomUUID };
    const queues = createQueues({ ...parts, officeHours: weekly, replyHours: 2, timeZone: 'Asia/Qyzylorda' });
    const emptyHidden = createEmptyHidden({ ...parts, queues });
    const id = (await queues.create({ kk: 'Маска', ru: 'Маски' }, 'lead')) ?? '';
    expect((await queues.list()).map((queue) => queue.id)).to.deep.equal([...starterQueues, id]);
    expect(await queues.route('faq:mask-rule')).to.equal('health');
    await queues.sendTopics(['faq:mask-rule'], id, 'lead');
    expect(await queues.route('faq:mask-rule')).to.equal(id);
    expect([...(await queues.routes(['faq:mask-rule', 'faq:covid-test', 'escalate'])).values()]).to.deep.equal([
      id,
      'health',
      'other',
    ]);
    await queues.assign('aigul', [id], 'lead');
    await queues.assign('bolat', [id, 'health'], 'lead');
    const [hers, his, anybodys] = [
      await seedTicket(store, { queue: id }),
      await seedTicket(store, { queue: id }),
      await seedTicket(store, { queue: id }),
    ];
    const tickets = createTickets({
      ...parts,
      mask: (text) => text,
      deadlines: queues.promise,
      texts: loadTexts(projectRoot),
    });
    await tickets.claim(hers.ticketId, 'aigul');
    await tickets.claim(his.ticketId, 'bolat');
    const { version } = await queues.find(id);
    expect(await queues.hide('other', 0, 'health', 'lead')).to.equal('last-resort');
    expect(await queues.hide(id, version, id, 'lead')).to.equal('no-such-target');
    expect(await queues.hide(id, version, 'nowhere', 'lead')).to.equal('no-such-target');
    expect(await queues.hide(id, version - 1, 'health', 'lead')).to.equal('stale');
    expect(await queues.hide(id, version, 'health', 'lead')).to.equal(null);
    expect(await queues.hide('business', 0, id, 'lead')).to.equal('target-hidden');
    expect(await queues.route('faq:mask-rule')).to.equal('health');
    await emptyHidden();
    await emptyHidden();
    const stand = async () =>
      (await store.tickets.findMany([hers, his, anybodys].map(({ ticketId }) => ticketId)))
        .map(({ queue, status, claimedBy }) => [queue, status, claimedBy].filter(Boolean).join(' '))
        .sort();
    // Who does not answer in the other queue cannot read the ticket any more: it waits there for those who do.
    expect(await stand()).to.deep.equal(['health claimed bolat', 'health waiting', 'health waiting']);
    expect((await store.conversations.find(hers.conversationId))?.heldBy).to.equal(undefined);
    // A turn that was decided before the queue was hidden writes its ticket after.
    const late = await seedTicket(store, { queue: id });
    await emptyHidden();
    expect((await store.tickets.find(late.ticketId))?.queue).to.equal('health');
    expect(await queues.hide(id, version + 1, null, 'lead')).to.equal(null);
    expect(await queues.route('faq:mask-rule')).to.equal(id);
  });
});
