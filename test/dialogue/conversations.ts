/** Talks through the real service, whatever channel the resident writes on: greeting, menu, articles, choices, checkpoints and the small words around them. */
import { expect } from 'chai';
import type { Language } from '../../src/language.js';
import type { Room } from './room.js';
import { wordsOf } from './words.js';

export const describeConversations = (language: Language, openRoom: () => Promise<Room>): void => {
  const words = wordsOf(language);
  describe(`a conversation in ${language}`, function () {
    this.timeout(240_000);
    let room: Room;
    before(async () => {
      room = await openRoom();
    });
    after(async () => {
      try {
        await room.lookOver();
      } finally {
        await room.close();
      }
    });
    afterEach(() => room.setClock('2020-04-23T10:00:00+05:00'));

    /** A resident whose language is known to the bot. */
    const greeted = async () => {
      const resident = room.resident();
      await resident.says(words.hello);
      return resident;
    };

    it('begins with who answers and a menu, of which a number picks', async () => {
      const resident = room.resident();
      expect(await resident.says(words.hello)).to.match(words.whoAnswers);
      const topic = await resident.says('1');
      expect(topic).to.match(words.payments);
      expect(await resident.says('1')).to.match(words.source);
    });

    it('shows the menu on asking, of which a tap picks, and says so when a number is none of it', async () => {
      const resident = await greeted();
      expect(await resident.says(words.menu)).to.match(words.menuShown);
      expect(await resident.says('17')).to.match(words.badNumber);
      expect(await resident.says('1')).to.match(words.payments);
    });

    it('answers a question with its date and source, and is glad to have helped', async () => {
      const resident = room.resident();
      const answer = await resident.says(words.question);
      expect(answer)
        .to.match(words.answer)
        .and.match(words.source)
        .and.match(words.didItHelp)
        .and.match(words.whoAnswers);
      expect(await resident.says(words.yes)).to.match(words.glad);
      expect(await room.openTickets(resident)).to.have.length(0);
    });

    it('hands over what did not help, together with the question', async () => {
      const resident = await greeted();
      await resident.says(words.question);
      expect(await resident.says('2')).to.match(words.handedOver);
      const ticket = await room.openTicket(resident);
      const messages = await resident.messages();
      expect(ticket).to.include({ reason: 'not-helped', queue: 'health', language });
      expect(ticket.messages, 'question and “no”').to.deep.equal(messages.slice(-2).map((message) => message._id));
    });

    it('asks what was meant and takes a number, the words or a tap', async () => {
      const byNumber = await greeted();
      const offered = await byNumber.says(words.unclear);
      expect(offered)
        .to.match(words.didYouMean)
        .and.match(/\*1\* – .*\n\*2\* – /);
      const first = /\*1\* – (.*)/.exec(offered)?.[1] ?? '';
      const answer = await byNumber.says('1');
      expect(answer).not.to.match(words.didYouMean);

      const byWords = await greeted();
      await byWords.says(words.unclear);
      expect(await byWords.says(first)).to.equal(answer);

      const byTap = await greeted();
      await byTap.says(words.unclear);
      expect(await byTap.taps(first.slice(0, 12))).to.equal(answer);
    });

    it('hands over when none of the choices was meant, and says so when a number is none of them', async () => {
      const resident = await greeted();
      await resident.says(words.unclear);
      expect(await resident.says('9')).to.match(words.badNumber);
      expect(await resident.taps(words.none)).to.match(words.handedOver);
    });

    it('tells a checkpoint by its name, the nearest by location, and asks where it does not know', async () => {
      const resident = await greeted();
      expect(await resident.says(words.posts)).to.match(words.askPlace);
      expect(await resident.shares(44.85, 65.5)).to.match(words.nearest);
      expect(await resident.says(words.posts)).to.match(words.askPlace);
      const named = await resident.says(words.postName);
      expect(named).to.match(/Арал/);
      const shown = /\*1\* – /.test(named) ? await resident.says('1') : named;
      expect(shown).to.match(words.postShown);
      expect(await resident.says(words.post)).to.match(new RegExp(`${words.postShown.source}|\\*1\\* – `));
    });

    it('thanks once: a second thank-you needs nothing, a question after it does', async () => {
      const resident = await greeted();
      expect(await resident.says(words.thanks)).to.match(words.welcome);
      await resident.writes(words.thanks);
      const messages = await resident.settles();
      expect(messages.at(-1)?.outcome).to.deep.equal({ kind: 'silence', reason: 'thanks-after-thanks' });
      expect(await resident.says(words.question)).to.match(words.answer);
      expect(await resident.says(words.thanks)).to.match(words.welcome);
      expect(await resident.says(words.bye)).to.match(words.farewell);
    });

    it('leaves alone on asking, still answers, and comes back', async () => {
      const resident = await greeted();
      const contact = async () => room.service.store.contacts.find(await resident.conversationId());
      expect(await resident.says(words.stop)).to.match(words.stopped);
      expect((await contact())?.stopped).to.equal(true);
      expect(await resident.says(words.question)).to.match(words.answer);
      expect(await resident.says(words.resume)).to.match(words.resumed);
      expect((await contact())?.stopped).to.equal(false);
    });

    it('begins again on asking', async () => {
      const resident = await greeted();
      await resident.says(words.unclear);
      expect(await resident.says(words.restart)).to.match(words.whoAnswers);
      expect(await resident.says('1')).to.match(words.payments);
    });

    it('is left half-way by asking something else, and what was open is forgotten', async () => {
      const resident = await greeted();
      await resident.says(words.unclear);
      expect(await resident.says(words.question)).to.match(words.answer);
      expect(await resident.says(words.yes)).to.match(words.glad);
    });

    it('forgets an open question politely when its time is over', async () => {
      const resident = await greeted();
      await resident.says(words.unclear);
      room.passMinutes(31);
      expect(await resident.says('1')).to.match(words.timedOut);
    });

    it('takes a yes or a no that answers nothing with a short word, not with the menu', async () => {
      const resident = await greeted();
      await resident.says(words.thanks);
      expect(await resident.says(words.yes)).to.match(words.nothingOpen);
      expect(await resident.says(words.no)).not.to.match(words.menuShown);
    });

    it('takes two questions in one message: an answer to one, the other by a tap', async () => {
      const resident = await greeted();
      const [both, other, how] =
        language === 'kk'
          ? (['42500 кімге тиесілі, кімдер ала алады және қалай өтініш беремін?', 'өтініш', /enbek\.kz/] as const)
          : (['Кому положены 42500 и как подать?', 'как подать', /enbek\.kz/] as const);
      expect(await resident.says(both))
        .to.match(/\*42 500 ₸\*/)
        .and.match(/\*3\*/);
      expect(await resident.taps(other)).to.match(how);
    });

    it('reads a question under an older answer with that answer', async () => {
      const resident = await greeted();
      const [who, documents, answered, asked] =
        language === 'kk'
          ? (['42500 кімдерге беріледі?', 'құжаттар?', '42 500', /ЖСН/] as const)
          : (['кому положены 42500?', 'а документы?', '42 500', /ИИН/] as const);
      await resident.says(who);
      await resident.says(words.question);
      expect(await resident.quotes(answered, documents)).to.match(asked);
      const [message] = (await resident.settles()).slice(-1);
      expect(message?.understood?.outcome).to.equal('faq:pay-42500-documents');
    });
  });
};
