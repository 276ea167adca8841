/** "Am I on the list?": asks for the IIN with its privacy sentence, names each fault of form, looks it up. Pure. */
import type { IinFault, MaskedIin } from '../inbound/masked.js';
import type { Label } from '../understand/contract.js';
import type { Settled } from './contract.js';
import type { CheckResult, ProgrammeId, ProgrammeName } from './fact-requests.js';
import { yesAndNo } from './offer-choices.js';
import { fits, reply } from './reply.js';
import type { Speech } from './speech.js';
import type { Expecting, Wish } from './state.js';
import { tellResults } from './tell-results.js';

export type Wanted = ProgrammeId | 'all';
/** From so many faulty numbers on a specialist is offered. */
export const faultsBeforePerson = 2;

export const isEligibility = (label: Label | undefined): boolean => label?.startsWith('service:eligibility') ?? false;

const programmeOf = (speech: Speech, wanted: Wanted): ProgrammeName | undefined =>
  speech.need({ fact: 'programmes' }).find((programme) => programme.id === wanted);
const outcomeOf = (speech: Speech, wanted: Wanted): Label =>
  programmeOf(speech, wanted)?.intent ?? 'service:eligibility';

/** The programme that the last answer was about, else all. */
export const wantedByContext = (speech: Speech): Wanted =>
  speech.need({ fact: 'programmes' }).find(({ articles }) => articles.includes(speech.state.article ?? ''))?.id ??
  'all';

/** Digits beside each other in a sum ("25 000"), and letters as they are compared. */
const plain = (text: string): string => text.toLowerCase().replace(/(?<=\d)[\s\u00a0](?=\d{3}(?!\d))/gu, '');
/** Programmes that the message names: by what understanding knows, or by the amount and words that staff gave them. */
const namedIn = (speech: Speech, programmes: readonly ProgrammeName[]): readonly ProgrammeId[] => {
  const text = plain(speech.turn.text);
  const holds = (word: string): boolean => {
    for (let at = text.indexOf(plain(word)); at >= 0; at = text.indexOf(plain(word), at + 1)) {
      const after = text[at + plain(word).length] ?? '';
      if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && !(/\d$/.test(word) && /\d/.test(after))) return true;
    }
    return false;
  };
  const slots = speech.turn.understanding.slots.programmes;
  return programmes.filter(({ id, named }) => slots.includes(id) || named.some(holds)).map(({ id }) => id);
};

/** The programme that a label or the message's own words name, else the one talked about. */
export const wantedProgramme = (speech: Speech): Wanted => {
  const programmes = speech.need({ fact: 'programmes' });
  const byIntent = programmes.find(({ intent }) => intent === speech.label);
  if (byIntent) return byIntent.id;
  const [named, ...others] = namedIn(speech, programmes);
  if (named !== undefined) return others.length === 0 ? named : 'all';
  if (speech.turn.understanding.slots.programmes.length > 0) return 'all';
  return wantedByContext(speech);
};

/** Once in a conversation, before the first number is looked up. */
const privacy = (speech: Speech): string[] => (speech.state.privacyShown ? [] : [speech.say('iinPrivacy.notice')]);

const awaited = (speech: Speech, wanted: Wanted, faults: number): Expecting => ({
  kind: 'iin',
  programme: wanted,
  faults,
  until: speech.until,
});

/** Asks for the number of the one who wants to be checked. */
export const askIin = (speech: Speech, wanted: Wanted): Settled => {
  const programme = programmeOf(speech, wanted);
  const question = programme
    ? speech.say('askIin.forProgramme', { programme: programme.shortName[speech.language] })
    : speech.say('askIin.first');
  const consent = speech.state.privacyShown ? [] : [speech.say('iinPrivacy.consent')];
  return reply(speech, {
    parts: { must: [question, [...privacy(speech), ...consent].join(' ')], may: [speech.say('askIin.otherPerson')] },
    outcome: outcomeOf(speech, wanted),
    state: { privacyShown: true },
    expecting: awaited(speech, wanted, 0),
  });
};

/** Once more, after words that are no number. */
export const askIinAgain = (speech: Speech, open: Expecting & { readonly kind: 'iin' }): Settled =>
  reply(speech, {
    parts: { must: [speech.say('askIin.again')] },
    outcome: outcomeOf(speech, open.programme),
    state: { misses: speech.state.misses + 1 },
    expecting: awaited(speech, open.programme, open.faults),
  });

/** Why the number is wanted and what becomes of it; it is still awaited. */
export const tellWhyIin = (speech: Speech, open: Expecting & { readonly kind: 'iin' }): Settled =>
  reply(speech, {
    parts: { must: [speech.say('iinPrivacy.notice'), speech.say('askIin.again')] },
    outcome: outcomeOf(speech, open.programme),
    expecting: awaited(speech, open.programme, open.faults),
  });

export const cancelCheck = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('askIin.cancelled')] }, outcome: 'service:menu' });

/** A number out of the blue is looked up only after a yes that knows what will be checked. */
export const askConsent = (speech: Speech, iin: MaskedIin, wanted: Wanted): Settled => {
  const programme = programmeOf(speech, wanted);
  const question = programme
    ? speech.say('consent.forProgramme', { programme: programme.shortName[speech.language] })
    : speech.say('consent.all');
  return reply(speech, {
    parts: { must: [question, ...privacy(speech)] },
    outcome: outcomeOf(speech, wanted),
    state: { privacyShown: true },
    expecting: { kind: 'iin-consent', iin, programme: wanted, token: speech.token, until: speech.until },
    taps: yesAndNo(speech, speech.say('confirm.affirmative'), speech.say('confirm.negative')),
  });
};

/** The whole numbers of a message, each once. */
export const wholeIins = (speech: Speech): readonly MaskedIin[] => [
  ...new Map(
    speech.turn.iins.filter(({ hmac, fault }) => hmac !== undefined && !fault).map((iin) => [iin.hmac, iin]),
  ).values(),
];

/** What to do with the numbers of a message that is about a check. */
export const takeIins = (speech: Speech, wanted: Wanted, faultsSoFar: number): Settled => {
  const [only, ...others] = wholeIins(speech);
  if (only && others.length === 0) return checkIin(speech, only, wanted);
  if (only) {
    return reply(speech, {
      parts: { must: [speech.say('iinInvalid.several')] },
      outcome: outcomeOf(speech, wanted),
      expecting: awaited(speech, wanted, faultsSoFar),
    });
  }
  const [faulty] = speech.turn.iins;
  return tellFault(speech, wanted, faultsSoFar, faulty?.fault ?? 'not-digits', faulty?.digits ?? 0);
};

/** Names the fault of form; the second wrong try offers a specialist beside another try. */
export const tellFault = (
  speech: Speech,
  wanted: Wanted,
  faultsSoFar: number,
  fault: IinFault,
  digits: number,
): Settled => {
  const faults = faultsSoFar + 1;
  const offersPerson = faults >= faultsBeforePerson;
  return reply(speech, {
    parts: {
      must: [
        speech.say(`iinInvalid.${fault}`, { count: digits }),
        ...(offersPerson ? [speech.say('iinInvalid.offerHuman')] : []),
      ],
    },
    outcome: outcomeOf(speech, wanted),
    expecting: awaited(speech, wanted, faults),
    // Its title is what a resident would type, and is read as such.
    taps: offersPerson ? [{ id: `${speech.token}-person`, title: speech.say('confirm.person') }] : [],
  });
};

const standsAt = ({ outcome }: CheckResult) => (outcome.kind === 'listed' ? outcome.status : outcome.kind);

/** What a new list may change: "not on the list" and "in review". Who is on a list already is not asked about the others. */
const wishOf = ({ hmac, former }: MaskedIin, results: readonly CheckResult[]): Wish | undefined => {
  const seen = results.flatMap((result) => {
    const { programme, batch } = result;
    const stands = standsAt(result);
    return batch !== undefined && (stands === 'not-listed' || stands === 'in-review')
      ? [{ programme, stands, batch }]
      : [];
  });
  const isSettled = results.some(({ outcome }) => outcome.kind === 'listed' && outcome.status !== 'in-review');
  return hmac === undefined || seen.length === 0 || isSettled
    ? undefined
    : { iinHmac: hmac, ...(former ? { formerHmac: former.hmac } : {}), seen };
};

/** A yes to being told. */
export const agreeToTell = (speech: Speech, wish: Wish): Settled => ({
  ...reply(speech, { parts: { must: [speech.say('watch.agreed')] }, outcome: 'service:eligibility' }),
  wish,
});

export const checkIin = (speech: Speech, iin: MaskedIin, wanted: Wanted): Settled => {
  const outcome = outcomeOf(speech, wanted);
  const answer = speech.need({ fact: 'eligibility', iin, programme: wanted });
  if (answer.kind === 'throttled') {
    const said = speech.say('iinRateLimited.retryIn', { count: answer.minutes });
    return reply(speech, {
      parts: { must: [said, speech.say('iinRateLimited.person')] },
      outcome,
      checks: [{ stands: 'throttled' }],
    });
  }
  const { must, may } = tellResults(speech, answer.results);
  const told = [...must, ...privacy(speech)];
  const wish = wishOf(iin, answer.results);
  const offer = wish && fits(speech, [...told, speech.say('watch.offer')]) ? speech.say('watch.offer') : '';
  return reply(speech, {
    parts: { must: [...told, offer], may: [...may, speech.say('iinPrivacy.deleteHint')] },
    outcome,
    checks: answer.results.map((result) => ({ programme: result.shortName, stands: standsAt(result) })),
    state: { privacyShown: true, checked: true },
    ...(wish && offer !== ''
      ? {
          expecting: { kind: 'tell-me', wish, token: speech.token, until: speech.until },
          taps: yesAndNo(speech, speech.say('confirm.affirmative'), speech.say('confirm.negative')),
        }
      : {}),
  });
};
