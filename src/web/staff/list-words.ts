/** What was found in a list, in the reader's language: on the page and in the file to download alike. */
import type { CellFault } from '../../facts/lists/findings.js';
import type { FindingWords } from '../../facts/lists/findings-csv.js';
import type { Translate } from './staff-texts.js';

export const findingWords = (t: Translate): FindingWords => ({
  head: [t('lists:finding.line'), t('lists:finding.column'), t('lists:finding.reason')],
  wholeRow: t('lists:finding.row'),
  fault: ({ code, detail = '' }: CellFault) => t(`lists:fault.${code}`, { detail }),
  other: (kind, other) => t(`lists:finding.${kind}`, { other }),
});
