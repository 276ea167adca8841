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

  const paired = async (events: Partial<SessionEvents> = {}, parts: Partial<SessionParts> = {}): Promise<Session> => {
    const running = open(
      { onQr: () => void pause(50).then(() => whatsapp.showsQr() && whatsapp.pair()), ...events },
      parts,
    );
    await soon(async () => running.isReady(), patienceMs);
    return running;
  };

  for (const syncMs of [200, 4_000]) {
    it(`ends where the page loads itself anew and is in step after ${syncMs} ms: what it misses is read by the next one`, async () => {
      const running = await paired();
      whatsapp.behaviour.syncMs = syncMs;
      await running.client.pupPage?.evaluate(() => location.reload()).catch(() => undefined);
      expect(await running.ended).to.deep.equal({ why: 'page-crashed', detail: 'the page was loaded anew' });
    });
  }

  it('is told to the library where the page is in step before that listens', async () => {
    await (await paired()).close();
    whatsapp.behaviour.syncMs = 0;
    const logged: string[] = [];
    const logger = pino({}, { write: (line: string) => void logged.push((JSON.parse(line) as { msg: string }).msg) });
    const restored = open({}, { logger });
    await soon(async () => restored.isReady(), patienceMs);
    expect(logged).to.deep.equal(['The WhatsApp page is in step and the library has not noticed; it is told.']);
  });

  it('ends where the page can be asked nothing any more, though it gives an answer each time', async () => {
    const running = await paired();
    running.client.getState = () => Promise.reject(new Error('Attempted to use detached Frame.'));
    expect(await running.ended).to.deep.equal({
      ...{ why: 'no-answer', detail: 'the page cannot be asked: Attempted to use detached Frame.' },
    });
  });

  it('takes no own word for a proof: where the server is deaf, however much is sent, it ends', async () => {
    const beats: (Date | undefined)[] = [];
    const running = await paired({ onHeartbeat: ({ provenAt }) => void beats.push(provenAt) });
    whatsapp.telephone('77010000001@c.us').writes('Сәлем');
    await pause(500);
    const deafSince = new Date();
    whatsapp.behaviour.deaf = true;
    const send = setInterval(
      () => void running.client.sendMessage('77010000001@c.us', 'Жауап').catch(() => undefined),
      400,
    );
    const { why } = await running.ended;
    clearInterval(send);
    expect(why).to.equal('no-answer');
    expect(beats.every((provenAt) => provenAt === undefined || provenAt <= deafSince)).to.equal(true);
  });

  for (const [word, why] of [
    ['TOS_BLOCK', 'refused'],
    ['DEPRECATED_VERSION', 'refused'],
    ['UNPAIRED', 'logged-out'],
    ['UNLAUNCHED', 'no-answer'],
  ] as const) {
    it(`ends as ${why} where WhatsApp says ${word}`, async () => {
      const running = await paired();
      whatsapp.say({ op: 'state', state: word });
      expect(await running.ended).to.include({ why });
    });
  }

  it('is waited for longer while a code is typed: each one given is a sign of life', async () => {
    const codes: string[] = [];
    let later = 0;
    const clock = { now: () => new Date(Date.now() + later) };
    const shown: string[] = [];
    const starting = open(
      { onPairingCode: (code) => void codes.push(code), onQr: (code) => void shown.push(code) },
      { clock, longestStartMs: 60_000 },
    );
    await soon(async () => shown.length > 0, patienceMs);
    for (let given = 1; given <= 3; given += 1) {
      await starting.client.requestPairingCode('77051435131');
      later += 40_000;
      // The session looks at itself twice meanwhile.
      await pause(1_000);
    }
    expect(codes).to.have.length(3);
    const isOver = () => Promise.race([starting.ended.then(() => true), pause(1_000).then(() => false)]);
    expect(await isOver()).to.equal(false);
    later += 40_000;
    expect(await isOver(), 'no code for so long').to.equal(true);
  });

  it('ends as a conflict where the number is opened elsewhere, told once though the library tells it twice', async () => {
    const running = await paired();
    whatsapp.say({ op: 'state', state: 'CONFLICT' });
    expect(await running.ended).to.include({ why: 'conflict' });
    await running.close();
    expect(await browsers()).to.deep.equal([]);
  });
});
