/**
 * The generated secrets of an installation: kept in a file of their own, outside the database, so that a stolen database alone tells
 * nobody's IIN; and the check at start that file and database belong together.
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const secret = z.string().regex(/^[0-9a-f]{64}$/);
const secretsSchema = z.strictObject({
  /** Key of the HMACs that stand for IINs, in lists and in messages. */
  lists: secret,
  /** The key before it, while lists stand under that. */
  previousLists: secret.optional(),
  /** Key under which staff's sign-ins are signed. */
  session: secret,
  /** Key under which residents' files rest. A file of secrets that was made before there were files has none: it is derived from the others. */
  files: secret.optional(),
  /** Key of the sealed copies of IINs that residents agreed to; likewise. */
  appeals: secret.optional(),
});
type Written = z.infer<typeof secretsSchema>;
export type Secrets = Readonly<Omit<Written, 'files' | 'appeals'> & { files: string; appeals: string }>;

const derived = ({ lists, session }: Written, purpose: string): string =>
  Buffer.from(hkdfSync('sha256', lists, session, `naqty-aqparat ${purpose}`, 32)).toString('hex');
const withLaterKeys = (read: Written): Secrets => ({
  ...read,
  files: read.files ?? derived(read, 'files'),
  appeals: read.appeals ?? derived(read, 'appeals'),
});

/** The secrets cannot be used; the message is a sentence for the person who starts the service. */
export class UnusableSecrets extends Error {
  override readonly name = 'UnusableSecrets';
}

/** Fresh secrets: 32 random bytes each, in hex. */
export const generateSecrets = (random: (size: number) => Buffer = randomBytes): Secrets => ({
  lists: random(32).toString('hex'),
  session: random(32).toString('hex'),
  files: random(32).toString('hex'),
  appeals: random(32).toString('hex'),
});

/** The same with a fresh key for the lists; the one before it stays known as long as lists stand under it. */
export const withNewListsKey = (secrets: Secrets, random: (size: number) => Buffer = randomBytes): Secrets => ({
  ...secrets,
  lists: random(32).toString('hex'),
  previousLists: secrets.lists,
});

/** What a database keeps of the secrets that it was made under: a hash in hex that gives none of them away. */
export const fingerprint = (secrets: Pick<Secrets, 'lists' | 'session'>): string =>
  createHash('sha256').update(`naqty-aqparat secrets ${secrets.lists} ${secrets.session}`).digest('hex');

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/**
 * Reads the file; undefined where there is none.
 * @throws UnusableSecrets where it cannot be read, is open to other users, or holds something else.
 */
export const readSecrets = async (file: string): Promise<Secrets | undefined> => {
  let text: string;
  try {
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new UnusableSecrets(
        `Other users may read the secrets in ${file}: run "chmod 600 ${file}" and start again.`,
      );
    }
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof UnusableSecrets) throw error;
    throw new UnusableSecrets(
      `The secrets file ${file} cannot be read (${codeOf(error)}): give the user of this service the right to read it.`,
    );
  }
  const parsed = secretsSchema.safeParse(parseJson(text));
  if (parsed.success) return withLaterKeys(parsed.data);
  throw new UnusableSecrets(
    `The secrets file ${file} is damaged: restore it from your backup; only if the database is empty too, remove it and a new one is made.`,
  );
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Writes the file whole or not at all, and over another one only where it is to replace that.
 * @returns false where somebody else was first
 * @throws UnusableSecrets where the folder cannot be written
 */
export const writeSecrets = async (file: string, secrets: Secrets, replacing = false): Promise<boolean> => {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(draft, 0o600);
    if (replacing) await rename(draft, file);
    else await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new UnusableSecrets(
      `The secrets cannot be kept in ${file} (${codeOf(error)}): make the folder writable, or name another file in SECRETS_FILE.`,
    );
  } finally {
    await rm(draft, { force: true });
  }
};

/** What the database remembers: each resolves with the fingerprint in force; `storeIfAbsent` never replaces one. */
export interface StoredFingerprint {
  readStored(): Promise<string | undefined>;
  storeIfAbsent(fingerprint: string): Promise<string>;
  /** The new one stands where the old one stood. */
  replace(old: string, fresh: string): Promise<string>;
}

/**
 * Makes sure that database and secrets belong together; a new database takes the given fingerprint.
 * @throws UnusableSecrets where the database was made under other secrets.
 */
export const verifyDatabaseSecrets = async (
  given: { readonly secrets: Secrets; readonly file: string } & Pick<StoredFingerprint, 'storeIfAbsent' | 'replace'>,
): Promise<void> => {
  const { lists, previousLists, session } = given.secrets;
  const own = fingerprint({ lists, session });
  if ((await given.storeIfAbsent(own)) === own) return;
  // The first start after the lists got a new key.
  const before = previousLists && fingerprint({ lists: previousLists, session });
  if (before !== undefined && (await given.replace(before, own)) === own) return;
  throw new UnusableSecrets(
    `This database was made under other secrets than those in ${given.file}: restore the file that belongs to it, or start with an empty database.`,
  );
};

/**
 * The secrets of this installation, made on the first start into a new database only.
 * @throws UnusableSecrets where the file is unusable, lost, or not that of this database.
 */
export const openSecrets = async (
  file: string,
  stored: StoredFingerprint,
): Promise<{ readonly secrets: Secrets; readonly created: boolean }> => {
  let secrets = await readSecrets(file);
  const created = secrets === undefined;
  if (secrets === undefined) {
    if ((await stored.readStored()) !== undefined) {
      throw new UnusableSecrets(
        `The secrets of this database are missing: restore ${file} from your backup, or start with an empty database.`,
      );
    }
    const fresh = generateSecrets();
    secrets = (await writeSecrets(file, fresh)) ? fresh : await readSecrets(file);
    if (secrets === undefined)
      throw new UnusableSecrets(`The secrets file ${file} vanished while it was read: start again.`);
  }
  await verifyDatabaseSecrets({ secrets, file, storeIfAbsent: stored.storeIfAbsent, replace: stored.replace });
  return { secrets, created };
};
