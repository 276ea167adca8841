/** The room of canned responses: kept by who leads and edits, offered to a specialist with everything filled in that is known. */
import type { Clocks } from '../../clock.js';
import type { Queue } from '../../dialogue/fact-requests.js';
import { type Bilingual, languages } from '../../language.js';
import { weekInWords } from '../../office-hours.js';
import type { CannedDocument } from '../../store/canned-responses.js';
import { mostCanned } from '../../store/canned-responses.js';
import type { Store } from '../../store/store.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import type { Audit } from '../audit/audit.js';
import type { Queues } from '../queues/queues.js';
import { type CannedFields, cannedFields } from './canned-fields.js';
import { fillPlaceholders, openPlaceholders, type PlaceholderValues } from './placeholders.js';

/** One fault: `field` is `shortcut`, `text.kk` or `text.ru`. */
export interface CannedFault {
  readonly field: string;
  readonly code: 'empty' | 'too-long' | 'bad-shortcut' | 'shortcut-taken';
}
export type CannedErrorCode = 'invalid' | 'stale' | 'too-many';
/** Why a change was refused; the pages turn the code into a sentence. */
export class CannedError extends Error {
  override readonly name = 'CannedError';
  constructor(
    readonly code: CannedErrorCode,
    readonly faults: readonly CannedFault[] = [],
  ) {
    super(code);
  }
}
/** As the reply box takes it: in the resident's language, filled as far as this ticket and this specialist tell. */
export interface OfferedCanned {
  readonly id: string;
  readonly shortcut: string;
  readonly text: string;
  /** Places that the specialist has yet to fill. */
  readonly open: readonly string[];
}
export interface CannedParts {
  readonly store: Pick<Store, 'canned' | 'transaction'>;
  readonly queues: Pick<Queues, 'find'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clocks: Clocks;
  readonly timeZone: string;
  /** Takes out what may be an IIN. */
  readonly mask: (text: string) => string;
}

export const createCannedResponses = ({ store, queues, audit, clocks, timeZone, mask }: CannedParts) => {
  /** @throws CannedError invalid */
  const checked = (fields: CannedFields): CannedFields => {
    const clean = (text: string): string => mask(text.replaceAll('\r\n', '\n').trim());
    const { queue, text } = fields;
    const parsed = cannedFields.safeParse({
      shortcut: fields.shortcut.trim().replace(/^\//, '').toLowerCase().normalize('NFC'),
      text: Object.fromEntries(languages.map((language) => [language, clean(text[language])])),
    });
    if (parsed.success) return { ...parsed.data, ...(queue ? { queue } : {}) };
    const faults = parsed.error.issues.map(
      ({ path, message }): CannedFault => ({
        field: path.join('.'),
        code: message === 'empty' || message === 'too-long' ? message : 'bad-shortcut',
      }),
    );
    throw new CannedError('invalid', faults);
  };
  const moment = new Intl.DateTimeFormat('ru-RU', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const valuesFor = async (ticket: TicketDocument, name: string): Promise<PlaceholderValues> => {
    const { calendar } = await queues.find(ticket.queue);
    const [date = ''] = moment.format(clocks.business.now()).split(', ');
    const hours = weekInWords(calendar.week, ticket.language);
    return {
      ticket: ticket.receipt,
      name,
      date,
      ...(hours === '' ? {} : { hours }),
      ...(ticket.resolveBy ? { due: moment.format(ticket.resolveBy) } : {}),
    };
  };

  return {
    list: (): Promise<readonly CannedDocument[]> => store.canned.all(),
    find: store.canned.find,
    /**
     * Writes one, with its line in the audit log. `version` 0 makes it.
     * @throws CannedError invalid (with every fault), stale, too-many
     */
    async save(id: string, version: number, fields: CannedFields, staffId: string): Promise<void> {
      const clean = checked(fields);
      if (version === 0 && (await store.canned.all()).length >= mostCanned) throw new CannedError('too-many');
      const outcome = await store.canned.save(id, version, clean, { changedBy: staffId, changedAt: clocks.real.now() });
      if (outcome === 'stale') throw new CannedError('stale');
      if (outcome === 'shortcut-taken') throw new CannedError('invalid', [{ field: 'shortcut', code: outcome }]);
      await audit.record({
        by: staffId,
        action: 'canned-saved',
        subject: `canned:${id}`,
        details: { shortcut: clean.shortcut },
      });
    },
    /** @throws CannedError stale where it is gone or somebody changed it since */
    async remove(id: string, version: number, staffId: string): Promise<void> {
      const found = await store.canned.find(id);
      if (!found || !(await store.canned.remove(id, version))) throw new CannedError('stale');
      const details = { shortcut: found.shortcut };
      await audit.record({ by: staffId, action: 'canned-removed', subject: `canned:${id}`, details });
    },
    /** Those of the ticket's queue first, then those for all. `name`: of the specialist who answers. */
    async offered(ticket: TicketDocument, name: string): Promise<readonly OfferedCanned[]> {
      const [all, values] = await Promise.all([store.canned.all(), valuesFor(ticket, name)]);
      const here = (queue: Queue | undefined): boolean => queue === ticket.queue;
      return [...all.filter(({ queue }) => here(queue)), ...all.filter(({ queue }) => queue === undefined)].map(
        ({ _id: id, shortcut, text }) => {
          const filled = fillPlaceholders(text[ticket.language], values);
          return { id, shortcut, text: filled, open: openPlaceholders(filled) };
        },
      );
    },
  };
};
export type CannedResponses = ReturnType<typeof createCannedResponses>;
/** As a form starts. */
export const noCanned: { readonly shortcut: string; readonly text: Bilingual } = {
  shortcut: '',
  text: { kk: '', ru: '' },
};
