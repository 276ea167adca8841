/** Secrets: made once, kept from others, and bound to their database. The files are real; the database is a real one too. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  fingerprint,
  generateSecrets,
  openSecrets,
  type StoredFingerprint,
  UnusableSecrets,
  withNewListsKey,
  writeSecrets,
} from '../src/secrets.js';
import { type Connection, openDatabase } from '../src/store/connect.js';
import { createSettings } from '../src/store/settings.js';
import { createTestDatabase, type TestDatabase } from './support/engine.js';

describe('Secrets', () => {
  let folder: string;
  let file: string;
  let database: TestDatabase;
  let connection: Connection;
  let stored: StoredFingerprint;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'naqty-secrets-'));
    file = join(folder, 'kept', 'secrets.json');
    database = await createTestDatabase();
    connection = await openDatabase(database.uri);
    stored = createSettings(connection).fingerprints({ now: () => new Date() });
  });
  afterEach(async () => {
    await connection.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const refused = async (sentence: RegExp): Promise<void> => {
    const error = await openSecrets(file, stored).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(UnusableSecrets);
    expect((error as Error).message).to.match(sentence);
  };

  it('are made on the first start, readable by their user alone, and found again', async () => {
    const first = await openSecrets(file, stored);
    expect(first.created).to.equal(true);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(first.secrets.lists)
      .to.match(/^[0-9a-f]{64}$/)
      .and.not.equal(first.secrets.session);
    expect(await openSecrets(file, stored)).to.deep.equal({ secrets: first.secrets, created: false });
  });

  it('of an installation that kept no files yet get a key for them, the same at every start', async () => {
    const { secrets } = await openSecrets(file, stored);
    const { files: _files, ...older } = secrets;
    writeFileSync(file, JSON.stringify(older), { mode: 0o600 });
    const [one, two] = [await openSecrets(file, stored), await openSecrets(file, stored)];
    expect(one.secrets.files)
      .to.match(/^[0-9a-f]{64}$/)
      .and.equal(two.secrets.files);
    expect([one.secrets.files]).to.not.include.members([secrets.lists, secrets.session]);
  });
  it('leave no trace of themselves in the database', async () => {
    const { secrets } = await openSecrets(file, stored);
    const kept = JSON.stringify(await connection.collection('settings').find().toArray());
    expect(kept).to.include(fingerprint(secrets));
    expect(kept).not.to.include(secrets.lists);
    expect(kept).not.to.include(secrets.session);
  });

  it('of another database are refused with what to do', async () => {
    await openSecrets(file, stored);
    writeFileSync(file, JSON.stringify(generateSecrets()), { mode: 0o600 });
    await refused(
      /made under other secrets than those in .*secrets\.json: restore the file.*or start with an empty database\.$/,
    );
  });

  it('with a new key for the lists are taken, since the old one is known beside it, and from then on no others', async () => {
    const { secrets } = await openSecrets(file, stored);
    const renewed = withNewListsKey(secrets);
    expect(renewed.previousLists).to.equal(secrets.lists).and.not.equal(renewed.lists);
    await writeSecrets(file, renewed, true);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect((await openSecrets(file, stored)).secrets).to.deep.equal(renewed);
    const { previousLists: _gone, ...finished } = renewed;
    await writeSecrets(file, finished, true);
    expect((await openSecrets(file, stored)).secrets).to.deep.equal(finished);
    await writeSecrets(file, secrets, true);
    await refused(/made under other secrets/);
  });

  it('that are lost are not made anew for a database that needs the old ones', async () => {
    await openSecrets(file, stored);
    rmSync(file);
    await refused(/are missing: restore .*secrets\.json/);
    expect(() => statSync(file)).to.throw(/ENOENT/);
  });

  it('that are open to others, damaged or out of reach are refused with what to do', async () => {
    await openSecrets(file, stored);
    chmodSync(file, 0o644);
    await refused(/chmod 600/);
    chmodSync(file, 0o600);
    for (const damage of ['', '{"lists":"ab"}', 'null', readFileSync(file, 'utf8').slice(0, -9)]) {
      writeFileSync(file, damage);
      await refused(/is damaged: restore it from your backup/);
    }
    file = join(folder, 'kept', 'secrets.json', 'below-a-file');
    await refused(/cannot be (read|kept)/);
  });

  it('of eight starts at once on a new database are the same', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => openSecrets(file, stored)));
    expect(new Set(opened.map(({ secrets }) => fingerprint(secrets))).size).to.equal(1);
    expect(opened.filter(({ created }) => created)).to.have.length.greaterThan(0);
  });
});
