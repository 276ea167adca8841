/** A message that leans on the article before it ("ал қанша күтемін?", "а документы?") is read as a question of that article's topic. */
import type { Label, Slots } from './contract.js';
import type { Normalised } from './normalise.js';
import type { Topics } from './topics.js';

/** A longer message says what it is about. */
const longestFollowUp = 7;
/** Words that name a payment and ask nothing themselves: "ал 42500 ше?", "а пятьдесят тысяч?". */
const longestNaming = 3;
/** From this strangeness on a message has a topic of its own, where it is `width` further surely so. */
export const ownTopicFrom = 7;
const width = 1;
/** Logits that the articles of the topic gain and all others lose where the message surely has no topic of its own. */
const gain = 4;
/** Logits that the very article gains beside its neighbours: most often more is asked of what was just read. */
const stay = 0.8;
/** Logits that the same question about the named payment gains. */
const sameQuestion = 2.5;

export const wordsOf = (message: Normalised): number => message.tokens.filter(({ kind }) => kind === 'word').length;

/**
 * Corrects `logits` (by label) in place for the article that was answered before. The topic is what the ids have in common, so that
 * "documents" after `pay-42500-when` is `pay-42500-documents`; how far it counts falls smoothly with the message's own topic. The
 * figures were chosen on follow-ups in both languages and checked on the development messages after every foreign article.
 */
export function followUp(
  labels: readonly Label[],
  logits: Float64Array,
  message: Normalised,
  article: string,
  programmes: Slots['programmes'],
  topics: Topics,
): void {
  const topic = topics.of.get(`faq:${article}`);
  if (topic === undefined) return;
  const [named] = programmes;
  const words = wordsOf(message);
  if (named !== undefined) {
    const asked = labels.indexOf(`faq:${named}${article.slice(topic.length)}`);
    if (asked >= 0 && words <= longestNaming) logits[asked] = (logits[asked] as number) + sameQuestion;
    return;
  }
  if (words > longestFollowUp) return;
  const leaning = 1 / (1 + Math.exp((topics.strangeness(message, topic) - ownTopicFrom) / width));
  labels.forEach((label, at) => {
    if (!label.startsWith('faq:')) return;
    const near = topics.of.get(label) === topic ? gain : -gain;
    logits[at] = (logits[at] as number) + (near + (label === `faq:${article}` ? stay : 0)) * leaning;
  });
}
