/** What the last reply left open, where the message answers it. Pure. */
import { byMeaning } from './by-label.js';
import { agreeToTell, askIinAgain, cancelCheck, checkIin, tellFault, tellWhyIin } from './check-eligibility.js';
import { offerPerson, originalOf } from './clarify.js';
import type { Decision, Settled } from './contract.js';
import { handOff } from './hand-off.js';
import { pick } from './pick-choice.js';
import { reply } from './reply.js';
import { askForSeal, declineSeal, takeSealed } from './seal-iin.js';
import { type Speech, wordsIn } from './speech.js';
import type { ChoiceMeaning, Expecting } from './state.js';
import { showMenu } from './topics.js';

const wait = { kind: 'wait' } as const;
/** As many words as "wait, I am looking for it"; more of them are a message of their own. */
const wordsWhileLooking = 3;

/** "No, thank you" and "no need" want nothing more, where "no" alone wants help. */
const declining =
  /(?:ра[хқк]мет|спасибо|rahmet|raqmet|spasibo)|(?:керек|қажет|кажет) ?(?:емес|пес)|(?:керегі|қажеті) жоқ|не ?надо|не ?нужно/iu;
/** What is asked of a number that is to be sent: "зачем?", "не үшін керек?", "это безопасно?". */
const asksWhy =
  /(?:^|[^\p{L}])(?:неге|не үшін|не ушин|зачем|для чего|почему|nege|ne ushin|zachem)(?:$|[^\p{L}])|қауіпсіз|кауипсиз|безопасн/iu;
const wordsOfWhy = 6;

/** Null where nothing is open or the message is about something else. `expired`: something was open, but too long ago. */
export const answerOpenQuestion = (speech: Speech, expired: boolean): Decision | null => {
  const open = speech.state.expecting;
  if (open?.kind === 'iin') return insteadOfIin(speech, open);
  const sealing = goOnSealing(speech);
  if (sealing) return sealing;
  if (speech.turn.understanding.slots.puzzled) return offerPerson(speech, speech.say('puzzled'));
  const picked = pick(speech);
  if (picked.kind === 'meaning') return followPick(speech, picked.meaning);
  if (picked.kind === 'out-of-range') return askForNumber(speech, picked.most);
  const { choice, answer } = speech.turn.understanding.slots;
  if (speech.turn.choiceId !== undefined || (choice === undefined && answer === undefined)) return null;
  if (open?.kind === 'choice') return yesOrNoToChoices(speech, open, answer === 'yes');
  if (expired) return showMenu(speech, `${speech.say('timedOut')} ${speech.say('menu.title')}`);
  if (choice !== undefined) return showMenu(speech);
  // A yes or a no to nothing may be the first word of a question.
  if (!speech.turn.settled) return wait;
  return reply(speech, { parts: { must: [speech.say('acknowledged')] }, outcome: 'clarify' });
};

/** What goes on about a sealed copy of the number, also while a specialist has the conversation; null where the message is no part of it. */
export const goOnSealing = (speech: Speech): Settled | null => {
  const open = speech.state.expecting;
  if (open?.kind !== 'seal-consent' && open?.kind !== 'seal-iin') return null;
  if (speech.turn.iins.length > 0)
    return open.kind === 'seal-iin' ? takeSealed(speech, open) : askForSeal(speech, open);
  const picked = pick(speech);
  if (open.kind === 'seal-consent' && picked.kind === 'meaning') {
    return picked.meaning.kind === 'yes' ? askForSeal(speech, open) : declineSeal(speech);
  }
  return open.kind === 'seal-iin' && speech.turn.understanding.slots.answer === 'no' ? declineSeal(speech) : null;
};

/** Words, or too few figures, where a number was asked for. */
const insteadOfIin = (speech: Speech, open: Expecting & { readonly kind: 'iin' }): Decision | null => {
  const { text, understanding, settled, choiceId } = speech.turn;
  if (choiceId !== undefined) return null;
  if (understanding.slots.answer === 'no') return cancelCheck(speech);
  const figures = text.replace(/\P{Nd}/gu, '').length;
  if (figures > 0 && !/\p{L}/u.test(text)) {
    // The other half may be on its way.
    return settled ? tellFault(speech, open.programme, open.faults, 'length', figures) : wait;
  }
  if (understanding.slots.answer === 'yes' || understanding.slots.puzzled) return askIinAgain(speech, open);
  if (asksWhy.test(text) && wordsIn(text).length <= wordsOfWhy) return tellWhyIin(speech, open);
  const looking = !speech.sure && speech.state.misses === 0 && wordsIn(text).length <= wordsWhileLooking;
  if (!looking) return null;
  return settled ? askIinAgain(speech, open) : wait;
};

const followPick = (speech: Speech, meaning: ChoiceMeaning): Settled => {
  const open = speech.state.expecting;
  switch (open?.kind) {
    case 'iin-consent':
      return meaning.kind === 'yes' ? checkIin(speech, open.iin, open.programme) : cancelCheck(speech);
    case 'tell-me':
      return meaning.kind === 'yes' ? agreeToTell(speech, open.wish) : decline(speech);
    case 'helped':
      if (meaning.kind !== 'yes' && meaning.kind !== 'no') return byMeaning(speech, meaning);
      if (meaning.kind === 'yes') {
        const parts = { must: [speech.say('helped.thanks')] };
        return reply(speech, { parts, outcome: 'small:thanks', state: { thanked: true } });
      }
      if (declining.test(speech.turn.text)) return decline(speech);
      return handOff(speech, { reason: 'not-helped', label: `faq:${open.article}`, about: open.original });
    case 'handoff-confirm':
      return meaning.kind === 'yes' ? handOff(speech, { reason: 'no-answer', about: open.original }) : decline(speech);
    default:
      return byMeaning(speech, meaning);
  }
};

const decline = (speech: Speech): Settled =>
  reply(speech, { parts: { must: [speech.say('declined')] }, outcome: 'service:menu' });

/** A number that was not offered: said once, then a specialist is offered. */
const askForNumber = (speech: Speech, most: number): Settled => {
  if (speech.state.misses > 1) return offerPerson(speech, speech.say('fallback.second'));
  return reply(speech, {
    parts: { must: [speech.say('clarify.badChoice', { max: most })] },
    outcome: 'clarify',
    state: { misses: speech.state.misses + 1 },
    expecting: speech.state.expecting && { ...speech.state.expecting, until: speech.until },
  });
};

/** "Yes" to a single offer takes it; "no" to "did you mean" offers a specialist, and closes a menu. */
const yesOrNoToChoices = (speech: Speech, open: Expecting & { readonly kind: 'choice' }, yes: boolean): Settled => {
  const offered = open.choices.filter(({ meaning }) => meaning.kind !== 'handoff');
  const [only] = offered;
  if (yes && only && offered.length === 1) return byMeaning(speech, only.meaning);
  if (yes) return askForNumber(speech, open.choices.length);
  if (open.about === 'clarify' && originalOf(speech).length > 0) {
    return offerPerson(speech, speech.say('fallback.second'));
  }
  return decline(speech);
};
