/** Residents: an internal id, with the names that channels call them by beside it. A phone number is a name, never a key. */
import mongoose from 'mongoose';
import type { Language } from '../language.js';
import type { Alias, ChannelName } from '../transport/contract.js';
import { type Connection, defineModel, isDuplicateKey, schemaOptions } from './connect.js';
import type { Session } from './session.js';

export interface ContactDocument {
  _id: string;
  /** The language kept for the resident; absent until a message showed one. */
  language?: Language;
  /** Said стоп / тоқта: nothing goes out that does not answer an own question. */
  stopped: boolean;
  createdAt: Date;
}
export interface AliasDocument {
  /** `${channel}:${id}`: uniqueness is the primary key's, so that no engine can get it wrong. */
  _id: string;
  channel: ChannelName;
  externalId: string;
  contactId: string;
  createdAt: Date;
}

const contactSchema = new mongoose.Schema<ContactDocument>(
  {
    _id: { type: String, required: true },
    language: { type: String, enum: ['kk', 'ru'] },
    stopped: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
  },
  schemaOptions,
);
const aliasSchema = new mongoose.Schema<AliasDocument>(
  {
    _id: { type: String, required: true },
    channel: { type: String, required: true },
    externalId: { type: String, required: true },
    contactId: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  schemaOptions,
);
aliasSchema.index({ contactId: 1 });

const aliasKey = (alias: Alias): string => `${alias.channel}:${alias.id}`;

export const createContacts = (connection: Connection) => {
  const contacts = defineModel(connection, 'contacts', contactSchema);
  const aliases = defineModel(connection, 'contact_aliases', aliasSchema);
  return {
    models: [contacts, aliases],
    /**
     * The contact that any of the aliases names, made if none does; unknown aliases are added to it.
     * Where two aliases name two contacts (a channel linked them late), the first alias wins and both stay as they are.
     */
    async resolve(names: readonly [Alias, ...Alias[]], now: Date, newId: () => string): Promise<string> {
      const keys = names.map(aliasKey);
      const known = await aliases.find({ _id: { $in: keys } }).lean();
      const found = keys.map((key) => known.find((alias) => alias._id === key)).find((alias) => alias !== undefined);
      const contactId = found?.contactId ?? newId();
      const missing = names.filter((name) => !known.some((alias) => alias._id === aliasKey(name)));
      if (missing.length === 0) return contactId;
      // The contact stands before its alias: an alias that names nobody can never be seen, an unnamed contact is harmless.
      if (!found) await contacts.create([{ _id: contactId, stopped: false, createdAt: now }]);
      try {
        await aliases.insertMany(
          missing.map((name) => ({
            _id: aliasKey(name),
            channel: name.channel,
            externalId: name.id,
            contactId,
            createdAt: now,
          })),
        );
        return contactId;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Another process met the same resident in this very moment: its contact stands.
        if (!found) await contacts.deleteOne({ _id: contactId });
        const winner = await aliases.findOne({ _id: { $in: keys } }).lean();
        if (!winner) throw error;
        return winner.contactId;
      }
    },
    find: (id: string): Promise<ContactDocument | null> => contacts.findById(id).lean<ContactDocument | null>().exec(),
    findMany: (ids: readonly string[]): Promise<ContactDocument[]> =>
      contacts
        .find({ _id: { $in: ids } })
        .lean<ContactDocument[]>()
        .exec(),
    findByAlias: async (alias: Alias): Promise<string | null> =>
      (await aliases.findById(aliasKey(alias)).lean())?.contactId ?? null,
    aliasesOf: async (contactId: string): Promise<readonly Alias[]> =>
      (await aliases.find({ contactId }).sort({ createdAt: 1, _id: 1 }).lean()).map((alias) => ({
        channel: alias.channel,
        id: alias.externalId,
      })),
    /** Part of the turn's transaction: the language kept, the wish to be left alone. */
    async change(
      session: Session,
      id: string,
      change: { readonly language?: Language; readonly stopped?: boolean },
    ): Promise<void> {
      if (Object.keys(change).length > 0) await contacts.updateOne({ _id: id }, { $set: change }, { session });
    },
  };
};
