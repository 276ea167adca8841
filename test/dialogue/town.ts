/** The facts of a town without a database: the content pack as it is read, its sample list, and a ticket desk, all in memory. */
import type {
  ArticleAnswer,
  CheckpointAnswer,
  FactAnswers,
  FactRequest,
  Queue,
  TicketAnswer,
  TicketReference,
} from '../../src/dialogue/fact-requests.js';
import { readPack } from '../../src/facts/content/read-pack.js';
import { dayAt } from '../../src/facts/day.js';
import { resultOf } from '../../src/facts/eligibility/eligibility.js';
import { starterQueueFor } from '../../src/facts/queues/starter-routes.js';
import { hmacOfDigits } from '../../src/inbound/iin-hmac.js';

export const listsSecret = 'a'.repeat(64);
export const pack = await readPack('content');
const listed = pack.sampleList ?? { asOf: '', rows: [] };

export const articles: readonly ArticleAnswer[] = pack.articles.map(({ id, fields }) => {
  const programme = pack.programmes.find((each) => each.fields.articles.includes(id))?.id;
  return { id, ...fields, ...(programme === undefined ? {} : { programme }) };
});
export const posts: readonly CheckpointAnswer[] = pack.checkpoints.map(({ id, sample, fields }) => {
  const kinds = pack.vehicleKinds.filter((kind) => (fields.allowedVehicles as readonly string[]).includes(kind.id));
  return {
    id,
    ...fields,
    vehicles: { kk: kinds.map(({ name }) => name.kk).join(', '), ru: kinds.map(({ name }) => name.ru).join(', ') },
    updatedAt: new Date(fields.updatedAt),
    sample,
  };
});

/** A person of the sample list by programme and status. */
export const personOf = (programme: string, status: string): string => {
  const row = listed.rows.find((each) => each.programme === programme && each.status === status);
  if (!row) throw new Error(`The sample list has nobody with ${programme} ${status}.`);
  return row.iin;
};
/** A person whom the most lists name. */
export const personOnMostLists = (): string => {
  const counts = new Map<string, number>();
  for (const { iin } of listed.rows) counts.set(iin, (counts.get(iin) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
};

export interface Town {
  readonly now: Date;
  readonly tickets: readonly (TicketAnswer & { readonly owner: string })[];
  readonly openNow: boolean;
  readonly opensAt: Date;
  /** Articles whose end date has passed. */
  readonly expired: readonly string[];
  readonly throttledMinutes?: number;
  readonly withoutList: readonly string[];
  readonly longest?: Partial<ArticleAnswer>;
  /** Their ticket that a specialist resolved a short while ago. */
  readonly lately?: TicketReference;
}

const checkResults = (town: Town, hmac: string | undefined, programme: string): FactAnswers['eligibility'] => {
  if (town.throttledMinutes !== undefined) return { kind: 'throttled', minutes: town.throttledMinutes };
  const asked = pack.programmes.filter(({ id }) => programme === 'all' || id === programme);
  const rows = listed.rows
    .map((row) => ({ ...row, iinHmac: hmacOfDigits(row.iin, listsSecret) }))
    .filter((row) => row.iinHmac === hmac)
    .map(({ programme: programmeId, ...row }) => ({ ...row, _id: programmeId, programmeId, batch: 'sample' }));
  const results = asked.map(({ id, fields }, position) => {
    const list = {
      _id: id,
      activeBatch: 'sample',
      asOf: listed.asOf,
      rows: rows.length,
      sample: true,
      loadedAt: town.now,
      loadedBy: 'pack',
    };
    const document = {
      _id: id,
      fields,
      position,
      version: 1,
      sample: false,
      origin: { hash: '' } as never,
      updatedAt: town.now,
      updatedBy: 'pack',
      ...(town.withoutList.includes(id) ? {} : { list }),
    };
    return resultOf(document, rows, dayAt(town.now, 'Asia/Qyzylorda'));
  });
  return { kind: 'checked', results };
};

/** Kilometres on a small map, good enough to order posts. */
const kmBetween = (latitude: number, longitude: number, post: { lat: number; lon: number }): number =>
  Math.hypot((post.lat - latitude) * 111, (post.lon - longitude) * 111 * Math.cos((latitude * Math.PI) / 180));

const replyHours: Record<Queue, number> = {
  payments: 2,
  checkpoints: 2,
  business: 2,
  health: 1,
  utilities: 2,
  other: 2,
};

export const answerFact = (town: Town, request: FactRequest, owner: string): FactAnswers[FactRequest['fact']] => {
  switch (request.fact) {
    case 'article': {
      const found = articles.find(({ id }) => id === request.id);
      return found && !town.expired.includes(found.id) ? { ...found, ...town.longest } : null;
    }
    case 'topic-articles':
      return articles.filter(({ topic }) => topic === request.topic);
    case 'eligibility':
      return checkResults(town, request.iin.hmac, request.programme);
    case 'programmes':
      return pack.programmes.map(({ id, fields }) => ({
        id,
        shortName: fields.shortName,
        intent: fields.intent,
        named: [String(fields.amount)],
        articles: fields.articles,
      }));
    case 'checkpoint':
      return posts.find(({ id }) => id === request.id) ?? null;
    case 'checkpoints':
      return posts;
    case 'checkpoints-near':
      return pack.checkpoints
        .map(({ id, fields }) => ({
          id,
          distanceKm: Math.round(kmBetween(request.latitude, request.longitude, fields.location) * 10) / 10,
        }))
        .sort((a, b) => a.distanceKm - b.distanceKm)
        .slice(0, 3)
        .flatMap(({ id, distanceKm }) =>
          posts.filter((post) => post.id === id).map((post) => ({ ...post, distanceKm })),
        );
    case 'ticket':
      return town.tickets.find((ticket) => ticket.receipt === request.receipt && ticket.owner === owner) ?? null;
    case 'queue':
      return starterQueueFor(request.label);
    case 'office-hours':
      return { openNow: town.openNow, opensAt: town.opensAt, replyHours: replyHours[request.queue] ?? 2 };
    case 'rated-ticket':
    case 'resolved-lately':
    case 'quoted-ticket':
      return town.lately ?? null;
    case 'new-receipt':
      return `K-${['7F3Q', '2B9X', 'M4TZ', 'H8WC'][town.tickets.length] ?? 'ZZZZ'}`;
  }
};
