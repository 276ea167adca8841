/** Brings a server that this process started to the state the service needs: a replica set of one, writable. */
import mongoose from 'mongoose';

type Admin = ReturnType<mongoose.mongo.Db['admin']>;
interface Member {
  readonly _id: number;
  readonly host: string;
}
interface ReplicaConfig {
  readonly version: number;
  readonly members: readonly Member[];
}
const alreadyInitialized = 23;
const lookEveryMs = 50;

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** The set remembers its member by address: after a change of port the member is told its new one. */
const renameMember = async (admin: Admin, host: string): Promise<void> => {
  const { config } = (await admin.command({ replSetGetConfig: 1 })) as unknown as { config: ReplicaConfig };
  if (config.members.every((member) => member.host === host)) return;
  const members = config.members.map((member) => ({ ...member, host }));
  await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
};

const initiate = async (admin: Admin, host: string): Promise<void> => {
  try {
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
  } catch (error) {
    if (codeOf(error) !== alreadyInitialized) throw error;
    await renameMember(admin, host);
  }
};

/**
 * Waits until the one server at `host` takes writes, making it a replica set where it is not one yet.
 * @param host address and port, such as 127.0.0.1:27017.
 * @throws the driver's error where the server does not answer, or an Error where it takes no writes within `timeoutMs`.
 */
export const bringUpReplicaSet = async (host: string, timeoutMs: number): Promise<void> => {
  const until = Date.now() + timeoutMs;
  const connection = mongoose.createConnection(`mongodb://${host}/admin?directConnection=true`, {
    serverSelectionTimeoutMS: timeoutMs,
    autoIndex: false,
    autoCreate: false,
  });
  try {
    await connection.asPromise();
    if (!connection.db) throw new Error(`The connection to ${host} was closed.`);
    const admin = connection.db.admin();
    let initiated = false;
    while (Date.now() < until) {
      const hello = await admin.command({ hello: 1 });
      if (hello.isWritablePrimary) return;
      if (!hello.setName && !initiated) {
        await initiate(admin, host);
        initiated = true;
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    throw new Error(`The database at ${host} takes no writes after ${timeoutMs / 1000} s.`);
  } finally {
    await connection.close();
  }
};

/** Drops a whole database: for throw-away ones. */
export const dropDatabase = async (uri: string): Promise<void> => {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 10_000 }).asPromise();
  try {
    await connection.dropDatabase();
  } finally {
    await connection.close();
  }
};
