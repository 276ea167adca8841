/** A whole service with a movable business clock, for conversations; after a suite it is looked over for what must always hold. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../../src/clock.js';
import { longestReply } from '../../src/dialogue/reply.js';
import { createTickets } from '../../src/facts/tickets/tickets.js';
import { loadTexts } from '../../src/i18n.js';
import { checkIin } from '../../src/inbound/iin.js';
import { projectRoot } from '../../src/project-root.js';
import { createTestDatabase } from '../support/engine.js';
import { createResident, type TestResident } from '../support/resident.js';
import { type Service, type ServiceOptions, startService } from '../support/service.js';

/** A working Thursday in the pilot's days. */
export const morning = new Date('2020-04-23T10:00:00+05:00');

/** How residents come into a room: the service that takes them in, and what they write on. */
export interface Door {
  start(options: ServiceOptions): Promise<Service>;
  resident(service: Service): TestResident;
  close(): Promise<void>;
}
const chatDoor: Door = {
  start: startService,
  resident: (service) => createResident(service),
  close: async () => undefined,
};

export const createRoom = async (env: Readonly<Record<string, string>> = {}, door: Door = chatDoor) => {
  const database = await createTestDatabase();
  let now = morning;
  const clocks = { business: { now: () => now }, real: systemClock };
  const service = await door.start({ uri: database.uri, clocks, env });
  const residents: TestResident[] = [];
  const tickets = createTickets({
    store: service.store,
    clocks,
    newId: randomUUID,
    texts: loadTexts(projectRoot),
    mask: (text) => text,
    deadlines: service.core.queues.promise,
  });
  return {
    service,
    texts: loadTexts(projectRoot),
    tickets,
    setClock(at: Date | string): void {
      now = new Date(at);
    },
    passMinutes(minutes: number): void {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    resident(): TestResident {
      const resident = door.resident(service);
      residents.push(resident);
      return resident;
    },
    /** The one open ticket of the resident. */
    async openTicket(resident: TestResident) {
      const open = await service.store.tickets.openOf(await resident.conversationId());
      expect(open, 'open tickets').to.have.length(1);
      const [ticket] = open;
      if (!ticket) throw new Error('No ticket is open.');
      return ticket;
    },
    openTickets: async (resident: TestResident) => service.store.tickets.openOf(await resident.conversationId()),
    /** What holds of every conversation, whatever was said. */
    async lookOver(): Promise<void> {
      for (const resident of residents) {
        const messages = await resident.settles();
        const rows = await service.store.outbox.latest(await resident.conversationId(), 500);
        const byBot = rows.filter((row) => row.origin === 'bot');
        for (const row of byBot) expect(row.text.length, row.text).to.be.lessThan(longestReply);
        for (const message of messages) {
          const answers = byBot.filter((row) => row.answers.includes(message._id));
          const { outcome } = message;
          const own = outcome && 'outboxId' in outcome ? outcome.outboxId : undefined;
          expect(
            answers.map((row) => row._id),
            `replies to “${message.text}”`,
          ).to.deep.equal(own ? [own] : []);
        }
      }
      await expectNoIin(service);
    },
    async close(): Promise<void> {
      await service.stop();
      await door.close();
      await database.drop();
    },
  };
};
export type Room = Awaited<ReturnType<typeof createRoom>>;

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const expectNoIin = async ({ connection }: Room['service']): Promise<void> => {
  const { db } = connection;
  if (!db) throw new Error('The connection is closed.');
  const collections = await db.listCollections().toArray();
  expect(collections.length).to.be.greaterThan(8);
  for (const { name } of collections) {
    for (const document of await db.collection(name).find().toArray()) {
      const written = JSON.stringify(document).replace(uuid, '');
      expect(/(?<![0-9a-f])\d{12}(?![0-9a-f])/i.exec(written)?.[0], `12 digits in ${name}`).to.equal(undefined);
    }
  }
};

export interface Listed {
  readonly iin: string;
  readonly programme: string;
  readonly status: string;
  readonly reason: string;
}
/** The rows of the sample list. */
export const sampleList: readonly Listed[] = readFileSync(join(projectRoot, 'content/recipients-sample.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [iin = '', programme = '', status = '', , , , reason = ''] = line.trim().split(',');
    return { iin, programme, status, reason };
  });

/** The one row of a person who stands in one list only. */
export const listed = (programme: string, status: string): Listed => {
  const row = sampleList.find(
    (each) =>
      each.programme === programme &&
      each.status === status &&
      sampleList.filter((other) => other.iin === each.iin).length === 1,
  );
  if (!row) throw new Error(`The sample list has no ${status} row of ${programme}.`);
  return row;
};

/** An IIN of right form that stands in no list. */
export const unlistedIin = (): string => {
  for (let last = 0; last < 1000; last += 1) {
    const iin = `850101300${String(last).padStart(3, '0')}`;
    if (checkIin(iin).ok && !sampleList.some((row) => row.iin === iin)) return iin;
  }
  throw new Error('No free IIN was found.');
};
/** The same with its control digit wrong. */
export const wrongIin = (iin: string): string => iin.slice(0, 11) + String((Number(iin.at(-1)) + 1) % 10);
