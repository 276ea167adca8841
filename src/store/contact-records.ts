/** Everything that is kept of one resident, in whatever collection: to be handed to them, or to be removed at their wish. */
import { type Connection, database } from './connect.js';
import { inTransaction } from './session.js';

/** Where it stands and by which field it is found. A collection that keeps something of residents is a line here. */
const places = [
  { collection: 'contacts', field: '_id' },
  { collection: 'contact_aliases', field: 'contactId' },
  { collection: 'conversations', field: '_id' },
  { collection: 'messages', field: 'conversationId' },
  { collection: 'outbox', field: 'conversationId' },
  { collection: 'tickets', field: 'conversationId' },
  { collection: 'ticket_notes', field: 'conversationId' },
  { collection: 'files', field: 'conversationId' },
  { collection: 'watches', field: 'contactId' },
  { collection: 'enumeration_alarms', field: 'contactId' },
] as const;

/** Removed with the rest, and in no export: nobody but the specialist of the question opens these. */
const sealedPlaces = [{ collection: 'sealed_iins', field: 'conversationId' }] as const;

export type ContactRecords = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

export const createContactRecords = (connection: Connection) => {
  /** What the channel keeps and what the throttle remembers are found by other names. */
  const others = (contactId: string, aliases: readonly string[]) => [
    { collection: 'iin_checks', query: { _id: `contact:${contactId}` } },
    { collection: 'web_messages', query: { aliasId: { $in: [...aliases] } } },
  ];
  const queriesOf = async (contactId: string) => {
    const aliases = await database(connection).collection('contact_aliases').find({ contactId }).toArray();
    return [
      ...places.map(({ collection, field }) => ({ collection, query: { [field]: contactId } as object })),
      ...others(
        contactId,
        aliases.map(({ externalId }) => String(externalId)),
      ),
    ];
  };
  return {
    models: [],
    /** What was sent as a file is told of; its sealed bytes stay where they are. */
    async read(contactId: string): Promise<ContactRecords> {
      const found = await Promise.all(
        (await queriesOf(contactId)).map(async ({ collection, query }) => [
          collection,
          await database(connection)
            .collection(collection)
            .find(query as never)
            .toArray(),
        ]),
      );
      return Object.fromEntries(found);
    },
    /** All of it or nothing; gives how many documents there were in each collection. */
    async erase(contactId: string): Promise<Readonly<Record<string, number>>> {
      const files = await database(connection).collection('files').find({ conversationId: contactId }).toArray();
      const pieces = { fileId: { $in: files.map(({ _id }) => String(_id)) } };
      const queries = [
        ...(await queriesOf(contactId)),
        ...sealedPlaces.map(({ collection, field }) => ({ collection, query: { [field]: contactId } as object })),
        { collection: 'file_pieces', query: pieces as object },
      ];
      return inTransaction(connection, async (session) => {
        const counts: Record<string, number> = {};
        for (const { collection, query } of queries) {
          const { deletedCount } = await database(connection)
            .collection(collection)
            .deleteMany(query as never, { session });
          counts[collection] = deletedCount;
        }
        return counts;
      });
    },
  };
};
