/**
 * A resident whose language nobody knows yet: the first words are a number, an emoji, a photo, a name. Pure.
 *
 * Nobody is asked for the language first: a question about the question is a step more for everyone, and half of them already got the
 * right language. So what was asked is answered at once. Where it is short (a photo that cannot be read, a question back, "shall I check
 * this number?") it is said in both languages, as every notice in the region is. Where it is long (an article, a list to choose from) it
 * stands in the default language under which one line in the other offers the same in that. Either way one tap settles the language, and
 * what is open is said again in it (`say-again.ts`). It is offered once: who goes on has understood.
 */

import { otherLanguage } from '../language.js';
import type { Choice } from '../transport/contract.js';
import type { Decision, Settled } from './contract.js';
import { longestTitle, mostChoices } from './offer-choices.js';
import { longestReply } from './reply.js';
import { inLanguage, type Speech } from './speech.js';

/** Longest reply that is said in both languages, in characters for both. */
const longestInBoth = 700;

const isOpen = ({ turn, resident, state }: Speech): boolean =>
  !turn.understanding.languageShown && resident.language === undefined && !state.languageOffered;

/** Menus name the languages themselves. */
const offersLanguage = ({ state: { expecting } }: Settled): boolean =>
  expecting?.kind === 'choice' && expecting.choices.some(({ meaning }) => meaning.kind === 'language');

/** Decides by `settle`, and offers the other language where none is known. */
export const inOpenLanguage = (speech: Speech, settle: (spoken: Speech) => Decision): Decision => {
  const decision = settle(speech);
  if (decision.kind !== 'settled' || !decision.reply || !isOpen(speech) || offersLanguage(decision)) return decision;
  const other = inLanguage(speech, otherLanguage(speech.language));
  const state = { ...decision.state, languageOffered: true };
  const { reply } = decision;
  const isList = state.expecting?.kind === 'choice';
  const again = isList ? null : settle(other);
  if (again?.kind === 'need') return again;
  const inOther = again?.kind === 'settled' ? again.reply : undefined;
  const both = inOther && `${reply.text}\n\n${inOther.text}`;
  if (inOther && both && both.length <= longestInBoth) {
    const names = [nameOf(speech), nameOf(other)];
    return {
      ...decision,
      state,
      reply: { ...reply, text: both, choices: [...merged(reply.choices, inOther.choices), ...names] },
    };
  }
  const line = `${reply.text}\n\n${other.say('languageOpen')}`;
  return {
    ...decision,
    state,
    reply: {
      ...reply,
      text: line.length < longestReply ? line : reply.text,
      choices: [...reply.choices, nameOf(other)].slice(0, mostChoices),
    },
  };
};

/** A language's own name to tap: it is read as the wish for it. */
const nameOf = (spoken: Speech): Choice => ({
  id: `${spoken.token}-${spoken.language}`,
  title: spoken.say('languageName'),
});

/** The same taps under both names, where these fit. */
const merged = (choices: readonly Choice[], inOther: readonly Choice[]): readonly Choice[] =>
  choices.map(({ id, title }, at) => {
    const both = `${title} / ${inOther[at]?.title ?? title}`;
    return { id, title: both.length <= longestTitle ? both : title };
  });
