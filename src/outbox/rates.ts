/** What a message costs by the installation's own table, in whatever currency that is written in. Pure. */
import type { ChannelName } from '../transport/contract.js';

/** Channels, and the templates of Cloud API, which Meta prices apart. */
export const ratedKinds = ['web', 'whatsapp-web', 'cloud-api', 'cloud-api-template'] as const;
export type Rates = Readonly<Partial<Record<(typeof ratedKinds)[number], number>>>;

/** Reads `cloud-api:0, cloud-api-template:6.5`; null where it is no such table. */
export const parseRates = (text: string): Rates | null => {
  const pairs = text.split(',').map((part) => part.trim().match(/^([a-z-]+)\s*:\s*(\d{1,7}(?:\.\d{1,6})?)$/));
  const rates = pairs.map((pair) => [ratedKinds.find((kind) => kind === pair?.[1]), Number(pair?.[2])] as const);
  return rates.every(([kind]) => kind !== undefined) && new Set(rates.map(([kind]) => kind)).size === rates.length
    ? Object.fromEntries(rates)
    : null;
};

/** Undefined where the table says nothing of it. */
export const costOf = (rates: Rates, channel: ChannelName, template: string | undefined): number | undefined =>
  rates[template !== undefined && channel === 'cloud-api' ? 'cloud-api-template' : channel];
