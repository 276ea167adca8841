import { expect } from 'chai';
import fc from 'fast-check';
import { NoPost, readPost } from '../../src/transport/cloud-api/read-post.js';
import type { IncomingContent } from '../../src/transport/contract.js';
import { messageOf, messagesPost, type Person, statusPost } from './graph-simulator/posts.js';

const number = '106540352242922';
const at = new Date('2026-06-01T10:00:00Z');
const person: Person = { phone: '77051234567', userId: 'KZ.13491208655302741918' };
const read = (fields: Record<string, unknown> & { type: string }, who = person) =>
  readPost(messagesPost(number, who, [messageOf(who, 'wamid.1', at, fields)]), number);

describe('transport/cloud-api/read-post', () => {
  const kinds: readonly [string, Record<string, unknown> & { type: string }, IncomingContent][] = [
    ['a text', { type: 'text', text: { body: 'Сәлем' } }, { kind: 'text', text: 'Сәлем' }],
    [
      'a tapped button',
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'a-yes', title: 'Иә' } } },
      { kind: 'choice', choiceId: 'a-yes', title: 'Иә' },
    ],
    [
      'a tapped row',
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'a-1', title: 'Шиелі', description: 'Шиелі бекеті' } },
      },
      { kind: 'choice', choiceId: 'a-1', title: 'Шиелі' },
    ],
    [
      'a template’s button',
      { type: 'button', button: { text: 'Жауапты алу', payload: 'x' } },
      { kind: 'text', text: 'Жауапты алу' },
    ],
    [
      'a place',
      { type: 'location', location: { latitude: 44.85, longitude: 65.5, name: 'Базар', address: 'Абай көшесі' } },
      { kind: 'location', latitude: 44.85, longitude: 65.5, name: 'Базар' },
    ],
    [
      'a photo',
      { type: 'image', image: { id: '7', mime_type: 'image/jpeg', sha256: 'x', caption: 'Мынау не?' } },
      { kind: 'media', media: 'photo', caption: 'Мынау не?', file: { ref: '7', mimeType: 'image/jpeg' } },
    ],
    [
      'a voice note',
      { type: 'audio', audio: { id: '8', mime_type: 'audio/ogg; codecs=opus', voice: true } },
      { kind: 'media', media: 'voice', file: { ref: '8', mimeType: 'audio/ogg' } },
    ],
    [
      'a film',
      { type: 'video', video: { id: '9', mime_type: 'video/mp4' } },
      { kind: 'media', media: 'video', file: { ref: '9', mimeType: 'video/mp4' } },
    ],
    [
      'a document',
      { type: 'document', document: { id: '10', mime_type: 'application/pdf', filename: 'анықтама.pdf' } },
      { kind: 'media', media: 'document', file: { ref: '10', mimeType: 'application/pdf', name: 'анықтама.pdf' } },
    ],
    [
      'a sticker',
      { type: 'sticker', sticker: { id: '11', mime_type: 'image/webp', animated: false } },
      { kind: 'media', media: 'sticker', file: { ref: '11', mimeType: 'image/webp' } },
    ],
    [
      'a card',
      { type: 'contacts', contacts: [{ name: { formatted_name: 'Ержан' } }] },
      { kind: 'media', media: 'contact' },
    ],
    [
      'a mark',
      { type: 'reaction', reaction: { message_id: 'wamid.0', emoji: '👍' } },
      { kind: 'reaction', emoji: '👍', to: 'wamid.0' },
    ],
    [
      'a mark taken back',
      { type: 'reaction', reaction: { message_id: 'wamid.0' } },
      { kind: 'reaction', emoji: '', to: 'wamid.0' },
    ],
    [
      'what Meta cannot show',
      { type: 'unsupported', errors: [{ code: 131051 }] },
      { kind: 'unsupported', type: 'unsupported' },
    ],
    ['a kind of tomorrow', { type: 'hologram', hologram: {} }, { kind: 'unsupported', type: 'hologram' }],
    ['a text without its body', { type: 'text' }, { kind: 'unsupported', type: 'text' }],
    [
      'a place off the earth',
      { type: 'location', location: { latitude: 944, longitude: 1 } },
      { kind: 'unsupported', type: 'location' },
    ],
    [
      'a filled form',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{}' } } },
      { kind: 'unsupported', type: 'interactive' },
    ],
  ];
  for (const [what, fields, content] of kinds) {
    it(`reads ${what}`, () => {
      const { messages, unreadable } = read(fields);
      expect(unreadable).to.equal(0);
      expect(messages).to.deep.equal([
        {
          externalId: 'wamid.1',
          from: [
            { channel: 'cloud-api', id: '77051234567' },
            { channel: 'cloud-api', id: 'KZ.13491208655302741918' },
          ],
          content,
          sentAt: at,
        },
      ]);
    });
  }

  it('knows a sender by number, by business-scoped id, and by both; without either it is counted, not guessed', () => {
    const from = (who: Person) =>
      read({ type: 'text', text: { body: 'а' } }, who).messages[0]?.from.map(({ id }) => id);
    expect(from({ phone: '77051234567' })).to.deep.equal(['77051234567']);
    expect(from({ userId: 'KZ.ENT.11815799212886844830', username: 'aigul' })).to.deep.equal([
      'KZ.ENT.11815799212886844830',
    ]);
    expect(read({ type: 'text', text: { body: 'а' } }, {})).to.deep.include({ messages: [], unreadable: 1 });
  });

  it('reads an edit as one, with the words of a caption too, and a changed number as nothing', () => {
    const edit = (message: object) =>
      read({ type: 'edit', edit: { original_message_id: 'wamid.0', message } }).edits[0]?.text;
    expect(edit({ type: 'text', text: { body: 'жаңа' } })).to.equal('жаңа');
    expect(edit({ type: 'image', image: { id: '1', caption: 'жаңа сурет' } })).to.equal('жаңа сурет');
    const changed = read({ type: 'system', system: { body: '…', wa_id: '77050000000', type: 'user_changed_number' } });
    expect(changed).to.deep.include({ messages: [], edits: [], unreadable: 0 });
  });

  it('passes over what is said in groups, and the statuses of what went there', () => {
    const group = 'Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
    const nothing = { messages: [], edits: [], renamed: [], statuses: [], unreadable: 0 };
    expect(read({ type: 'text', text: { body: 'Сәлем' }, group_id: group })).to.deep.include(nothing);
    const edit = { original_message_id: 'wamid.0', message: { text: { body: 'а' } } };
    expect(read({ type: 'edit', edit, group_id: group })).to.deep.include(nothing);
    expect(read({ type: 'text', text: { body: 'а' }, group_id: group }, {}), 'nor is it unreadable').to.deep.include(
      nothing,
    );
    const post = statusPost(number, { id: 'wamid.2', status: 'failed', to: group, at, errorCode: 131026 });
    const [one] = post.entry[0]?.changes[0]?.value.statuses ?? [];
    expect(readPost(post, number).statuses).to.have.length(1);
    Object.assign(one ?? {}, { recipient_type: 'group' });
    expect(readPost(post, number)).to.deep.include(nothing);
  });

  it('refuses what is no post, and survives whatever stands in one', () => {
    for (const payload of [null, [], {}, { object: 'page', entry: [] }, { object: 'whatsapp_business_account' }]) {
      expect(() => readPost(payload, number)).to.throw(NoPost);
    }
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (one, two) => {
        const value = { metadata: { phone_number_id: number }, messages: [one, two], statuses: [two], contacts: [one] };
        const entry = [
          {
            changes: [
              { field: 'messages', value },
              { field: 'account_alerts', value: one },
            ],
          },
        ];
        expect(() => readPost({ object: 'whatsapp_business_account', entry }, number)).not.to.throw();
      }),
    );
  });
});
