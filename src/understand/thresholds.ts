/**
 * Thresholds of the dialogue over `Understanding.confidence`, as `npm run tune -- --write` proposes them from cross-validated phrasings (never
 * from text the model was trained on); docs/tuning.md has the curve. Confidence and accuracy agree there within 0.06 in every tenth from 0.5
 * up. A wrong answer costs three questions back.
 */
/** From here up the first candidate is answered. */
export const answerAt = 0.6;
/** From here up (and below `answerAt`) the first candidates are offered as choices; below it nothing fits well enough to offer. */
export const clarifyAt = 0.2;
