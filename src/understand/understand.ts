/** Second station of a message's path: a masked text becomes language, candidate labels, slots and danger. Pure, no clock. */
import { adjusted } from './adjust.js';
import { createFindCheckpoints } from './checkpoint-names.js';
import type { Candidate, Understand, UnderstandContext, Understanding } from './contract.js';
import { withoutCourtesy } from './courtesy.js';
import { dangerIn } from './danger.js';
import { readMessage } from './language.js';
import { type ConceptOf, createConceptOf } from './lexicon.js';
import type { Model } from './model.js';
import { longestText, type Normalised } from './normalise.js';
import { mixture, probabilities, score } from './score.js';
import { slotsOf } from './slots.js';

const mostCandidates = 5;
/** Candidates less likely than this are noise. */
const leastProbability = 0.005;

/** Makes the function that understands messages by a trained model. It keeps no state between messages and never throws. */
export function createUnderstand(model: Model): Understand {
  const findCheckpoints = createFindCheckpoints(model.checkpoints);
  const conceptOf = createConceptOf(model.lexicon);
  return (text: string, context: UnderstandContext): Understanding => {
    const cut = text.slice(0, longestText);
    const { guess, message } = readMessage(cut, model.language, context.language);
    const slots = slotsOf(cut, message, findCheckpoints);
    const candidates = candidatesOf(model, conceptOf, message, slots, context);
    const top = candidates[0];
    // "орысша жаз" is Kazakh, yet what it asks for is a Russian reply.
    const wanted = top?.label === 'service:language' ? slots.wantedLanguage : undefined;
    return {
      language: wanted ?? guess.language,
      languageShown: wanted !== undefined || guess.shown,
      candidates,
      confidence: top?.probability ?? 0,
      slots,
      danger: dangerIn(message),
      normalised: message.line,
    };
  };
}

function candidatesOf(
  model: Model,
  conceptOf: ConceptOf,
  message: Normalised,
  slots: Understanding['slots'],
  context: UnderstandContext,
): readonly Candidate[] {
  if (!message.tokens.some((token) => token.kind !== 'sign') || model.labels.length === 0) return [];
  const { logits } = score(model, conceptOf, withoutCourtesy(message));
  const chances = probabilities(adjusted(model.labels, logits, message, slots, context), mixture.temperature);
  return model.labels
    .map((label, at) => ({ label, probability: chances[at] ?? 0 }))
    .filter(({ probability }) => probability >= leastProbability)
    .sort((a, b) => b.probability - a.probability)
    .slice(0, mostCandidates);
}
