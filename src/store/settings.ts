/** Settings that staff change while the service runs; read afresh for every turn, so that a switch is in force at once. */
import mongoose from 'mongoose';
import type { Clock } from '../clock.js';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';

/** answers: the bot answers · drafts: the bot writes, a specialist sends · inbox: everything goes to specialists. */
export const modes = ['answers', 'drafts', 'inbox'] as const;
export type Mode = (typeof modes)[number];

interface SettingDocument {
  _id: string;
  value: unknown;
  changedBy?: string;
  changedAt: Date;
}
const settingSchema = new mongoose.Schema<SettingDocument>(
  {
    _id: { type: String, required: true },
    value: { type: mongoose.Schema.Types.Mixed, required: true },
    changedBy: String,
    changedAt: { type: Date, required: true },
  },
  schemaOptions,
);

const fingerprintId = 'secrets-fingerprint';

export const createSettings = (connection: Connection) => {
  const settings = defineModel(connection, 'settings', settingSchema);
  const read = async (id: string): Promise<unknown> => (await settings.findById(id).lean())?.value;
  const write = async (id: string, value: unknown, changedAt: Date, changedBy?: string): Promise<void> => {
    await settings.updateOne(
      { _id: id },
      { $set: { value, changedAt, ...(changedBy === undefined ? {} : { changedBy }) } },
      { upsert: true },
    );
  };
  const fingerprint = async (): Promise<string | undefined> => {
    const value = await read(fingerprintId);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    models: [settings],
    async mode(): Promise<Mode> {
      const value = await read('mode');
      return modes.find((mode) => mode === value) ?? 'answers';
    },
    setMode: (mode: Mode, now: Date, by: string): Promise<void> => write('mode', mode, now, by),
    /** Fingerprint of the secrets that the database was made under: what `openSecrets` asks of it. */
    fingerprints: (clock: Clock) => ({
      readStored: fingerprint,
      /** Keeps it in a database that has none yet; resolves with the one in force, also when two processes start at once. */
      async storeIfAbsent(fresh: string): Promise<string> {
        const first = { $setOnInsert: { value: fresh, changedAt: clock.now() } };
        await settings.updateOne({ _id: fingerprintId }, first, { upsert: true }).catch((error: unknown) => {
          if (!isDuplicateKey(error)) throw error;
        });
        // What stands is read afterwards: of several processes that start at once only one wrote it.
        return (await fingerprint()) ?? '';
      },
      async replace(old: string, fresh: string): Promise<string> {
        await settings.updateOne(
          { _id: fingerprintId, value: old },
          { $set: { value: fresh, changedAt: clock.now() } },
        );
        return (await fingerprint()) ?? '';
      },
    }),
  };
};
