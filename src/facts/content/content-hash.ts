/** Fingerprints by which an import tells what changed: the same fields in any order give the same. */
import { createHash } from 'node:crypto';

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, ordered(inner)]));
};

export const contentHash = (fields: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(fields)))
    .digest('hex');
