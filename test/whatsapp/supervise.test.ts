/** Who owns the number's session: one process, as long as it lives, also where the database leaves a question unanswered. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { systemClock } from '../../src/clock.js';
import { silentLogger } from '../../src/log.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore, type Store } from '../../src/store/store.js';
import { createLinkRecord } from '../../src/transport/whatsapp-web/link-record.js';
import type { Session, SessionEnd } from '../../src/transport/whatsapp-web/session.js';
import { supervise } from '../../src/transport/whatsapp-web/supervise.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { soon } from '../support/visitor.js';

/** The proportions of a service's times, somewhat shorter: what is left of the lease has to be enough for a slow machine's answer. */
const times = { leaseMs: 9_000, everyMs: 1_800, longestMs: 2_400 } as const;

describe('the owner of the WhatsApp session', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let connection: Connection;
  let store: Store;
  let folder: string;
  const stops: (() => Promise<void>)[] = [];
  before(async () => {
    database = await createTestDatabase();
    connection = await openDatabase(database.uri);
    store = createStore(connection);
    folder = await mkdtemp(join(tmpdir(), 'naqty-owner-'));
  });
  after(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await connection?.close();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A process over a session that ends when it is told to; `unanswered` says which of its questions to the database get no answer. */
  const started = (
    unanswered: (question: number) => boolean = () => false,
    { change = store.channels.change }: { readonly change?: Store['channels']['change'] } = {},
  ) => {
    const ends: SessionEnd[] = [];
    const sessions: Session[] = [];
    const open = (): Session => {
      let end: (why: SessionEnd) => void = () => undefined;
      const ended = new Promise<SessionEnd>((resolve) => {
        end = resolve;
      });
      void ended.then((why) => ends.push(why));
      const session = { ended, end, close: async () => undefined } as Pick<
        Session,
        'ended' | 'end' | 'close'
      > as Session;
      sessions.push(session);
      return session;
    };
    let questions = 0;
    const hold: Store['leases']['hold'] = (...question) => {
      questions += 1;
      return unanswered(questions) ? new Promise(() => undefined) : store.leases.hold(...question);
    };
    const leases = { ...store.leases, hold };
    const of = {
      ...{ store: { ...store, leases, channels: { ...store.channels, change } } },
      ...{ clock: systemClock, logger: silentLogger },
    };
    const link = supervise({ folder, open, record: createLinkRecord(of), ...of, random: Math.random, times });
    link.start();
    stops.push(link.stop);
    return { ends, sessions, owns: link.owns, stop: link.stop, questions: () => questions };
  };

  it('stays it where a question gets no answer', async () => {
    const first = started((question) => question === 2);
    await soon(async () => first.owns());
    const second = started();
    await soon(async () => first.questions() >= 5);
    expect(first.owns()).to.equal(true);
    expect(first.ends).to.deep.equal([]);
    expect(second.owns()).to.equal(false);
    await first.stop();
    await soon(async () => second.owns());
  });

  it('ends its session by itself where none gets one any more, before another begins', async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    const first = started((question) => question > 1);
    await soon(async () => first.owns());
    const second = started();
    await soon(async () => second.owns());
    expect(first.owns()).to.equal(false);
    await soon(async () => first.ends.length === 1);
    expect(first.ends[0]?.why).to.equal('closed');
    await pause(times.everyMs);
    expect(second.ends).to.deep.equal([]);
  });

  it('opens the next session though what it writes of the last one gets no answer', async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    let writes = 0;
    const link = started(undefined, {
      change: (...change) => {
        writes += 1;
        return writes === 2 ? new Promise(() => undefined) : store.channels.change(...change);
      },
    });
    await soon(async () => link.sessions.length === 1);
    await soon(async () => writes >= 1);
    link.sessions[0]?.end({ why: 'browser-gone', detail: 'of the test' });
    await soon(async () => link.sessions.length === 2, 20_000);
  });

  it('does not storm WhatsApp where every session is logged out at once, and leaves a number that is turned away alone', async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    const link = started();
    const endsAtOnce = (why: SessionEnd['why']) => (): void => {
      for (const session of link.sessions) session.end({ why, detail: 'of the test' });
    };
    const loggedOut = setInterval(endsAtOnce('logged-out'), 20);
    await pause(6_000);
    clearInterval(loggedOut);
    expect(link.sessions.length).to.be.within(2, 6);
    const refused = setInterval(endsAtOnce('refused'), 20);
    await soon(async () => (await store.channels.find('whatsapp-web'))?.cause === 'refused', 20_000);
    const before = link.sessions.length;
    await pause(3_000);
    clearInterval(refused);
    expect(link.sessions.length).to.equal(before);
    expect(await store.channels.find('whatsapp-web')).to.include({ state: 'needs-person' });
  });
});
