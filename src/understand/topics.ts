/** Topics of the labels, learnt from the articles' ids and the phrasings: which articles belong together, and whether a message names a topic. */
import { columnOf, field, recordWidth } from './columns.js';
import type { Label } from './contract.js';
import { featuresOf, kindsInOrder } from './features.js';
import { type Model, phrasesByLabel } from './model.js';
import type { Normalised } from './normalise.js';
import { phraseIn } from './postings.js';
import type { SeeToken } from './seen-tokens.js';

const article = 'faq:';

/** The beginnings of an id that end where one of its parts does: "pay", "pay-42500", "pay-42500-when". */
function beginningsOf(id: string): string[] {
  const found: string[] = [];
  for (let at = id.indexOf('-'); at >= 0; at = id.indexOf('-', at + 1)) found.push(id.slice(0, at));
  return [...found, id];
}

/**
 * The topic of each label. Articles whose ids begin alike ("pay-42500-when", "pay-42500-who") share that beginning as their topic, the
 * longest one that another article has too; an article that stands alone and any other label is a topic of its own.
 */
export function topicsOf(labels: readonly Label[]): ReadonlyMap<Label, string> {
  const counts = new Map<string, number>();
  const idsOf = new Map<Label, readonly string[]>();
  for (const label of labels) {
    if (!label.startsWith(article)) continue;
    const beginnings = beginningsOf(label.slice(article.length));
    idsOf.set(label, beginnings);
    for (const beginning of beginnings) counts.set(beginning, (counts.get(beginning) ?? 0) + 1);
  }
  return new Map(
    labels.map((label) => {
      if (label.startsWith('service:eligibility')) return [label, 'service:eligibility'];
      const beginnings = idsOf.get(label);
      if (beginnings === undefined) return [label, label];
      return [label, beginnings.findLast((one) => (counts.get(one) ?? 0) > 1) ?? label.slice(article.length)];
    }),
  );
}

/** Phrasings that stand for what is usual in all topics, beside a topic's own: rare words must not decide by one phrasing. */
const prior = 40;

export interface Topics {
  readonly of: ReadonlyMap<Label, string>;
  /**
   * How much more the message's words are those of another topic than of `topic`, in log-odds; negative where they are its own.
   * Every topic counts the same, however many phrasings it has: "when", "where", "documents" speak for none.
   */
  strangeness(message: Normalised, topic: string): number;
  /**
   * How much the message's words say that it is about `topic`, in log-odds: beside what they say of a usual topic, less how much more they
   * are another's. Near nothing for "where do I go?".
   */
  clearness(message: Normalised, topic: string): number;
}

/** Reads the topics of a trained model: words and concepts are counted by topic over the model's own phrasings. */
export function createTopics(model: Model, see: SeeToken): Topics {
  const of = topicsOf(model.labels);
  const names = [...new Set(of.values())];
  const place = new Map(names.map((name, at) => [name, at]));
  const topicOfLabel = model.labels.map((label) => place.get(of.get(label) ?? label) ?? 0);
  const { records, holders, phraseLabels } = model;
  const starts = phrasesByLabel(model);
  const sizes = new Float64Array(names.length);
  for (const [label, topic] of topicOfLabel.entries())
    (sizes[topic] as number) += (starts[label + 1] as number) - (starts[label] as number);

  /** What the message's words say of each topic, as the logarithm of a likelihood. */
  const evidenceOf = (message: Normalised): Float64Array => {
    const { keys, ends } = featuresOf(message, see);
    const evidence = new Float64Array(names.length);
    for (const kind of ['stem', 'concept'] as const) {
      const place = kindsInOrder.indexOf(kind);
      for (const key of keys.subarray(ends[place - 1] ?? 0, ends[place])) {
        const column = columnOf(model, key);
        if (column < 0) continue;
        const from = records[column * recordWidth + field.holdersFrom] as number;
        const to = records[column * recordWidth + field.holdersTo] as number;
        const counts = new Float64Array(names.length);
        for (let at = from; at < to; at += 1)
          (counts[topicOfLabel[phraseLabels[phraseIn(holders[at] as number)] as number] as number] as number) += 1;
        const usual = (prior * (to - from)) / phraseLabels.length;
        for (let at = 0; at < names.length; at += 1)
          (evidence[at] as number) += Math.log(((counts[at] as number) + usual) / ((sizes[at] as number) + prior));
      }
    }
    return evidence;
  };
  const strangenessBy = (evidence: Float64Array, own: number): number => {
    let other = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < names.length; at += 1) if (at !== own) other = Math.max(other, evidence[at] as number);
    return other - (evidence[own] as number);
  };
  return {
    of,
    strangeness: (message, topic) => {
      const own = place.get(topic);
      return own === undefined ? 0 : strangenessBy(evidenceOf(message), own);
    },
    clearness: (message, topic) => {
      const own = place.get(topic);
      if (own === undefined) return 0;
      const evidence = evidenceOf(message);
      const strangeness = strangenessBy(evidence, own);
      const ascending = evidence.sort();
      return (ascending.at(-1) ?? 0) - (ascending[ascending.length >> 1] ?? 0) - strangeness;
    },
  };
}
