/** What is no question in words: marks, calls, and messages that their writer changed. */
import { expect } from 'chai';
import { createRoom } from '../dialogue/room.js';

describe('marks, calls and edits', () => {
  let room: Awaited<ReturnType<typeof createRoom>>;
  before(async () => {
    room = await createRoom({ WAIT_AFTER_LAST_MS: '1500', WAIT_AT_MOST_MS: '4000' });
  });
  after(() => room.close());

  it('a mark on a reply is no question: it ends in a stated silence and what was open stays open', async () => {
    const resident = room.resident();
    await resident.says('42500 теңге кімге беріледі?');
    await resident.reacts('👍');
    const messages = await resident.settles();
    expect(messages.at(-1)?.outcome).to.deep.equal({ kind: 'silence', reason: 'reaction' });
    expect(await resident.says('иә')).to.match(/қуаныштымын|жақсы|рахмет/i);
  });

  it('a call is answered with what to do instead', async () => {
    const resident = room.resident();
    await resident.says('Кому положены 42500?');
    expect(await resident.calls())
      .to.include('400-100')
      .and.include('не принимает');
  });

  it('an edit before the answer counts: the new text is answered', async () => {
    const resident = room.resident();
    await resident.writes('Сәлем', 'edited-early');
    await resident.edits('edited-early', 'Маскасыз жүрсе қанша айыппұл салады?');
    expect((await resident.hears()).text).to.match(/бетперде/i);
    const [message] = await resident.settles();
    expect(message?.text).to.equal('Маскасыз жүрсе қанша айыппұл салады?');
  });

  it('an edit after the answer is kept beside the text, masked, and asks nothing', async () => {
    const resident = room.resident();
    await resident.writes('Маскасыз жүрсе қанша айыппұл салады?', 'edited-late');
    await resident.hears();
    await resident.edits('edited-late', 'ЖСН 900101300017');
    const messages = await resident.settles();
    expect(messages).to.have.length(1);
    expect(messages[0]?.text).to.equal('Маскасыз жүрсе қанша айыппұл салады?');
    expect(messages[0]?.edits?.map((edit) => edit.text)).to.deep.equal(['ЖСН ⟨iin⟩']);
  });

  it('an edit that the channel tells twice is kept once, whether it came before the answer or after it', async () => {
    const resident = room.resident();
    const at = new Date();
    const edit = {
      channel: 'web',
      externalId: 'told-twice',
      text: 'Маскасыз жүрсе қанша айыппұл салады?',
      at,
    } as const;
    await resident.writes('Сәлем', 'told-twice');
    await room.service.core.intake.edit(edit);
    await resident.hears();
    await room.service.core.intake.edit(edit);
    const later = { ...edit, text: 'Рахмет', at: new Date(at.getTime() + 60_000) };
    // Of the same second as the first: channels tell no more of the time.
    const atOnce = { ...edit, text: 'Рахмет сізге' };
    for (const told of [later, atOnce, later, atOnce]) await room.service.core.intake.edit(told);
    const [message] = await resident.settles();
    expect(message?.text).to.equal('Маскасыз жүрсе қанша айыппұл салады?');
    expect(message?.edits?.map(({ text }) => text)).to.deep.equal(['Рахмет', 'Рахмет сізге']);
  });

  it('an edit that comes while the old text is answered makes that answer void: the new text is read', async () => {
    const { store } = room.service;
    const resident = room.resident();
    await resident.says('Кому положены 42500?');
    const [read] = await resident.messages();
    if (!read) throw new Error('It was written.');
    const text = 'Маскасыз жүрсе қанша айыппұл салады?';
    // As if nothing had become of it yet: read by the worker, then changed, then settled.
    await room.service.connection
      .collection('messages')
      .updateOne({ _id: read._id as never }, { $unset: { outcome: 1 } });
    expect(
      await store.messages.revise(read._id, { text, iins: [], editedAt: new Date(), revisedAt: new Date() }),
    ).to.equal(true);
    const settled = { outcome: { kind: 'silence', reason: 'reaction' }, settledAt: new Date() } as const;
    const settle = (asOf: Date) =>
      store.transaction((session) => store.messages.settle(session, [read._id], settled, asOf));
    expect(await settle(new Date(0))).to.equal(0);
    const { revisedAt = new Date(0) } = (await store.messages.find(read._id)) ?? {};
    expect(await settle(revisedAt)).to.equal(1);
  });

  it('of an edit that comes at any moment of the turn either the new text is answered or it stands beside the old one', async () => {
    const asked = 'Кому положены 42500?';
    const changed = 'Маскасыз жүрсе қанша айыппұл салады?';
    for (let round = 0; round < 8; round += 1) {
      const resident = room.resident();
      const id = `raced-${round}`;
      await resident.writes(asked, id);
      // The text is a whole question: its turn begins at once and takes some tens of milliseconds.
      await new Promise((resolve) => setTimeout(resolve, round * 12));
      await resident.edits(id, changed);
      const [message] = await resident.settles();
      const isNew = message?.text === changed;
      expect((await resident.hears()).text, `round ${round}`).to.match(isNew ? /бетперде/i : /42.500/);
      expect(message?.edits?.map(({ text }) => text) ?? []).to.deep.equal(isNew ? [] : [changed]);
    }
  });

  it('an edit of a message that never came changes nothing', async () => {
    const resident = room.resident();
    await resident.says('Кому положены 42500?');
    await resident.edits('unknown', 'Другое');
    expect((await resident.settles()).map((message) => message.text)).to.deep.equal(['Кому положены 42500?']);
  });
});
