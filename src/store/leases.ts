/** Leases on things of which there is one, such as a number's sender: taken, kept and fenced by the database's clock. */
import mongoose from 'mongoose';
import { type Connection, defineModel, isDuplicateKey, schemaOptions, sweepComment } from './connect.js';

interface LeaseDocument {
  _id: string;
  token: number;
  owner: string;
  /** Milliseconds since the epoch, database's clock. */
  until: number;
}
const leaseSchema = new mongoose.Schema<LeaseDocument>(
  {
    _id: { type: String, required: true },
    token: { type: Number, required: true },
    owner: { type: String, required: true },
    until: { type: Number, required: true },
  },
  schemaOptions,
);

export const createLeases = (connection: Connection) => {
  const leases = defineModel(connection, 'leases', leaseSchema);
  return {
    models: [leases],
    /** Takes or keeps the lease `name` for `forMs`; gives the fencing token, or null while somebody else holds it. */
    async hold(name: string, owner: string, forMs: number): Promise<number | null> {
      const nowMs = { $toLong: '$$NOW' };
      const mine = { $eq: ['$owner', owner] };
      const free = { $lt: ['$until', nowMs] };
      const update = [
        {
          $set: {
            token: { $cond: [mine, '$token', { $cond: [free, { $add: ['$token', 1] }, '$token'] }] },
            until: { $cond: [{ $or: [mine, free] }, { $add: [nowMs, forMs] }, '$until'] },
            owner: { $cond: [{ $or: [mine, free] }, owner, '$owner'] },
          },
        },
      ];
      const take = () =>
        leases
          .findOneAndUpdate({ _id: name }, update, {
            returnDocument: 'after',
            updatePipeline: true,
            comment: sweepComment,
          })
          .lean<LeaseDocument | null>();
      let lease = await take();
      if (!lease) {
        await leases.create([{ _id: name, token: 0, owner: 'nobody', until: 0 }]).catch((error) => {
          if (!isDuplicateKey(error)) throw error;
        });
        lease = await take();
      }
      return lease?.owner === owner ? lease.token : null;
    },
    async giveBack(name: string, owner: string): Promise<void> {
      await leases.updateOne({ _id: name, owner }, { $set: { owner: 'nobody', until: 0 } });
    },
  };
};
