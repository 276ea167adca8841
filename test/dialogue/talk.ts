/** A conversation without channel or database: the real understanding, the real decisions, and their state as it would be stored. */
import { expect } from 'chai';
import type { Decision, Resident, Settled, Turn } from '../../src/dialogue/contract.js';
import { createDecide } from '../../src/dialogue/decide.js';
import { createFacts, factKey } from '../../src/dialogue/facts.js';
import { type DialogueState, freshState } from '../../src/dialogue/state.js';
import { loadTexts } from '../../src/i18n.js';
import { maskText } from '../../src/inbound/mask.js';
import type { Language } from '../../src/language.js';
import type { Choice } from '../../src/transport/contract.js';
import type { AskedQuestion, Candidate } from '../../src/understand/contract.js';
import { trainedUnderstand } from '../understand/trained.js';
import { answerFact, listsSecret, type Town } from './town.js';

export const t = loadTexts('.');
const understand = await trainedUnderstand();
export const minutesToTimeout = 30;
const decide = createDecide({ t, timeZone: 'Asia/Qyzylorda', minutesToTimeout });

export interface Heard {
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly settled: Settled;
}
/** What the understanding would have to say for a case that no fixed wording can promise. */
export interface Understood {
  readonly candidates?: readonly Candidate[];
  readonly questions?: readonly AskedQuestion[];
  readonly settled?: boolean;
}

/** What every reply keeps, whatever the flow. */
const keepsTheRules = (settled: Settled): void => {
  const { reply, ticket, joinsTicket, silence } = settled;
  expect(
    [reply, ticket, joinsTicket, silence].some((each) => each !== undefined),
    'an outcome',
  ).to.equal(true);
  expect(silence !== undefined && (reply !== undefined || ticket !== undefined), 'silence and words').to.equal(false);
  expect(ticket !== undefined && joinsTicket !== undefined, 'two tickets').to.equal(false);
  if (!reply) return;
  expect(reply.text.length, reply.text).to.be.lessThan(1_024);
  expect(reply.text.replace(/[\s {2}-]/g, ''), reply.text).to.not.match(/\d{12}/);
  expect(reply.text, 'a placeholder or an empty value').to.not.match(/\{\{|undefined|NaN|⟨|\(\)/);
  expect(reply.choices.length).to.be.at.most(10);
  expect(new Set(reply.choices.map(({ id }) => id)).size).to.equal(reply.choices.length);
  for (const { id, title } of reply.choices) {
    expect(id.length, id).to.be.within(1, 64);
    expect(title.length, title).to.be.within(1, 24);
  }
  if (ticket) expect(reply.text).to.contain(ticket.receipt);
};

export interface Opened {
  readonly held?: boolean;
  readonly language?: Language;
  readonly state?: DialogueState;
}
export const createTalk = (given: Partial<Town> & Opened = {}) => {
  const { held = false, language, state: stored = freshState, ...changes } = given;
  let town: Town = {
    now: new Date('2020-04-23T10:00:00+05:00'),
    tickets: [],
    openNow: true,
    opensAt: new Date('2020-04-24T09:00:00+05:00'),
    expired: [],
    withoutList: [],
    ...changes,
  };
  let state: DialogueState = stored;
  let resident: Resident = {
    stopped: false,
    openTickets: [],
    heldBySpecialist: held,
    ...(language ? { language } : {}),
  };
  let messages = 0;
  let lastChoices: readonly Choice[] = [];

  const decided = (turn: Turn): Decision => {
    const known = new Map();
    for (let round = 0; round < 12; round += 1) {
      const decision = decide({ state, turn, resident, facts: createFacts(known), now: town.now });
      if (decision.kind !== 'need') return decision;
      known.set(factKey(decision.request), answerFact(town, decision.request, 'me'));
    }
    throw new Error('Facts were asked for without end.');
  };
  /** Writes down what the worker's transaction would, through JSON as the database would keep it. */
  const settle = (settled: Settled): Heard => {
    keepsTheRules(settled);
    state = JSON.parse(JSON.stringify(settled.state));
    const { ticket, contact } = settled;
    resident = {
      ...resident,
      ...(contact?.language ? { language: contact.language } : {}),
      stopped: contact?.stopped ?? resident.stopped,
      openTickets: ticket
        ? [
            ...resident.openTickets,
            {
              id: `t-${ticket.receipt}`,
              receipt: ticket.receipt,
              queue: ticket.queue,
              status: 'waiting',
              createdAt: town.now,
            },
          ]
        : resident.openTickets,
    };
    if (ticket) {
      const answer = { receipt: ticket.receipt, status: 'waiting', createdAt: town.now, owner: 'me' } as const;
      town = { ...town, tickets: [...town.tickets, answer] };
    }
    lastChoices = settled.reply?.choices ?? lastChoices;
    return { text: settled.reply?.text ?? '', choices: settled.reply?.choices ?? [], settled };
  };
  const turnOf = (raw: string, rest: Partial<Turn>, understood: Understood): Turn => {
    messages += 1;
    const { text, iins } = maskText(raw, { secret: listsSecret, expectsIin: state.expecting?.kind === 'iin' });
    const article = rest.quotedArticle ?? state.article;
    const real = understand(text, {
      language: resident.language ?? 'kk',
      ...(article === undefined ? {} : { article }),
    });
    const candidates = understood.candidates ?? real.candidates;
    return {
      messages: [`m${String(messages).padStart(7, '0')}-0000`],
      text,
      iins,
      settled: understood.settled ?? true,
      understanding: {
        ...real,
        ...(understood.questions ? { questions: understood.questions } : {}),
        candidates,
        confidence: candidates[0]?.probability ?? 0,
      },
      ...rest,
    };
  };
  const take = (turn: Turn): Heard => {
    const decision = decided(turn);
    if (decision.kind !== 'settled') throw new Error(`Expected an end, got ${decision.kind}.`);
    return settle(decision);
  };

  return {
    says: (text: string, understood: Understood = {}): Heard => take(turnOf(text, {}, understood)),
    /** What a message that may go on decides at once: `wait`, or an end that is not written down. */
    begins: (text: string, understood: Understood = {}): Decision =>
      decided(turnOf(text, {}, { ...understood, settled: false })),
    /** Taps what the last reply offered. */
    taps(words: string): Heard {
      const choice = lastChoices.find(({ title }) => title.includes(words));
      if (!choice)
        throw new Error(`Nothing to tap holds “${words}”: ${lastChoices.map(({ title }) => title).join(' | ')}`);
      return take(turnOf(choice.title, { choiceId: choice.id }, {}));
    },
    tapsOld: (choice: Choice): Heard => take(turnOf(choice.title, { choiceId: choice.id }, {})),
    /** Writes under an older answer about this article. */
    quotes: (article: string, text: string): Heard => take(turnOf(text, { quotedArticle: article }, {})),
    shares: (latitude: number, longitude: number): Heard => take(turnOf('', { location: { latitude, longitude } }, {})),
    sends: (media: NonNullable<Turn['media']>, caption = ''): Heard => take(turnOf(caption, { media }, {})),
    later(minutes: number): void {
      town = { ...town, now: new Date(town.now.getTime() + minutes * 60_000) };
    },
    changes(change: Partial<Town>): void {
      town = { ...town, ...change };
    },
    heldBySpecialist(): void {
      resident = { ...resident, heldBySpecialist: true };
    },
    state: () => state,
    resident: () => resident,
  };
};
