/** A bound on waiting: nothing on the path of a message may hang for ever, whatever a channel or a database does. */

/** The work did not end in time; the message is the sentence that was given for this case. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** Resolves as `work` does, or rejects with TooLate after `ms` milliseconds of real time; the work itself is not stopped. */
export const inTime = <T>(work: Promise<T>, ms: number, sentence: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(sentence)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
