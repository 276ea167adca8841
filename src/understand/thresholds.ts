/**
 * Recommended thresholds of the dialogue over `Understanding.confidence`, chosen on cross-validated phrasings
 * (never on text the model was trained on): a wrong answer costs more than a question back.
 */
/** From here up the first candidate is answered. */
export const answerAt = 0.6;
/** From here up (and below `answerAt`) the first candidates are offered as choices; below it nothing fits well enough to offer. */
export const clarifyAt = 0.12;
