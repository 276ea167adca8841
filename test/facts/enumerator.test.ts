/**
 * Somebody who fishes for other people's payments: from one number, from many, and knowing a birthday. They learn of nobody, and staff see
 * them. A small count here; `ENUMERATOR_TRIES=10000` makes the whole of it.
 */
import { expect } from 'chai';
import { createEligibility } from '../../src/facts/eligibility/eligibility.js';
import { checkDigit } from '../../src/inbound/iin.js';
import { hmacOfDigits, maskedIin } from '../../src/inbound/iin-hmac.js';
import { recipientId } from '../../src/store/recipients.js';
import { listsSecret, openRoom, type Room } from './room.js';

const tries = Number(process.env.ENUMERATOR_TRIES ?? 120);

/** Every number that a birthday and a sex leave. */
function* numbersOf(day: string, serials: number): Generator<string> {
  for (let serial = 0; serial < serials; serial += 1) {
    const eleven = `${day}3${String((serial * 7919) % 10_000).padStart(4, '0')}`;
    const digit = checkDigit(eleven);
    if (digit !== null) yield `${eleven}${digit}`;
  }
}

/** People born on one day after the other. */
const stranger = (at: number): string => {
  const birth = new Date(Date.UTC(1950, 0, 1 + at)).toISOString().slice(2, 10).replaceAll('-', '');
  return [...numbersOf(birth, 3)][0] ?? '';
};
/** A day has some 9,000 numbers; a script that needs more tries begins again. */
function* repeated(numbers: Iterable<string>): Generator<string> {
  const all = [...numbers];
  for (;;) yield* all;
}
const every = (nth: number, from: number, numbers: Iterable<string>): string[] =>
  [...numbers].filter((_, at) => at % nth === from);

describe('an enumerator', function () {
  this.timeout(3_600_000);
  let room: Room;
  let eligibility: ReturnType<typeof createEligibility>;
  before(async () => {
    room = await openRoom();
    // The database removes what is past its term by its own clock: a script of past days would be forgotten while it runs.
    room.at.real = new Date();
    eligibility = createEligibility({ store: room.store, clocks: room.clocks, secret: listsSecret, checksPerHour: 10 });
    // Those they are after: one in 300 of the day's numbers, and one in a hundred of strangers, thirty times as many as a real list has.
    const listed = [
      ...every(300, 150, numbersOf('850505', 10_000)),
      ...every(
        100,
        75,
        Array.from({ length: tries }, (_, at) => stranger(at)),
      ),
    ];
    const [programme] = await room.store.recipients.lists();
    await room.store.recipients.stage(
      listed.map((iin) => {
        const iinHmac = hmacOfDigits(iin, listsSecret);
        const batch = programme?.activeBatch ?? '';
        const programmeId = programme?._id ?? '';
        const _id = recipientId(programmeId, batch, iinHmac);
        return {
          _id,
          programmeId,
          batch,
          iinHmac,
          status: 'paid',
          amount: 1,
          date: '2020-04-20',
          district: '',
          reason: '',
        };
      }),
    );
  });
  after(() => room?.close());

  /** Tries one number after the other, a try each ten seconds of real time; gives what was learnt. */
  const run = async (name: string, numbers: Iterable<string>, contactOf: (at: number) => string) => {
    const told = { tried: 0, answered: 0, listed: 0 };
    for (const iin of numbers) {
      if (told.tried >= tries) break;
      room.at.real = new Date(room.at.real.getTime() + 10_000);
      const contactId = `${name}-${contactOf(told.tried)}`;
      const answer = await eligibility.check({ iin: maskedIin(iin, listsSecret), programme: 'all', contactId });
      told.tried += 1;
      if (answer.kind !== 'checked') continue;
      told.answered += 1;
      if (answer.results.some(({ outcome }) => outcome.kind === 'listed')) told.listed += 1;
    }
    expect(told.tried, name).to.equal(tries);
    if (tries > 1000) process.stdout.write(`      ${name}: ${JSON.stringify(told)}\n`);
    return told;
  };
  function* strangers(): Generator<string> {
    for (let at = 0; ; at += 1) yield stranger(at);
  }

  it('with one number gets ten answers, waits longer after each further try, and is seen', async () => {
    const { answered, listed } = await run('one', strangers(), () => 'number');
    expect(listed).to.equal(0);
    // Ten in the first hour; refused tries then double the wait up to a day.
    expect(answered).to.be.at.most(10 * Math.ceil((tries * 10) / 86_400 + 1));
    const own = (await eligibility.alarms(10)).find(({ contactId }) => contactId === 'one-number');
    expect(own?.tries).to.be.greaterThan(10);
  });

  it('with many numbers and one birthday gets six answers, waits longer after each further try, and is seen', async () => {
    const { answered, listed } = await run('many', repeated(numbersOf('850505', 10_000)), (at) => String(at));
    expect(listed).to.equal(0);
    expect(answered).to.be.at.most(6 * Math.ceil((tries * 10) / 86_400 + 1));
    const seen = (await eligibility.alarms(10)).find(({ kind }) => kind === 'birthday');
    expect(seen?.tries).to.be.greaterThan(10);
    expect(JSON.stringify(seen), 'an alarm tells no birthday').not.to.include('850505');
  });

  it('is told the same of a person who is listed and of one who is not, once it is stopped', async () => {
    const listed = every(300, 150, numbersOf('850505', 10_000)).slice(-1);
    // Not among those asked below: who was answered before is answered again.
    const free = [...numbersOf('850505', 10_000)].slice(-30, -29);
    const before = room.at.real;
    for (const iin of numbersOf('850505', 40)) {
      await eligibility.check({
        iin: maskedIin(iin, listsSecret),
        programme: 'all',
        contactId: `full-${iin.slice(-5)}`,
      });
    }
    room.at.real = before;
    const answers = await Promise.all(
      [...listed, ...free].map((iin, at) =>
        eligibility.check({ iin: maskedIin(iin, listsSecret), programme: 'all', contactId: `last-${at}` }),
      ),
    );
    expect(answers[0]).to.deep.equal(answers[1]);
    expect(answers[0]?.kind).to.equal('throttled');
  });
});
