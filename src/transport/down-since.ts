/** What a channel's record says about an outage: the page, health and the alarm read it the same way. Pure. */
import type { ChannelDocument } from '../store/channels.js';

/** A connection whose proof is older is taken for lost, whoever may still call it connected; in milliseconds. */
export const freshMs = 60_000;

/** Since when the channel is not known to work; undefined where it works, or where nobody has served it yet. */
export const downSince = (record: ChannelDocument | null, now: Date): Date | undefined => {
  if (!record) return undefined;
  if (record.state !== 'connected') return record.downSince ?? record.since;
  const proven = record.provenAt ?? record.since;
  return now.getTime() - proven.getTime() > freshMs ? proven : undefined;
};
