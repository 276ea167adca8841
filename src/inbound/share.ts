/** How living workers divide the conversations, so that one message does not set all of them off at once. Pure. */

/** How long a due conversation of another's share is left to its owner at least, in milliseconds; at most twice as long. */
const leaveMs = 500;

/** The worker who starts on the conversation at once; everybody who knows the same `living`, in the same order, names the same one. */
export const ownerOf = (conversationId: string, living: readonly string[]): string | undefined =>
  living[hash(conversationId) % living.length];

/** Milliseconds that a conversation has to be due before this worker takes it although it is another's: each worker at its own moment. */
export const othersAfterMs = (conversationId: string, workerId: string): number =>
  leaveMs + (hash(workerId + conversationId) % leaveMs);

const hash = (text: string): number => {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
  return sum;
};
