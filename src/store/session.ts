/** A transaction's session: queries that belong to one take it as their first argument, so that the type makes forgetting impossible. */
import type mongoose from 'mongoose';
import type { Connection } from './connect.js';

export type Session = mongoose.ClientSession;

/**
 * Runs `work` in one transaction (majority, journaled). The driver may run it again on a transient conflict: no I/O outside the
 * database and no fresh ids inside.
 */
export const inTransaction = async <T>(connection: Connection, work: (session: Session) => Promise<T>): Promise<T> => {
  const session = await connection.startSession();
  try {
    return await session.withTransaction(() => work(session), {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority', j: true },
    });
  } finally {
    await session.endSession();
  }
};
