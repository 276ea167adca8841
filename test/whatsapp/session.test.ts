/** One life of the browser by itself: what the library tells nobody of is noticed, and nothing is left running. */

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { pino } from 'pino';
import { systemClock } from '../../src/clock.js';
import { processesWith } from '../../src/engine/processes.js';
import { silentLogger } from '../../src/log.js';
import {
  openSession,
  type Session,
  type SessionEvents,
  type SessionParts,
} from '../../src/transport/whatsapp-web/session.js';
import { soon } from '../support/visitor.js';
import { makeProfile, type Profile } from '../support/whatsapp-service.js';
import { type SimulatedWhatsApp, startSimulatedWhatsApp } from './simulated-whatsapp.js';

const patienceMs = 60_000;
const noEvents: SessionEvents = {
  onQr: () => undefined,
  onPairingCode: () => undefined,
  onReady: async () => undefined,
  onMessage: () => undefined,
  onEdit: () => undefined,
  onAck: () => undefined,
  onReaction: () => undefined,
  onCall: () => undefined,
  onHeartbeat: () => undefined,
};

describe('a session on WhatsApp', function () {
  this.timeout(180_000);
  let whatsapp: SimulatedWhatsApp;
  let profile: Profile;
  let session: Session | undefined;
  beforeEach(async () => {
    [whatsapp, profile] = await Promise.all([startSimulatedWhatsApp(), makeProfile()]);
  });
  afterEach(async () => {
    await session?.close();
    await profile.remove();
    await whatsapp.stop();
  });
  const open = (events: Partial<SessionEvents>, parts: Partial<SessionParts> = {}): Session => {
    session = openSession({
      folder: profile.folder,
      browserArguments: whatsapp.browserArguments,
      heartbeatMs: 300,
      clock: systemClock,
      logger: silentLogger,
      events: { ...noEvents, ...events },
      ...parts,
    });
    return session;
  };
  const browsers = () => processesWith(`--user-data-dir=${join(profile.folder, 'session')}`);

  it('that never gets further than its start is given up, and its browser with it', async () => {
    whatsapp.behaviour.deaf = true;
    const starting = open({}, { longestStartMs: 4_000 });
    expect(await starting.ended).to.include({ why: 'not-started' });
    expect(await browsers(), 'it still runs').to.not.deep.equal([]);
    await starting.close();
    expect(await browsers()).to.deep.equal([]);
  });

  it('goes on where a listener throws: that is logged, and the next message is heard', async () => {
    const logged: { msg: string; event?: string }[] = [];
    const logger = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) });
    const heard: string[] = [];
    const running = open(
      {
        onQr: () => void pause(50).then(() => whatsapp.showsQr() && whatsapp.pair()),
        onMessage({ body }) {
          heard.push(body);
          if (heard.length === 1) throw new Error('of the listener');
        },
      },
      { logger },
    );
    await soon(async () => running.isReady(), patienceMs);
    for (const words of ['one', 'two']) whatsapp.telephone('77010000001@c.us').writes(words);
    await soon(async () => heard.length === 2, patienceMs);
    expect(logged.filter(({ msg }) => msg.startsWith('A listener')).map(({ event }) => event)).to.deep.equal([
      'message_create',
    ]);
    expect(running.isReady()).to.equal(true);
  });

  it('ends as a conflict where the number is opened elsewhere, told once though the library tells it twice', async () => {
    const running = open({ onQr: () => void pause(50).then(() => whatsapp.showsQr() && whatsapp.pair()) });
    await soon(async () => running.isReady(), patienceMs);
    whatsapp.say({ op: 'state', state: 'CONFLICT' });
    expect(await running.ended).to.include({ why: 'conflict' });
    await running.close();
    expect(await browsers()).to.deep.equal([]);
  });
});
