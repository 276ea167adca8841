/** Reads a sample list (CSV, comma, UTF-8) strictly: one doubtful row and the whole list is refused. */
import { parse } from 'csv-parse/sync';
import { checkIin } from '../../inbound/iin.js';
import type { IinFault } from '../../inbound/masked.js';
import { isoDay } from '../articles/article-fields.js';
import { statuses } from '../eligibility/programme-fields.js';
import type { PackRecipient } from './pack.js';
import type { PackFault } from './pack-error.js';

const columns = ['iin', 'program', 'status', 'amount', 'date', 'district', 'reason'] as const;
type Column = (typeof columns)[number];

const iinFaults: Record<IinFault, string> = {
  length: 'must have 12 digits',
  'not-digits': 'holds something else than digits',
  date: 'begins with no possible birth date',
  century: 'has an impossible seventh digit',
  checksum: 'has a wrong check digit',
};

interface ReadRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * @param text the file; its first line names the columns iin, program, status, amount, date, district, reason.
 * @returns the rows, or every fault with line and column. A fault never repeats the IIN.
 */
export const readList = (
  file: string,
  text: string,
  programmes: ReadonlySet<string>,
): { readonly rows: readonly PackRecipient[] } | { readonly faults: readonly PackFault[] } => {
  let read: ReadRow[];
  try {
    read = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as ReadRow[];
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : 1;
    return { faults: [{ file, line, message: 'is no CSV: quotes do not match' }] };
  }
  const [header, ...body] = read;
  if (header?.record.join(',') !== columns.join(',')) {
    return { faults: [{ file, line: 1, message: `must begin with the columns ${columns.join(',')}` }] };
  }
  const faults: PackFault[] = [];
  const seen = new Map<string, number>();
  const rows = body.map(({ record, info }): PackRecipient => {
    const line = info.lines;
    const fault = (field: Column | undefined, message: string): void => {
      faults.push({ file, line, ...(field ? { field } : {}), message });
    };
    if (record.length !== columns.length) fault(undefined, `has ${record.length} columns instead of ${columns.length}`);
    const [iin = '', programme = '', written = '', amount = '', date = '', district = '', reason = ''] = record;
    const form = checkIin(iin);
    if (!form.ok) fault('iin', iinFaults[form.fault]);
    if (!programmes.has(programme)) fault('program', `is unknown; known are ${[...programmes].join(', ')}`);
    const status = statuses.find((each) => each === written);
    if (!status) fault('status', `is unknown; known are ${statuses.join(', ')}`);
    if (!/^[1-9]\d{0,8}$/.test(amount)) fault('amount', 'must be a whole number of tenge above zero');
    if (!isoDay.safeParse(date).success) fault('date', 'is no day that exists (YYYY-MM-DD)');
    const key = `${programme} ${iin}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) fault('iin', `stands for this programme in line ${earlier} too`);
    seen.set(key, earlier ?? line);
    return { iin, programme, status: status ?? 'in-review', amount: Number(amount), date, district, reason };
  });
  return faults.length > 0 ? { faults } : { rows };
};
