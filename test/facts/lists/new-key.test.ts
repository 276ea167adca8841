/** The lists get a new key: everybody is found all the while, nobody gets new tries, and who waits to be told is not forgotten. */
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import { createApp } from '../../../src/app.js';
import { readConfig } from '../../../src/config.js';
import { createEligibility } from '../../../src/facts/eligibility/eligibility.js';
import { createLists } from '../../../src/facts/lists/lists.js';
import { keyNameOf, maskedIin } from '../../../src/inbound/iin-hmac.js';
import { modelFolderOfSources } from '../../../src/kept-models.js';
import { createLogger } from '../../../src/log.js';
import { openDatabase } from '../../../src/store/connect.js';
import { testSecrets } from '../../support/service.js';
import { openRoom, type Room } from '../room.js';
import { bytesSource, iinOf } from './files.js';

const old = { secret: 'd'.repeat(64) };
const both = { secret: 'e'.repeat(64), previousSecret: old.secret };
const fresh = { secret: both.secret };

describe('a new key of the lists', function () {
  this.timeout(240_000);
  let room: Room;
  before(async () => {
    room = await openRoom();
  });
  after(() => room?.close());
  type Keys = { readonly secret: string; readonly previousSecret?: string };
  const listsUnder = (keys: Keys) =>
    createLists({
      store: room.store,
      clocks: room.clocks,
      newId: randomUUID,
      mask: (text) => text,
      audit: { record: async () => undefined },
      ...keys,
    });
  const load = async (keys: Keys, people: readonly number[]) => {
    const lists = listsUnder(keys);
    const text = `iin,status,amount,date\n${people.map((person) => `${iinOf(person)},paid,42500,2020-04-20`).join('\n')}\n`;
    const order = { fileName: 'x.csv', programmeId: 'pay-42500', asOf: '2020-04-24', by: 'ed' };
    const batch = await (await lists.begin({ ...order, source: bytesSource(Buffer.from(text)) })).done;
    await lists.apply(batch._id, 'ed', true);
    return batch.shares?.[0];
  };
  const ask = async (keys: Keys, person: number, contactId = `of-${person}`) => {
    const { check } = createEligibility({ store: room.store, clocks: room.clocks, checksPerHour: 2, ...keys });
    const iin = maskedIin(iinOf(person), keys.secret, undefined, keys.previousSecret);
    const answer = await check({ iin, programme: 'pay-42500', contactId });
    return answer.kind === 'throttled' ? 'throttled' : answer.results[0]?.outcome.kind;
  };

  it('leaves everybody found, counts tries on, and keeps the wishes to be told', async () => {
    await load(old, [1, 2, 3]);
    expect([await ask(old, 1, 'one'), await ask(old, 9, 'one')]).to.deep.equal(['listed', 'not-listed']);
    const wish = { contactId: 'one', programmeId: 'pay-42500', seen: 'not-listed', seenBatch: 'x' };
    const hash = maskedIin(iinOf(9), old.secret).hmac ?? '';
    const times = { createdAt: new Date(), expiresAt: new Date('2099-01-01') };
    await room.store.transaction((session) =>
      room.store.watches.put(session, [
        { _id: 'one:9', iinHmac: hash, key: keyNameOf(old.secret), ...wish, ...times },
        { _id: 'one:8', iinHmac: 'nobody', key: keyNameOf(old.secret), ...wish, ...times },
      ]),
    );

    // The key is new, the list is not: it is answered from under the old one.
    expect(await ask(both, 2)).to.equal('listed');
    expect(await ask(both, 8)).to.equal('not-listed');
    expect(await ask(both, 3, 'one'), 'two people an hour, whatever the key').to.equal('throttled');
    expect(await listsUnder(both).underOldKey()).to.deep.include({ rows: 3 + 16 + 12, wishes: 2 });

    // The list is loaded again: the same people are the same people.
    const share = await load(both, [1, 2, 3, 9]);
    expect(share).to.deep.include({ added: 1, changed: 0, unchanged: 3, gone: 0 });
    expect(await ask(both, 2)).to.equal('listed');
    const [waiting] = (await room.store.watches.of('one')).filter(({ _id }) => _id === 'one:9');
    expect(waiting).to.deep.include({ iinHmac: maskedIin(iinOf(9), fresh.secret).hmac, formerHmac: hash });
    expect(await room.store.recipients.ofPerson([waiting?.iinHmac ?? ''])).to.have.length(1);
    expect(await ask(fresh, 2, 'fresh'), 'also by the new key alone').to.equal('listed');
  });

  it('is told of by the start, in the log and on the page of lists, until every list was loaded again', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const connection = await openDatabase(room.uri);
    const config = readConfig({ PORT: '0', ROLES: 'web' });
    const app = await createApp({
      ...{
        config,
        modelFolder: modelFolderOfSources(config.dataDir),
        logger: createLogger({ level: 'warn', stream }),
        clocks: room.clocks,
      },
      ...{ connection, secrets: { ...testSecrets, lists: both.secret, previousLists: old.secret } },
    });
    try {
      const { url } = await app.start();
      const told = lines.find((line) => line.includes('secrets:rotate'));
      expect(told).to.include('28 rows of lists in force still stand under the old key').and.not.include(old.secret);
      const form = new URLSearchParams({ ...app.firstAdmin });
      const origin = { Origin: String(url), 'accept-language': 'ru' };
      const signedIn = await fetch(`${url}/staff/sign-in`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: origin,
      });
      const cookie = signedIn.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ');
      const page = await (await fetch(`${url}/staff/lists`, { headers: { ...origin, cookie } })).text();
      expect(page).to.include('У списков новый ключ, а строк под прежним ещё 28');
    } finally {
      await app.stop();
      await connection.close();
    }
  });

  it('lets the old key go when no list in force stands under it, with what else stood there', async () => {
    const lists = listsUnder(both);
    const others = (await lists.inForce()).filter(({ key }) => key !== keyNameOf(both.secret));
    expect(others.map(({ _id }) => _id)).to.deep.equal(['pay-15000', 'pay-50000']);
    const refused = await lists.forgetOldKey('ed').catch((error: { code?: string }) => error.code);
    expect(refused).to.equal('wrong-state');
    await room.connection.collection('lists').deleteMany({ _id: { $in: others.map(({ _id }) => _id) } } as never);
    expect(await lists.underOldKey()).to.deep.equal({ rows: 0, earlierRows: 35, wishes: 1 });
    await lists.forgetOldKey('ed');
    expect(await lists.underOldKey()).to.deep.equal({ rows: 0, earlierRows: 0, wishes: 0 });
    expect((await room.store.watches.of('one')).map(({ _id }) => _id)).to.deep.equal(['one:9']);
    const gone = await lists.rollBack('pay-42500', 'ed').catch((error: { code?: string }) => error.code);
    expect(gone).to.equal('nothing-earlier');
    expect(await ask(fresh, 1, 'last')).to.equal('listed');
  });

  it('does not put in force what was read under the old key', async () => {
    const text = `iin,status\n${iinOf(1)},paid\n`;
    const order = { fileName: 'x.csv', programmeId: 'pay-42500', asOf: '2020-04-24', by: 'ed' };
    const batch = await (await listsUnder(old).begin({ ...order, source: bytesSource(Buffer.from(text)) })).done;
    const refused = await listsUnder(both)
      .apply(batch._id, 'ed', true)
      .catch((error: { code?: string }) => error.code);
    expect(refused).to.equal('overtaken');
  });
});
