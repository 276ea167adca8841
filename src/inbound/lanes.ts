/** Beside the door: what one resident sends at once is taken in one by one, in the order it came; residents do not wait for each other. */

/**
 * Gives a function that runs work in the lane of a key: after everything that was put into that lane before, whether it went well or not.
 * It resolves and rejects as the work does.
 */
export const createLanes = () => {
  const lasts = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = lasts.get(key) ?? Promise.resolve();
    const own = before.then(work, work);
    lasts.set(key, own);
    const leave = (): void => {
      if (lasts.get(key) === own) lasts.delete(key);
    };
    own.then(leave, leave);
    return own;
  };
};
