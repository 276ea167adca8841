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

  it('an edit of a message that never came changes nothing', async () => {
    const resident = room.resident();
    await resident.says('Кому положены 42500?');
    await resident.edits('unknown', 'Другое');
    expect((await resident.settles()).map((message) => message.text)).to.deep.equal(['Кому положены 42500?']);
  });
});
