/** Finds out whether a message asks several things: each part is read for itself, and the whole has to bear it out. Pure. */
import { askedWords, clausesOf, mayAskTwice } from './clauses.js';
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

/** A whole that is so sure asks one thing: of 72 messages of two questions in both languages none is surer than 0.9985. */
const oneThingFrom = 0.999;

/** Reads one part as a message of its own. */
export type ReadPart = (
  text: string,
  context: UnderstandContext,
) => { readonly message: Normalised; readonly top: Candidate | undefined };

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

/** Whether two parts ask two things. */
function areTwo(one: Part, other: Part, whole: Understanding, topics: Topics): boolean {
  const [less, more] = one.probability < other.probability ? [one, other] : [other, one];
  const surely = less.probability >= surelyFrom;
  const [topic, otherTopic] = [topicOf(one, topics), topicOf(other, topics)];
  const onOneTopic = topic === otherTopic || serves(one.label, otherTopic) || serves(other.label, topic);
  if (!onOneTopic) return surely || topics.strangeness(less.message, topicOf(more, topics)) >= ownTopicFrom;
  return surely && one.label !== other.label && isIn(whole, one) && isIn(whole, other);
}
const topicOf = ({ label }: Part, topics: Topics): string => topics.of.get(label) ?? label;
const isIn = (whole: Understanding, { label }: Part): boolean =>
  whole.candidates.some((candidate) => candidate.label === label);

/**
 * The questions of a message in the order they were asked, at least two and at least one of them surely; undefined where it asks one thing.
 * Two parts are two questions where they are surely about different topics. On one topic ("who", "which papers") the whole must hold
 * both among its candidates too, since one question is easily told in two parts; and a part that is not sure must speak of a topic that
 * the other's words do not. Each part is read with what the part before it asked about, for as long as two can still be found.
 */
export function questionsIn(
  text: string,
  message: Normalised,
  whole: Understanding,
  context: UnderstandContext,
  read: ReadPart,
  topics: Topics,
): readonly AskedQuestion[] | undefined {
  const [likeliest] = whole.candidates;
  // Anger and cases for a person are told in questions too.
  const isCase = likeliest !== undefined && !answerable(likeliest) && likeliest.probability >= answerAt;
  if (text.length > longestText || isCase || whole.confidence >= oneThingFrom || !mayAskTwice(text, message))
    return undefined;
  const clauses = clausesOf(text, whole.language).filter(({ asks }) => asks);
  if (clauses.length > mostParts) return undefined;
  const asked: Part[] = [];
  let { article } = context;
  for (const [at, clause] of clauses.entries()) {
    if (asked.length + clauses.length - at < 2) return undefined;
    const about = article === undefined ? {} : { article };
    const part = partOf(clause.text, read(clause.text, { language: whole.language, ...about }));
    if (part === undefined) continue;
    article = articleOf(part.label) ?? article;
    const sureBefore = asked.some(({ probability }) => probability >= answerAt);
    const isStory = part.probability < answerAt && part.words > mostWordsUnsure && !sureBefore;
    if (!isStory && asked.every((before) => areTwo(before, part, whole, topics))) asked.push(part);
  }
  if (asked.length < 2 || !asked.some(({ probability }) => probability >= surelyFrom)) return undefined;
  return asked.map(({ text: part, label, probability }) => ({
    text: askedWords(part, whole.language),
    label,
    probability,
  }));
}

/** A part that asks something that can be answered. */
function partOf(text: string, { message, top }: ReturnType<ReadPart>): Part | undefined {
  const words = wordsOf(message) + message.numbers.length;
  if (top === undefined || !answerable(top) || top.probability < leastSure || words < fewestWords) return undefined;
  return { text, ...top, message, words };
}
