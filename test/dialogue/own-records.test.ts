/** What is kept of a resident can be handed to them and removed whole, and nobody else loses anything by it. */
import { expect } from 'chai';
import { database } from '../../src/store/connect.js';
import { createRoom, type Room, unlistedIin } from './room.js';

describe('what is kept of a resident', function () {
  this.timeout(240_000);
  let room: Room;
  before(async () => {
    room = await createRoom();
  });
  after(() => room?.close());

  it('is given whole, without a number in clear, and removed whole', async () => {
    const { store, connection } = room.service;
    const [leaves, stays] = [room.resident(), room.resident()];
    for (const resident of [leaves, stays]) {
      await resident.says('Проверьте меня по списку на 42500');
      await resident.says(unlistedIin());
      await resident.says('да');
      await resident.says('позовите специалиста');
    }
    const contactId = await leaves.conversationId();
    const others = await stays.conversationId();
    const kept = await store.contactRecords.read(contactId);
    const filled = Object.entries(kept).flatMap(([name, documents]) => (documents.length > 0 ? [name] : []));
    expect(filled).to.have.members([
      'contacts',
      'contact_aliases',
      'conversations',
      'messages',
      'outbox',
      'tickets',
      'watches',
      'iin_checks',
      'web_messages',
    ]);
    expect(JSON.stringify(kept)).not.to.include(unlistedIin());
    const before = JSON.stringify(await store.contactRecords.read(others));
    await store.contactRecords.erase(contactId);
    const collections = await database(connection).listCollections({}, { nameOnly: true }).toArray();
    for (const { name } of collections) {
      const left = JSON.stringify(await database(connection).collection(name).find().toArray());
      expect(left.includes(contactId), `${name} still names the resident`).to.equal(false);
      expect(left.includes(leaves.id), `${name} still names the resident's number`).to.equal(false);
    }
    expect(JSON.stringify(await store.contactRecords.read(others)), 'another resident').to.equal(before);
  });
});
