/** "Am I on the list?": asks for the IIN with its privacy sentence, names each fault of form, and tells the result. Pure. */
import type { MaskedIin } from '../inbound/masked.js';
import type { Label } from '../understand/contract.js';
import type { CheckResult, Expecting, ProgrammeId, Settled } from './contract.js';
import { dayOf, reply, type Speech } from './speech.js';

type Wanted = ProgrammeId | 'all';
/** After so many faulty numbers a specialist is offered. */
const faultsBeforePerson = 2;

export const isEligibility = (label: Label | undefined): boolean => label?.startsWith('service:eligibility') ?? false;

/** The programme that a label or the message's own words name. */
export const wantedProgramme = (speech: Speech): Wanted => {
  const named = speech.turn.understanding.slots.programmes;
  const byIntent = speech.need({ fact: 'programmes' }).find((programme) => programme.intent === speech.label);
  return byIntent?.id ?? (named.length === 1 && named[0] ? named[0] : 'all');
};

const outcomeOf = (speech: Speech, wanted: Wanted): Label =>
  speech.need({ fact: 'programmes' }).find((programme) => programme.id === wanted)?.intent ?? 'service:eligibility';

const privacy = (speech: Speech): string[] =>
  speech.state.privacyShown ? [] : [`${speech.say('iinPrivacy.notice')} ${speech.say('iinPrivacy.consent')}`];

const askAgain = (speech: Speech, wanted: Wanted, faults: number): Expecting => ({
  kind: 'iin',
  programme: wanted,
  faults,
  until: speech.until,
});

/** Asks for the number of the one who wants to be checked. */
export const askIin = (speech: Speech, wanted: Wanted): Settled => {
  const programme = speech.need({ fact: 'programmes' }).find((candidate) => candidate.id === wanted);
  const question = programme
    ? speech.say('askIin.forProgramme', { programme: programme.shortName[speech.language] })
    : speech.say('askIin.first');
  return reply(speech, {
    parts: { must: [question, ...privacy(speech)], may: [speech.say('askIin.otherPerson')] },
    outcome: outcomeOf(speech, wanted),
    state: { privacyShown: true },
    expecting: askAgain(speech, wanted, 0),
  });
};

/** A number out of the blue is looked up only after a yes. */
export const askConsent = (speech: Speech, iin: MaskedIin, wanted: Wanted): Settled =>
  reply(speech, {
    parts: { must: [speech.say('consent.ask'), ...privacy(speech)] },
    outcome: outcomeOf(speech, wanted),
    state: { privacyShown: true },
    expecting: { kind: 'iin-consent', iin, programme: wanted, until: speech.until },
    taps: [
      { id: 'consent-yes', title: speech.say('confirm.affirmative') },
      { id: 'consent-no', title: speech.say('confirm.negative') },
    ],
  });

/** What to do with the numbers of a message that is about a check. */
export const takeIins = (speech: Speech, wanted: Wanted, faultsSoFar: number): Settled => {
  const { iins } = speech.turn;
  const whole = [
    ...new Map(iins.filter((iin) => iin.hmac !== undefined && !iin.fault).map((iin) => [iin.hmac, iin])).values(),
  ];
  const outcome = outcomeOf(speech, wanted);
  const [only] = whole;
  if (whole.length > 1) {
    return reply(speech, {
      parts: { must: [speech.say('iinInvalid.several')] },
      outcome,
      expecting: askAgain(speech, wanted, faultsSoFar),
    });
  }
  if (only) return checkIin(speech, only, wanted);
  const faults = faultsSoFar + 1;
  const fault = iins[0]?.fault ?? 'not-digits';
  const said =
    faults >= faultsBeforePerson
      ? [speech.say(`iinInvalid.${fault}`, { count: iins[0]?.digits ?? 0 }), speech.say('iinInvalid.offerHuman')]
      : [speech.say(`iinInvalid.${fault}`, { count: iins[0]?.digits ?? 0 })];
  return reply(speech, { parts: { must: said }, outcome, expecting: askAgain(speech, wanted, faults) });
};

export const checkIin = (speech: Speech, iin: MaskedIin, wanted: Wanted): Settled => {
  const outcome = outcomeOf(speech, wanted);
  const answer = speech.need({ fact: 'eligibility', iin, programme: wanted });
  if (answer.kind === 'throttled') {
    return reply(speech, {
      parts: { must: [speech.say('iinRateLimited.retryIn', { count: answer.minutes })] },
      outcome,
    });
  }
  const first = speech.state.privacyShown ? [] : [speech.say('iinPrivacy.notice')];
  const { must, may } =
    answer.results.length === 1 && answer.results[0]
      ? oneResult(speech, answer.results[0])
      : allResults(speech, answer.results);
  return reply(speech, {
    parts: { must, may: [...may, speech.say('iinPrivacy.deleteHint'), ...first] },
    outcome,
    state: { privacyShown: true },
  });
};

interface Told {
  readonly must: readonly string[];
  readonly may: readonly string[];
}

/** The programme's own text for the result, with its placeholders filled. */
const fill = (speech: Speech, template: string, result: CheckResult): string => {
  const { outcome } = result;
  const listed = outcome.kind === 'listed' ? outcome : undefined;
  const values: Readonly<Record<string, string>> = {
    amount: `${new Intl.NumberFormat('ru-RU').format(listed?.amount ?? result.amount)} ₸`,
    status: listed ? speech.say(`status.${listed.status}`) : '',
    date: dayOf(listed?.date ?? ''),
    reason: listed?.reason?.[speech.language] ?? speech.say('status.noReason'),
    listDate: dayOf(result.listDate ?? ''),
    shortName: result.shortName[speech.language],
  };
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
};

const keyOf = ({ outcome }: CheckResult): string => (outcome.kind === 'listed' ? outcome.status : 'notFound');
const resultText = (speech: Speech, result: CheckResult): string =>
  result.outcome.kind === 'no-list'
    ? speech.say('eligibility.listMissing', { programme: result.shortName[speech.language] })
    : fill(speech, result.resultTexts[keyOf(result)]?.[speech.language] ?? '', result);
const nextStep = (speech: Speech, result: CheckResult): string =>
  fill(speech, result.nextSteps[keyOf(result)]?.[speech.language] ?? '', result);

const ageOf = (speech: Speech, result: CheckResult): string[] => [
  ...(result.listDate ? [speech.say('eligibility.listDate', { date: dayOf(result.listDate) })] : []),
  ...(result.staleDays === undefined ? [] : [speech.say('eligibility.listStale', { count: result.staleDays })]),
];

const oneResult = (speech: Speech, result: CheckResult): Told =>
  result.outcome.kind === 'no-list'
    ? { must: [resultText(speech, result)], may: [] }
    : { must: [resultText(speech, result), nextStep(speech, result), ageOf(speech, result).join(' ')], may: [] };

/** Several programmes in one message: where the person stands first, then the lists that do not name them. */
const allResults = (speech: Speech, results: readonly CheckResult[]): Told => {
  const listed = results.filter(({ outcome }) => outcome.kind === 'listed');
  const others = results.filter(({ outcome }) => outcome.kind !== 'listed');
  const rows = listed.map((result) => `*${result.shortName[speech.language]}*\n${resultText(speech, result)}`);
  const rest = others.map((result) =>
    result.outcome.kind === 'no-list'
      ? resultText(speech, result)
      : speech.say('eligibility.notListed', { programme: result.shortName[speech.language] }),
  );
  const oldest = [...results]
    .filter((result) => result.listDate)
    .toSorted((a, b) => (a.listDate ?? '').localeCompare(b.listDate ?? ''))[0];
  return {
    must: [
      ...(listed.length === 0 ? [speech.say('eligibility.noneFound')] : rows),
      rest.join('\n'),
      oldest ? ageOf(speech, oldest).join(' ') : '',
    ],
    may: listed.map((result) => nextStep(speech, result)),
  };
};
