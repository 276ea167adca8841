/** What the lists say of one IIN, told in one message: where the person stands first, then next steps and the lists' dates. Pure. */
import type { CheckResult } from './fact-requests.js';
import { fillTemplate } from './fill-template.js';
import { dayOf } from './local-time.js';
import type { Parts } from './reply.js';
import type { Speech } from './speech.js';

type Told = Required<Parts>;
/** All that the telling needs of a speech. */
type Voice = Pick<Speech, 'language' | 'say'>;

const listedOf = ({ outcome }: CheckResult) => (outcome.kind === 'listed' ? outcome : undefined);
const amountOf = (result: CheckResult): string =>
  `${new Intl.NumberFormat('ru-RU').format(listedOf(result)?.amount ?? result.amount)} ₸`;

/** The programme's own text for the result, with its placeholders filled. */
const fill = (speech: Voice, template: string, result: CheckResult): string => {
  const listed = listedOf(result);
  const values: Readonly<Record<string, string>> = {
    amount: amountOf(result),
    status: listed ? speech.say(`status.${listed.status}`) : '',
    date: listed ? dayOf(listed.date) : '',
    reason: listed?.reason?.[speech.language] ?? speech.say('status.noReason'),
    listDate: result.listDate ? dayOf(result.listDate) : '',
    shortName: result.shortName[speech.language],
  };
  return fillTemplate(template, values);
};

const keyOf = ({ outcome }: CheckResult): string => (outcome.kind === 'listed' ? outcome.status : 'notFound');

const resultText = (speech: Voice, result: CheckResult): string =>
  result.outcome.kind === 'no-list'
    ? speech.say('eligibility.listMissing', { programme: result.shortName[speech.language] })
    : withAmount(speech, result, fill(speech, result.resultTexts[keyOf(result)]?.[speech.language] ?? '', result));

/** Who is listed is told the sum too where the programme's text leaves it out. */
const withAmount = (speech: Voice, result: CheckResult, told: string): string =>
  listedOf(result) === undefined || told.includes(amountOf(result))
    ? told
    : `${told} ${speech.say('eligibility.amount', { amount: amountOf(result) })}`;

const nextStep = (speech: Voice, result: CheckResult): string =>
  fill(speech, result.nextSteps[keyOf(result)]?.[speech.language] ?? '', result);

/** Who is not listed and could not apply today is told so rather than where to apply. */
const stepOrClosed = (speech: Voice, result: CheckResult): string =>
  result.closed && result.outcome.kind === 'not-listed'
    ? speech.say(`eligibility.${result.closed.kind}`, { date: dayOf(result.closed.day) })
    : nextStep(speech, result);

/** The list's date, where the result's own text does not name it, and the warning that it is old. */
const ageOf = (speech: Voice, result: CheckResult, told = ''): string =>
  [
    ...(result.listDate && !told.includes(dayOf(result.listDate))
      ? [speech.say('eligibility.listDate', { date: dayOf(result.listDate) })]
      : []),
    ...(result.staleDays === undefined ? [] : [speech.say('eligibility.listStale', { count: result.staleDays })]),
  ].join(' ');

/** `results` holds one row for each programme that was asked; several stand together in one message. */
export const tellResults = (speech: Voice, results: readonly CheckResult[]): Told => {
  const [only, ...others] = results;
  return only && others.length === 0 ? tellOne(speech, only) : tellAll(speech, results);
};

const tellOne = (speech: Voice, result: CheckResult): Told => {
  const told = resultText(speech, result);
  return result.outcome.kind === 'no-list'
    ? { must: [told], may: [] }
    : { must: [told, stepOrClosed(speech, result), ageOf(speech, result, told)], may: [] };
};

const tellAll = (speech: Voice, results: readonly CheckResult[]): Told => {
  const listed = results.filter(({ outcome }) => outcome.kind === 'listed');
  const rest = results
    .filter(({ outcome }) => outcome.kind !== 'listed')
    .map((result) =>
      result.outcome.kind === 'no-list'
        ? resultText(speech, result)
        : speech.say('eligibility.notListed', { programme: result.shortName[speech.language] }),
    );
  const allMissing = results.every(({ outcome }) => outcome.kind === 'no-list');
  const rows = listed.map((result) => `*${result.shortName[speech.language]}*\n${resultText(speech, result)}`);
  const none = listed.length > 0 || allMissing ? [] : [speech.say('eligibility.noneFound')];
  const oldest = results
    .filter(({ listDate }) => listDate !== undefined)
    .toSorted((a, b) => (a.listDate ?? '').localeCompare(b.listDate ?? ''))[0];
  return {
    must: [...rows, ...none, rest.join('\n'), oldest ? ageOf(speech, oldest) : ''],
    // Under its programme's name, since the steps of several stand together.
    may: listed.map((result) => `*${result.shortName[speech.language]}*: ${nextStep(speech, result)}`),
  };
};
