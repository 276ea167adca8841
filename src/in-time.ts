/** A bound on waiting: nothing on the path of a message may hang for ever, whatever a channel or a database does. */

/** Resolves as `work` does, or rejects with `sentence` after `ms` milliseconds of real time; the work itself is not stopped. */
export const inTime = <T>(work: Promise<T>, ms: number, sentence: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(sentence)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
