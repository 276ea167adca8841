/** What speaks for itself before any words are weighed: a place, a photo, a receipt, a new beginning, an IIN. Pure. */
import {
  askConsent,
  cancelCheck,
  isEligibility,
  takeIins,
  wantedByContext,
  wantedProgramme,
  wholeIins,
} from './check-eligibility.js';
import { tellNearest } from './checkpoints.js';
import type { Decision, Settled, Turn } from './contract.js';
import { restart } from './greet.js';
import { reply } from './reply.js';
import { optIn } from './settings.js';
import type { Speech } from './speech.js';
import { tellReceipt } from './tell-receipt.js';

export const followPlainSigns = (speech: Speech): Decision | null => {
  const { turn, state } = speech;
  const { slots } = turn.understanding;
  if (turn.sign === 'reaction') return { kind: 'settled', outcome: 'ignore-offtopic', silence: 'reaction', state };
  if (turn.sign !== undefined) return answerUnread(speech, turn.sign);
  if (turn.location) return tellNearest(speech, turn.location.latitude, turn.location.longitude);
  if (turn.media && turn.text.trim() === '') return answerUnread(speech, turn.media);
  if (slots.receipt !== undefined) return tellReceipt(speech, slots.receipt);
  if (slots.restart) {
    const checking = state.expecting?.kind === 'iin' || state.expecting?.kind === 'iin-consent';
    return checking ? cancelCheck(speech) : restart(speech);
  }
  if (slots.optIn) return optIn(speech);
  return turn.iins.length > 0 ? followNumbers(speech) : null;
};

/** What cannot be read, such as a voice note or a call: what to do instead. What was open stays open. */
const answerUnread = (speech: Speech, what: NonNullable<Turn['media']> | 'call' | 'unsupported'): Settled =>
  reply(speech, {
    parts: { must: [speech.say(`unsupportedMedia.${what}`)] },
    outcome: 'clarify',
    expecting: speech.state.expecting,
  });

/** Most figures that the door keeps in memory as one half of a number (`inbound/rejoin`). */
const figuresOfHalf = 9;
/** One number that is too short, and nothing else: the other half may be on its way. */
const isHalf = ({ turn }: Speech): boolean =>
  isBare(turn) &&
  turn.iins.length === 1 &&
  turn.iins.every(({ fault, digits }) => fault === 'length' && digits <= figuresOfHalf);

/** Numbers that may be IINs; null where the words around them ask for something else. */
const followNumbers = (speech: Speech): Decision | null => {
  const open = speech.state.expecting;
  const asksCheck = isEligibility(speech.label);
  // A number where a sealed copy was spoken of; a request to be checked goes before.
  if ((open?.kind === 'seal-iin' || open?.kind === 'seal-consent') && (isBare(speech.turn) || !asksCheck)) return null;
  if (open?.kind === 'iin') {
    if (isHalf(speech) && !speech.turn.settled) return { kind: 'wait' };
    return takeIins(
      speech,
      asksCheck && !isBare(speech.turn) ? wantedOr(speech, open.programme) : open.programme,
      open.faults,
    );
  }
  const [only, ...others] = wholeIins(speech);
  if (isBare(speech.turn)) {
    if (only && others.length === 0) return askConsent(speech, only, wantedByContext(speech));
    // The other half of a number may be on its way.
    if (!only && !speech.turn.settled) return { kind: 'wait' };
    return takeIins(speech, wantedByContext(speech), 0);
  }
  // A number with a request to be checked is the consent; the sentence on privacy stands with the result.
  if (asksCheck) return takeIins(speech, wantedProgramme(speech), 0);
  return only && others.length === 0 && !speech.sure ? askConsent(speech, only, wantedProgramme(speech)) : null;
};

const wantedOr = (speech: Speech, programme: string): string => {
  const wanted = wantedProgramme(speech);
  return wanted === 'all' ? programme : wanted;
};

/** Nothing but the number, with at most a word around it that asks for nothing. */
const isBare = ({ text }: Turn): boolean =>
  text
    .replaceAll('⟨iin⟩', ' ')
    .replace(/(?:жсн|иин|iin|jsn|мой|менің|вот|мынау|мынаны)/giu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, '') === '';
