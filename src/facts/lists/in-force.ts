/** The list in force in little memory, so that a new one is compared with it without asking the database for each person. */
import type { ListDocument, RecipientRows } from '../../store/recipients.js';
import { createNumberTable } from './number-table.js';
import { says } from './says.js';

export type Standing = 'added' | 'changed' | 'unchanged';

/** 52 bits of an IIN's hash, never 0: among a million people, two are taken for one once in 9,000 lists, and a count is off by one. */
const keyOf = (iinHmac: string): number => Number.parseInt(iinHmac.slice(0, 13), 16) + 1;

/**
 * Reads a list once, from its first row to its last; gives how a person of the new list stands beside it.
 * @param alive called now and then while it reads
 */
export const readInForce = async (
  recipients: Pick<RecipientRows, 'rowsOf'>,
  list: ListDocument | undefined,
  alive: () => Promise<void>,
): Promise<(iinHmac: string, saysNow: number) => Standing> => {
  const table = createNumberTable();
  if (list) {
    for await (const rows of recipients.rowsOf(list._id, list.activeBatch)) {
      for (const row of rows) table.set(keyOf(row.iinHmac), { says: says(row), line: 0 });
      await alive();
    }
  }
  return (iinHmac, saysNow) => {
    const before = table.get(keyOf(iinHmac));
    if (!before) return 'added';
    return before.says === saysNow ? 'unchanged' : 'changed';
  };
};
