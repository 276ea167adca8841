/** Finds out whether a message asks several things: each part is read for itself, and the whole has to bear it out. Pure. */
import { askedWords, clausesOf } from './clauses.js';
import type { AskedQuestion, Candidate, Label, UnderstandContext, Understanding } from './contract.js';
import { ownTopicFrom, wordsOf } from './follow-up.js';
import type { Normalised } from './normalise.js';
import { answerAt } from './thresholds.js';
import type { Topics } from './topics.js';

/** What is longer is a story, read as one message; so is a list of more questions. */
const longestText = 1_500;
const mostParts = 6;
/** "ещё?" asks nothing new. */
const fewestWords = 2;
/** Below it nobody can say what a part asks, or whether it asks anything. */
const leastSure = 0.25;
/** An unsure part of more words before the first sure one is a story. */
const mostWordsUnsure = 7;
/** From here up a part is surely a question, also where its words could belong to another topic. */
const surelyFrom = 0.95;

/** Reads one part as a message of its own. */
export type ReadPart = (
  text: string,
  context: UnderstandContext,
) => { readonly message: Normalised; readonly understanding: Understanding };

interface Part extends AskedQuestion {
  readonly message: Normalised;
  readonly words: number;
}

const answerable = ({ label }: Candidate): boolean =>
  label.startsWith('faq:') || label.startsWith('service:eligibility') || label === 'service:checkpoint-nearest';
const articleOf = (label: Label): string | undefined =>
  label.startsWith('faq:') ? label.slice('faq:'.length) : undefined;

/** A service and the articles beside it: "am I in the list" and "who gets it" are told in one breath. */
const serves = (label: Label, topic: string): boolean =>
  (label.startsWith('service:eligibility') && topic.startsWith('pay')) ||
  (label === 'service:checkpoint-nearest' && topic === 'checkpoint');

/** The parts that ask something that can be answered; each is read with what the part before it asked about. */
function partsOf(text: string, whole: Understanding, context: UnderstandContext, read: ReadPart): readonly Part[] {
  const clauses = clausesOf(text, whole.language).filter(({ asks }) => asks);
  if (clauses.length < 2 || clauses.length > mostParts) return [];
  let { article } = context;
  return clauses.flatMap((clause) => {
    const about = article === undefined ? {} : { article };
    const { message, understanding } = read(clause.text, { language: whole.language, ...about });
    const words = wordsOf(message) + message.numbers.length;
    const [top] = understanding.candidates;
    if (top === undefined || !answerable(top) || top.probability < leastSure || words < fewestWords) return [];
    article = articleOf(top.label) ?? article;
    return [{ text: clause.text, ...top, message, words }];
  });
}

/**
 * The questions of a message in the order they were asked, at least two and at least one of them surely; undefined where it asks one thing.
 * Two parts are two questions where they are surely about different topics. On one topic ("who", "which papers") the whole must hold
 * both among its candidates too, since one question is easily told in two parts; and a part that is not sure must speak of a topic that
 * the other's words do not.
 */
export function questionsIn(
  text: string,
  whole: Understanding,
  context: UnderstandContext,
  read: ReadPart,
  topics: Topics,
): readonly AskedQuestion[] | undefined {
  const [likeliest] = whole.candidates;
  // Anger and cases for a person are told in questions too.
  const isCase = likeliest !== undefined && !answerable(likeliest) && likeliest.probability >= answerAt;
  if (text.length > longestText || isCase) return undefined;
  const topicOf = ({ label }: Part): string => topics.of.get(label) ?? label;
  const onOneTopic = (one: Part, other: Part): boolean =>
    topicOf(one) === topicOf(other) || serves(one.label, topicOf(other)) || serves(other.label, topicOf(one));
  const inWhole = ({ label }: Part): boolean => whole.candidates.some((candidate) => candidate.label === label);
  const areTwo = (one: Part, other: Part): boolean => {
    const [less, more] = one.probability < other.probability ? [one, other] : [other, one];
    const surely = less.probability >= surelyFrom;
    if (!onOneTopic(one, other)) return surely || topics.strangeness(less.message, topicOf(more)) >= ownTopicFrom;
    return surely && one.label !== other.label && inWhole(one) && inWhole(other);
  };
  const asked: Part[] = [];
  for (const part of partsOf(text, whole, context, read)) {
    const sureBefore = asked.some(({ probability }) => probability >= answerAt);
    const isStory = part.probability < answerAt && part.words > mostWordsUnsure && !sureBefore;
    if (!isStory && asked.every((before) => areTwo(before, part))) asked.push(part);
  }
  if (asked.length < 2 || !asked.some(({ probability }) => probability >= surelyFrom)) return undefined;
  return asked.map(({ text: part, label, probability }) => ({
    text: askedWords(part, whole.language),
    label,
    probability,
  }));
}
