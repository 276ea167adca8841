/** The sample list of a pack, put in force for programmes that have no list of staff's own. */
import { hmacOfDigits, keyNameOf } from '../../inbound/iin-hmac.js';
import type { ListDocument, RecipientDocument, RecipientRows } from '../../store/recipients.js';
import type { Session } from '../../store/session.js';
import { contentHash } from './content-hash.js';
import type { PackList } from './pack.js';

/** Loads the sample rows of each programme that has no list yet or an older sample. */
export const putSampleList = async (
  list: PackList,
  recipients: RecipientRows,
  session: Session,
  secret: string,
  at: Date,
): Promise<Record<string, number | 'unchanged' | 'kept'>> => {
  const inForce = await recipients.listsInside(session);
  const outcome: Record<string, number | 'unchanged' | 'kept'> = {};
  for (const programmeId of new Set(list.rows.map((row) => row.programme))) {
    const rows = list.rows.filter((row) => row.programme === programmeId);
    const batch = `sample-${hmacOfDigits(contentHash({ asOf: list.asOf, rows }), secret).slice(0, 16)}`;
    const now = inForce.find((each) => each._id === programmeId);
    if (now && (!now.sample || now.activeBatch === batch)) {
      outcome[programmeId] = now.sample ? 'unchanged' : 'kept';
      continue;
    }
    const documents = rows.map(({ iin, programme: _, ...row }): RecipientDocument => {
      const iinHmac = hmacOfDigits(iin, secret);
      return { _id: `${programmeId}:${batch}:${iinHmac}`, programmeId, batch, iinHmac, ...row };
    });
    const document: ListDocument = {
      _id: programmeId,
      activeBatch: batch,
      key: keyNameOf(secret),
      asOf: list.asOf,
      rows: rows.length,
      sample: true,
      loadedAt: at,
      loadedBy: 'pack',
    };
    await recipients.replaceInside(session, document, documents);
    outcome[programmeId] = rows.length;
  }
  return outcome;
};
