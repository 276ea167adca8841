/** The room of eligibility: is this person on a list, in which state, and what next; nobody may fish for other people. */
import type { Clocks } from '../../clock.js';
import type { CheckResult, ProgrammeId, ProgrammeName } from '../../dialogue/fact-requests.js';
import { hmacOfDigits } from '../../inbound/iin-hmac.js';
import type { Bilingual } from '../../language.js';
import type { IinChecks } from '../../store/iin-checks.js';
import type { ProgrammeRows, ProgrammeWithList } from '../../store/programmes.js';
import type { ListDocument, RecipientDocument, RecipientRows } from '../../store/recipients.js';
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
  };
}

const hourMs = 3_600_000;
/** About 22 people of the region share a birthday; this many different numbers of one birthday an hour are no families. */
const birthChecksPerHourDefault = 40;

export interface EligibilityParts {
  readonly store: {
    readonly programmes: ProgrammeRows;
    readonly recipients: RecipientRows;
    readonly iinChecks: IinChecks;
  };
  readonly clocks: Clocks;
  /** Keys what the throttle remembers, so that its marks lead to no row of a list. */
  readonly secret: string;
  /** Different IINs that one contact may ask about in an hour. */
  readonly checksPerHour: number;
  /** Different IINs of one birthday that may be asked about in an hour, by all contacts together. */
  readonly birthChecksPerHour?: number;
  readonly timeZone?: string;
}

/** The reason in the resident's language: of a known code, else the list's own words, else that none was given. */
const reasonOf = (row: RecipientDocument, programme: ProgrammeWithList): Bilingual | undefined => {
  const reasons = programme.fields.refusalReasons;
  if (row.reason === '') return reasons.unknown;
  return reasons[row.reason] ?? { kk: row.reason, ru: row.reason };
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
    ...(list ? { listDate: list.asOf } : {}),
    ...(age > fields.listRefreshDays ? { staleDays: age } : {}),
    resultTexts: fields.resultTexts,
    nextSteps: fields.nextSteps,
  };
};

const viewOf = ({ _id: id, fields, sample, list }: ProgrammeWithList, today: string): ProgrammeView => {
  const view = { id, shortName: fields.shortName, sample };
  if (!list) return view;
  const age = daysBetween(list.asOf, today);
  const [earlier] = list.earlier ?? [];
  return {
    ...view,
    list: {
      asOf: list.asOf,
      rows: list.rows,
      sample: list.sample,
      ...(age > fields.listRefreshDays ? { staleDays: age } : {}),
      ...(earlier ? { earlierAsOf: earlier.asOf } : {}),
    },
  };
};

export const createEligibility = ({
  store: { programmes, recipients, iinChecks },
  clocks,
  secret,
  checksPerHour,
  birthChecksPerHour = birthChecksPerHourDefault,
  timeZone = regionTimeZone,
}: EligibilityParts) => {
  const facts: EligibilityFacts = {
    async programmes(): Promise<readonly ProgrammeName[]> {
      return (await programmes.all()).map(({ _id: id, fields }) => ({
        id,
        shortName: fields.shortName,
        intent: fields.intent,
      }));
    },
    /**
     * The look-up is two indexed round trips at the same time, however many lists there are.
     * Limits are counted by real time, ages of lists by business time.
     * @throws EligibilityError faulty-iin (no hash), unknown-programme
     */
    async check({ iin, programme, contactId }) {
      if (iin.hmac === undefined) throw new EligibilityError('faulty-iin');
      const now = clocks.real.now().getTime();
      const mark = hmacOfDigits(`asked:${iin.hmac}`, secret).slice(0, 16);
      const minutesUntil = (freeAt: number): number => Math.max(1, Math.ceil((freeAt - now) / 60_000));
      const own = await iinChecks.take(`contact:${contactId}`, mark, { now, windowMs: hourMs, limit: checksPerHour });
      if (!own.granted) return { kind: 'throttled', minutes: minutesUntil(own.freeAt) };
      const birth = iin.birthHmac ?? iin.hmac;
      // All at once: the answer takes as long whether the birthday is throttled, the person listed or not.
      const [shared, asked, rows] = await Promise.all([
        iinChecks.take(`birth:${birth}`, mark, { now, windowMs: hourMs, limit: birthChecksPerHour }),
        programmes.withLists(programme === 'all' ? 'all' : [programme]),
        recipients.ofPerson(iin.hmac),
      ]);
      if (!shared.granted) return { kind: 'throttled', minutes: minutesUntil(shared.freeAt) };
      if (asked.length === 0) throw new EligibilityError('unknown-programme');
      const today = dayAt(clocks.business.now(), timeZone);
      return { kind: 'checked', results: asked.map((each) => resultOf(each, rows, today)) };
    },
  };
  return {
    ...facts,
    /** Every programme, in the order residents are shown. */
    async list(): Promise<readonly ProgrammeView[]> {
      const today = dayAt(clocks.business.now(), timeZone);
      return (await programmes.withLists('all')).map((programme) => viewOf(programme, today));
    },
  };
};
export type Eligibility = ReturnType<typeof createEligibility>;
