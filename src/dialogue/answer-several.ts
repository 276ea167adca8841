/** Several questions in one message: both answered in one reply where they fit, else the main one, with a tap or a word for the other. Pure. */
import type { AskedQuestion } from '../understand/contract.js';
import { answerArticle, askHelped } from './answer-article.js';
import { byLabel } from './by-label.js';
import type { Settled } from './contract.js';
import type { ArticleAnswer } from './fact-requests.js';
import { dayOf } from './local-time.js';
import { longestTitle } from './offer-choices.js';
import { fits, fitted, reply, shorten } from './reply.js';
import type { Speech } from './speech.js';
import type { ChoiceMeaning, OfferedChoice } from './state.js';

/** A question as it is repeated to its writer is cut at this length. */
const longestRepeated = 60;
/** The number of the other question, after the yes and the no of "did this help?". */
const numberOfOther = 3;

interface Answered extends AskedQuestion {
  readonly article: ArticleAnswer;
}

/** Null where the message asks one thing, or none that is surely understood. */
export const answerSeveral = (speech: Speech): Settled | null => {
  const { questions = [], candidates } = speech.turn.understanding;
  const sure = questions.filter(({ probability }) => probability >= speech.rules.answerAt);
  const answered = sure.flatMap<Answered>((question) => {
    const article = publishedOf(speech, question);
    return article ? [{ ...question, article }] : [];
  });
  const isLikeliest = ({ label }: AskedQuestion): boolean => label === candidates[0]?.label;
  const main = answered.find(isLikeliest) ?? answered[0];
  if (!main) return followFirst(speech, questions, sure.find(isLikeliest) ?? sure[0]);
  const others = questions.filter(({ label }) => label !== main.label);
  const second = answered.find(({ label }) => label !== main.label);
  if (second) {
    const rest = others.filter(({ label }) => label !== second.label);
    const both = answerBoth(
      speech,
      main,
      answered.indexOf(main) < answered.indexOf(second) ? [main, second] : [second, main],
      rest,
    );
    if (both) return both;
  }
  const next = second ?? others.find((question) => sure.includes(question));
  return answerArticle(speech, main.article.id, {
    after: [
      ...(next ? [speech.say('several.other', { question: repeated(next), number: numberOfOther })] : []),
      ...leftOver(
        speech,
        others.filter(({ label }) => label !== next?.label),
      ),
    ],
    other: next && offerOf(speech, next),
  });
};

const publishedOf = (speech: Speech, { label }: AskedQuestion): ArticleAnswer | null =>
  label.startsWith('faq:') ? speech.need({ fact: 'article', id: label.slice('faq:'.length) }) : null;

/** Each answer under its question; null where they do not fit into one reply. */
const answerBoth = (
  speech: Speech,
  main: Answered,
  both: readonly [Answered, Answered],
  rest: readonly AskedQuestion[],
): Settled | null => {
  const days = new Set(both.map(({ article }) => article.verifiedOn));
  const asOf = ({ article }: Answered): string => speech.say('answer.asOf', { date: dayOf(article.verifiedOn) });
  const answers = both.map((question, at) =>
    [
      `*${at + 1}. ${repeated(question)}*`,
      question.article.answer[speech.language],
      ...(days.size > 1 ? [asOf(question)] : []),
    ].join('\n'),
  );
  const must = [
    ...answers,
    ...(days.size > 1 ? [] : [asOf(main)]),
    ...leftOver(speech, rest),
    speech.say('helped.ask'),
  ];
  if (!fits(speech, must)) return null;
  return reply(speech, {
    parts: { must },
    outcome: main.label,
    article: main.article.id,
    state: { article: main.article.id },
    ...askHelped(speech, main.article.id),
  });
};

/** None has a published article: the one that can be followed is, and the other is to be sent by itself. */
const followFirst = (
  speech: Speech,
  questions: readonly AskedQuestion[],
  first: AskedQuestion | undefined,
): Settled | null => {
  if (!first) return null;
  const settled = byLabel({ ...speech, label: first.label, sure: true });
  if (!settled.reply) return settled;
  const [note = ''] = leftOver(
    speech,
    questions.filter((question) => question !== first),
  );
  return { ...settled, reply: { ...settled.reply, text: fitted({ must: [settled.reply.text], may: [note] }) } };
};

/** What was not answered is said, so that nobody waits for it; of several the first. */
const leftOver = (speech: Speech, [question]: readonly AskedQuestion[]): readonly string[] =>
  question ? [speech.say('several.unanswered', { question: repeated(question) })] : [];

/** The resident's own words; numbers that were hidden stay so. */
const repeated = ({ text }: AskedQuestion): string =>
  shorten(text.replaceAll('⟨iin⟩', '…').replaceAll('*', ''), longestRepeated);

/** The other question as a thing to tap; one that names posts leads to those. */
const offerOf = (speech: Speech, question: AskedQuestion): OfferedChoice => {
  const words = repeated(question);
  const { checkpoints } = speech.turn.understanding.slots;
  const meaning: ChoiceMeaning =
    question.label === 'service:checkpoint-nearest' && checkpoints.length > 0
      ? { kind: 'checkpoints', named: checkpoints }
      : { kind: 'label', label: question.label };
  return {
    id: `${speech.token}-${numberOfOther}`,
    title: words.length <= longestTitle ? words : shorten(`${numberOfOther}. ${words}`, longestTitle),
    words,
    meaning,
  };
};
