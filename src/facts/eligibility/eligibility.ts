/** The room of eligibility: is this person on a list, in which state, and what next; nobody may fish for other people. */
import type { Clocks } from '../../clock.js';
import type { CheckResult, ProgrammeId, ProgrammeName } from '../../dialogue/fact-requests.js';
import { hmacOfDigits, type ListsKeys } from '../../inbound/iin-hmac.js';
import type { Bilingual } from '../../language.js';
import type { CheckDays, EnumerationAlarm } from '../../store/check-days.js';
import type { IinChecks } from '../../store/iin-checks.js';
import type { ProgrammeRows, ProgrammeWithList } from '../../store/programmes.js';
import type { ListDocument, RecipientDocument } from '../../store/recipients.js';
import type { IndexMaterial } from '../../understand/contract.js';
import { isOfPhrasings } from '../../understand/payments.js';
import type { EligibilityFacts } from '../contract.js';
import { dayAt, daysBetween, regionTimeZone } from '../day.js';

export type EligibilityErrorCode = 'faulty-iin' | 'unknown-programme';
/** A check that the dialogue should not have asked for. */
export class EligibilityError extends Error {
  override readonly name = 'EligibilityError';
  constructor(readonly code: EligibilityErrorCode) {
    super(code);
  }
}

/** A programme as staff see it, with the list that answers come from. */
export interface ProgrammeView {
  readonly id: ProgrammeId;
  readonly shortName: Bilingual;
  /** Its texts are a sample that nobody confirmed. */
  readonly sample: boolean;
  /** Absent where no list was loaded: then nobody can be checked. `asOf` is a day, YYYY-MM-DD. */
  readonly list?: Pick<ListDocument, 'asOf' | 'rows' | 'sample'> & {
    /** It is older than its promised refresh: its age in days. */
    readonly staleDays?: number;
    /** Day of the list that can be gone back to. */
    readonly earlierAsOf?: string;
    /** The other programmes whose list came in the same file and goes back with it; without a day where they have none then. */
    readonly together?: readonly { readonly shortName: Bilingual; readonly earlierAsOf?: string }[];
  };
}

const hourMs = 3_600_000;
/**
 * About 22 people of the region share a birthday, and two of them rarely ask within an hour: a known birthday and sex leave 10,000
 * numbers, and at this pace trying them takes ten weeks.
 */
const birthChecksPerHourDefault = 6;
/** Refused tries at so many different people are no slips of the finger. */
const triesBeforeAlarm = 3;
const keptDaysDefault = 400;
const dayMs = 86_400_000;
/** Counts are written together, this long after the first of them. */
const countEveryMs = 2_000;
const articlesEveryMs = 60_000;

export interface EligibilityParts extends ListsKeys {
  readonly store: {
    readonly programmes: ProgrammeRows;
    readonly iinChecks: IinChecks;
    readonly checkDays: CheckDays;
  };
  readonly clocks: Clocks;
  /** Different IINs that one contact may ask about in an hour. */
  readonly checksPerHour: number;
  /** Different IINs of one birthday that may be asked about in an hour, by all contacts together. */
  readonly birthChecksPerHour?: number;
  /** Days that counts and alarms are kept. */
  readonly keptDays?: number;
  readonly timeZone?: string;
}

/** The reason in the resident's language: of a known code, else the list's own words, else that none was given. */
const reasonOf = (row: RecipientDocument, programme: ProgrammeWithList): Bilingual | undefined => {
  const reasons = programme.fields.refusalReasons;
  if (row.reason === '') return reasons.unknown;
  return reasons[row.reason] ?? { kk: row.reason, ru: row.reason };
};

const closedOn = ({ openFrom, openUntil }: ProgrammeWithList['fields'], today: string): Pick<CheckResult, 'closed'> => {
  if (openFrom !== undefined && today < openFrom) return { closed: { kind: 'not-yet', day: openFrom } };
  return openUntil !== undefined && today > openUntil ? { closed: { kind: 'no-more', day: openUntil } } : {};
};

const outcomeOf = (
  programme: ProgrammeWithList,
  rows: readonly RecipientDocument[],
  list: ListDocument | undefined,
): CheckResult['outcome'] => {
  if (!list) return { kind: 'no-list' };
  const row = rows.find((each) => each.programmeId === programme._id && each.batch === list.activeBatch);
  if (!row) return { kind: 'not-listed' };
  const { status, amount, date } = row;
  const reason = status === 'refused' ? reasonOf(row, programme) : undefined;
  return { kind: 'listed', status, amount, date, ...(reason ? { reason } : {}) };
};

/** @param today day of business time; a list older than its promised refresh tells its age in days. */
export const resultOf = (
  programme: ProgrammeWithList,
  rows: readonly RecipientDocument[],
  today: string,
): CheckResult => {
  const { list, fields } = programme;
  const age = list ? daysBetween(list.asOf, today) : 0;
  return {
    programme: programme._id,
    shortName: fields.shortName,
    amount: fields.amount,
    outcome: outcomeOf(programme, rows, list),
    ...(list ? { listDate: list.asOf, batch: list.activeBatch } : {}),
    ...(age > fields.listRefreshDays ? { staleDays: age } : {}),
    resultTexts: fields.resultTexts,
    nextSteps: fields.nextSteps,
    ...closedOn(fields, today),
  };
};

const viewOf = (
  { _id: id, fields, sample, list }: ProgrammeWithList,
  all: readonly ProgrammeWithList[],
  today: string,
): ProgrammeView => {
  const view = { id, shortName: fields.shortName, sample };
  if (!list) return view;
  const age = daysBetween(list.asOf, today);
  const [earlier] = list.earlier ?? [];
  const others = all.filter((each) => each._id !== id && each.list?.activeBatch === list.activeBatch);
  const together = others.map((other) => {
    const [before] = other.list?.earlier ?? [];
    return { shortName: other.fields.shortName, ...(before ? { earlierAsOf: before.asOf } : {}) };
  });
  return {
    ...view,
    list: {
      asOf: list.asOf,
      rows: list.rows,
      sample: list.sample,
      ...(age > fields.listRefreshDays ? { staleDays: age } : {}),
      ...(earlier ? { earlierAsOf: earlier.asOf } : {}),
      ...(earlier && together.length > 0 ? { together } : {}),
    },
  };
};

export const createEligibility = ({
  store: { programmes, iinChecks, checkDays },
  clocks,
  secret,
  previousSecret,
  checksPerHour,
  birthChecksPerHour = birthChecksPerHourDefault,
  keptDays = keptDaysDefault,
  timeZone = regionTimeZone,
}: EligibilityParts) => {
  const today = (): string => dayAt(clocks.business.now(), timeZone);
  let counted: Map<string, Record<string, number>> = new Map();
  let alarms: Map<string, EnumerationAlarm> = new Map();
  const writeCounts = async (): Promise<void> => {
    const [written, raised] = [counted, alarms];
    [counted, alarms] = [new Map(), new Map()];
    const expiresAt = new Date(clocks.real.now().getTime() + keptDays * dayMs);
    for (const [day, counts] of written) await checkDays.add(day, counts, expiresAt).catch(() => undefined);
    for (const alarm of raised.values()) await checkDays.raise(alarm, expiresAt).catch(() => undefined);
  };
  /** Off the way of the answer, so that counting costs a resident nothing; what a killed process had not written is lost. */
  const writeSoon = (): void => {
    if (counted.size + alarms.size === 0) setTimeout(() => void writeCounts(), countEveryMs).unref();
  };
  const count = (outcomes: readonly string[]): void => {
    writeSoon();
    const counts = counted.get(today()) ?? {};
    for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
    counted.set(today(), counts);
  };
  /** What staff see of tries at many people; a script's tries are written together. */
  const alarm = (kind: 'contact' | 'birthday', subject: string, contactId: string): void => {
    writeSoon();
    const _id = `${today()}:${kind}:${subject}`;
    const whose = kind === 'contact' ? { contactId } : {};
    const tries = (alarms.get(_id)?.tries ?? 0) + 1;
    alarms.set(_id, { _id, kind, ...whose, tries, lastAt: clocks.real.now() });
  };
  const throttled = (freeAt: number, now: number) => {
    count(['throttled']);
    return { kind: 'throttled' as const, minutes: Math.max(1, Math.ceil((freeAt - now) / 60_000)) };
  };

  let articleProgrammes = { readUntil: 0, by: new Map<string, ProgrammeId>() };
  const facts: EligibilityFacts = {
    /** Read anew once a minute, so that the button under an answer costs the answer no query. */
    async programmeOfArticle(articleId: string): Promise<ProgrammeId | undefined> {
      const now = clocks.real.now().getTime();
      if (now >= articleProgrammes.readUntil) {
        const pairs = (await programmes.all()).flatMap(({ _id: id, fields }) =>
          fields.articles.map((article): [string, ProgrammeId] => [article, id]),
        );
        articleProgrammes = { readUntil: now + articlesEveryMs, by: new Map(pairs) };
      }
      return articleProgrammes.by.get(articleId);
    },
    async programmes(): Promise<readonly ProgrammeName[]> {
      return (await programmes.all()).map(({ _id: id, fields }) => ({
        id,
        shortName: fields.shortName,
        intent: fields.intent,
        named: [String(fields.amount), ...(fields.keywords ?? [])],
        articles: fields.articles,
      }));
    },
    /**
     * Two commands, however many lists there are: the turns are taken, then everything is read. Whether somebody is listed, is not, or may
     * not be asked about, the same is sent and read: how long an answer takes tells nothing. Who has no turn left counts for the birthday
     * all the same.
     * Limits are counted by real time, ages of lists by business time. While the lists' key is new, tries are counted on under the old
     * one, so that a new key gives nobody new turns.
     * @throws EligibilityError faulty-iin (no hash), unknown-programme
     */
    async check({ iin, programme, contactId }) {
      if (iin.hmac === undefined) throw new EligibilityError('faulty-iin');
      const now = clocks.real.now().getTime();
      const person = iin.former?.hmac ?? iin.hmac;
      const birth = iin.former?.birthHmac ?? iin.birthHmac ?? iin.hmac;
      const one = {
        contact: { subject: `contact:${contactId}`, limit: checksPerHour },
        birth: { subject: `birth:${birth}`, limit: birthChecksPerHour },
        mark: hmacOfDigits(`asked:${person}`, previousSecret ?? secret).slice(0, 16),
        now,
        windowMs: hourMs,
      };
      await iinChecks.take(one);
      const read = await iinChecks.read(one, [iin.hmac, ...(iin.former ? [iin.former.hmac] : [])]);
      if (!read.contact.granted) {
        if (read.contact.refused >= triesBeforeAlarm) alarm('contact', contactId, contactId);
        return throttled(read.contact.freeAt, now);
      }
      if (!read.birth.granted) {
        alarm('birthday', hmacOfDigits(`alarm:${birth}`, secret).slice(0, 16), contactId);
        return throttled(read.birth.freeAt, now);
      }
      const asked = read.programmes.filter(({ _id }) => programme === 'all' || _id === programme);
      if (asked.length === 0) throw new EligibilityError('unknown-programme');
      const results = asked.map((each) => resultOf(each, read.rows, today()));
      count(results.map(({ outcome }) => (outcome.kind === 'listed' ? outcome.status : outcome.kind)));
      return { kind: 'checked', results };
    },
  };
  return {
    ...facts,
    /** The latest days of checks, and who tried to fish. */
    checkDays: checkDays.latest,
    async alarms(limit: number): ReturnType<CheckDays['alarms']> {
      await writeCounts();
      return checkDays.alarms(limit);
    },
    /** What the index reads of programmes; nothing of those that the phrasings know and that staff gave no questions. */
    async indexMaterial(): Promise<Pick<IndexMaterial, 'payments'>> {
      const payments = (await programmes.all())
        .filter(({ _id: id, fields }) => !isOfPhrasings(id) || fields.questions !== undefined)
        .map(({ _id: id, fields }) => ({
          id,
          label: fields.intent,
          amount: fields.amount,
          name: fields.shortName,
          words: fields.keywords ?? [],
          articles: fields.articles,
          questions: fields.questions ?? { kk: [], ru: [] },
        }));
      return payments.length > 0 ? { payments } : {};
    },
    /** Every programme, in the order residents are shown. */
    async list(): Promise<readonly ProgrammeView[]> {
      const all = await programmes.withLists();
      return all.map((programme) => viewOf(programme, all, today()));
    },
  };
};
export type Eligibility = ReturnType<typeof createEligibility>;
