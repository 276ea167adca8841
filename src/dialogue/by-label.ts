/** From what a message or a choice means to the flow that answers it. Pure. */
import type { Label } from '../understand/contract.js';
import { answerArticle } from './answer-article.js';
import { askIin, faultsBeforePerson, isEligibility, wantedProgramme } from './check-eligibility.js';
import { aboutCheckpoints, askWhichPost, tellCheckpoint } from './checkpoints.js';
import { notUnderstood, originalOf } from './clarify.js';
import type { Settled } from './contract.js';
import { answerBye, answerThanks, greet } from './greet.js';
import { handOff } from './hand-off.js';
import { reply } from './reply.js';
import { optOut, switchLanguage } from './settings.js';
import { type Speech, wordsIn } from './speech.js';
import type { ChoiceMeaning } from './state.js';
import { listTopic, showMenu } from './topics.js';

export const byLabel = (speech: Speech): Settled => {
  const { label } = speech;
  if (label === undefined) return notUnderstood(speech);
  if (label.startsWith('faq:')) return answerArticle(speech, label.slice('faq:'.length));
  if (isEligibility(label)) return askIin(speech, wantedProgramme(speech));
  switch (label) {
    case 'service:checkpoint-nearest':
      return aboutCheckpoints(speech);
    case 'service:human':
      return callPerson(speech);
    case 'service:language':
      return switchLanguage(speech);
    case 'service:menu':
      return showMenu(speech);
    case 'service:stop':
      return optOut(speech);
    case 'small:greeting':
      return greet(speech);
    case 'small:thanks':
      return answerThanks(speech);
    case 'small:bye':
      return answerBye(speech);
    case 'ignore-offtopic':
      return answerOffTopic(speech);
    default:
      return handOff(speech, { reason: 'no-answer', about: originalOf(speech) });
  }
};

/** What it can help with; a word such as "ok" in the middle of a conversation is only taken note of. */
const answerOffTopic = (speech: Speech): Settled => {
  const isNod = speech.state.greeted && wordsIn(speech.turn.text).length <= 1;
  return reply(speech, {
    parts: { must: [speech.say(isNod ? 'acknowledged' : 'offTopic')] },
    outcome: 'ignore-offtopic',
  });
};

/** A person is asked for: what was talked about goes along, and routes. */
export const callPerson = (speech: Speech): Settled => {
  const open = speech.state.expecting;
  const wrongNumbers = open?.kind === 'iin' && open.faults >= faultsBeforePerson;
  return handOff(speech, {
    reason: wrongNumbers ? 'faulty-iin' : 'asked-for-human',
    outcome: 'service:human',
    about: originalOf(speech),
    label: talkedAbout(speech),
  });
};

/** The label of the open question, else of the last answer. */
const talkedAbout = ({ state }: Speech): Label | undefined => {
  const open = state.expecting;
  if (open?.kind === 'iin' || open?.kind === 'iin-consent' || open?.kind === 'tell-me') return 'service:eligibility';
  if (open?.kind === 'choice' && open.about === 'checkpoint') return 'service:checkpoint-nearest';
  if (open?.kind === 'choice' && open.about === 'clarify') {
    const first = open.choices[0]?.meaning;
    if (first?.kind === 'label') return first.label;
  }
  if (state.checked) return 'service:eligibility';
  return state.article === undefined ? undefined : `faq:${state.article}`;
};

/** Goes where a choice leads. */
export const byMeaning = (speech: Speech, meaning: ChoiceMeaning): Settled => {
  switch (meaning.kind) {
    case 'label':
      return byLabel({ ...speech, label: meaning.label, sure: true });
    case 'topic':
      return listTopic(speech, meaning.topic);
    case 'more':
      return meaning.list === 'posts'
        ? askWhichPost(speech, undefined, meaning.from)
        : listTopic(speech, meaning.list, meaning.from);
    case 'checkpoint':
      return tellCheckpoint(speech, meaning.checkpoint);
    case 'checkpoints':
      return aboutCheckpoints(speech, meaning.named);
    case 'language':
      return switchLanguage(speech, meaning.language);
    case 'check':
      return askIin(speech, meaning.programme);
    case 'handoff':
      return callPerson(speech);
    case 'yes':
    case 'no':
      return showMenu(speech);
  }
};
