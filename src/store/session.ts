/** A transaction's session: queries that belong to one take it as their first argument, so that the type makes forgetting impossible. */
import type mongoose from 'mongoose';
import type { Connection } from './connect.js';

export type Session = mongoose.ClientSession;

/** How long a transaction is tried unless its caller says less, in milliseconds. */
const longestMs = 30_000;

/**
 * Runs `work` in one transaction (majority, journaled). The driver may run it again on a transient conflict: no I/O outside the
 * database and no fresh ids inside.
 * @param withinMs milliseconds after which no further try begins; the driver itself would go on for two minutes, and its `timeoutMS`
 *   has no effect in a session.
 * @throws an Error where it met conflicts for so long; whatever `work` throws that is no transient conflict.
 */
export const inTransaction = async <T>(
  connection: Connection,
  work: (session: Session) => Promise<T>,
  withinMs = longestMs,
): Promise<T> => {
  const session = await connection.startSession();
  const until = performance.now() + withinMs;
  const inTime = async (): Promise<T> => {
    if (performance.now() > until) throw new Error(`A transaction met conflicts for ${withinMs} ms and is given up.`);
    return work(session);
  };
  try {
    return await session.withTransaction(inTime, {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority', j: true },
      maxCommitTimeMS: withinMs,
    });
  } finally {
    await session.endSession();
  }
};
