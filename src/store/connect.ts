/** The one place that opens MongoDB: refuses what the service cannot run on, and says what to do. */
import mongoose from 'mongoose';

export type Connection = mongoose.Connection;

/** The database cannot be used as it is; the message is a sentence for the person who starts the service. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase';
}

/** Longest wait for a server that does not answer, in milliseconds. */
const timeoutMs = 10_000;
/** The comment that the sweeps' commands carry: they come by the second, not by the message, and stand out in the server's own log. */
export const sweepComment = 'sweep';

/**
 * Opens a connection to a replica set (a sharded cluster's router counts as one).
 * @param onCommand called for each command that work sends to the database; not for the sweeps, nor for waiting on the change stream.
 * @throws UnusableDatabase where the server cannot be reached in time, or is a standalone without transactions and change streams.
 */
export const openDatabase = async (uri: string, onCommand?: () => void): Promise<Connection> => {
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: timeoutMs,
    monitorCommands: onCommand !== undefined,
    autoIndex: false,
    autoCreate: false,
    retryWrites: true,
    writeConcern: { w: 'majority', j: true },
  });
  try {
    await connection.asPromise();
    connection.getClient().on('commandStarted', ({ commandName, command }) => {
      if (commandName !== 'getMore' && command.comment !== sweepComment) onCommand?.();
    });
    const hello = await database(connection).command({ hello: 1 });
    if (!hello.setName && hello.msg !== 'isdbgrid') {
      throw new UnusableDatabase(
        'This MongoDB is a standalone server, but the service needs transactions and change streams: start mongod with --replSet rs0, run rs.initiate() once, and start again.',
      );
    }
    return connection;
  } catch (error) {
    await connection.close().catch(() => undefined);
    if (error instanceof UnusableDatabase) throw error;
    throw new UnusableDatabase(
      `No MongoDB answers at ${withoutPassword(uri)}: check MONGODB_URI and that the server runs (${(error as Error).message}).`,
    );
  }
};

/** The driver's database of an open connection. */
export const database = (connection: Connection): mongoose.mongo.Db => {
  if (!connection.db) throw new Error('The connection to MongoDB is closed.');
  return connection.db;
};

const withoutPassword = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//…@');

/** True for the error MongoDB gives when a unique index refuses a write. */
export const isDuplicateKey = (error: unknown): boolean => hasCode(error, 11000);
/** Whether MongoDB gave the error of this number. */
export const hasCode = (error: unknown, code: number): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/**
 * That a field is there, as a bound: for the filters of partial indexes. An index whose filter is `$exists: true` is of no use on every engine,
 * since only some see that `{ requestId: 'x' }` implies it; all see that it implies this.
 */
export const anyText = { $gt: '' } as const;
export const anyNumber = { $gte: 0 } as const;
export const anyDate = { $gt: new Date(0) } as const;

/** Plain documents in and out: strict schemas, string ids, no `__v`, no virtuals. */
export const defineModel = <T extends { _id: string }>(
  connection: Connection,
  collection: string,
  schema: mongoose.Schema<T>,
): mongoose.Model<T> => connection.model<T>(collection, schema, collection);

/** Drops the indexes that are there in another form than the schema's, so that they can be made anew; foreign ones stay. */
export const dropChangedIndexes = async (model: mongoose.Model<unknown>): Promise<void> => {
  const { toDrop, toCreate } = await model.diffIndexes();
  const wanted = toCreate.map((keys) => Object.entries(keys).flat().join('_'));
  for (const name of toDrop.filter((one) => wanted.includes(one))) {
    await model.collection.dropIndex(name).catch((error: unknown) => {
      // Another process may be starting too.
      if (!hasCode(error, 27)) throw error;
    });
  }
};

/** Options every schema of the store takes. */
export const schemaOptions = { versionKey: false, minimize: false, strict: 'throw', id: false } as const;
