/** `npm run staff:reset` as an operator runs it: a process of its own, on the installation's database and secrets file. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { systemClocks } from '../../src/clock.js';
import { projectRoot } from '../../src/project-root.js';
import { openSecrets } from '../../src/secrets.js';
import { type Connection, database as databaseOf, openDatabase } from '../../src/store/connect.js';
import { createSettings } from '../../src/store/settings.js';
import { createIdentity } from '../../src/web/identity/identity.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';

const run = promisify(execFile);

describe('a new password for a member of staff', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let connection: Connection;
  let folder: string;
  let secretsFile: string;
  before(async () => {
    database = await createTestDatabase();
    connection = await openDatabase(database.uri);
    folder = await mkdtemp(join(tmpdir(), 'naqty-reset-'));
    secretsFile = join(folder, 'secrets.json');
  });
  after(async () => {
    await connection.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });
  const reset = async (email: string): Promise<{ out: string; errors: string; code: number }> => {
    const { npm_config_nodedir: _, ...inherited } = process.env;
    const env = { ...inherited, MONGODB_URI: database.uri, DATA_DIR: folder, SECRETS_FILE: secretsFile };
    try {
      const command = ['--import', 'tsx', 'src/commands/staff-reset.ts', email];
      const { stdout, stderr } = await run(process.execPath, command, { cwd: projectRoot, env });
      return { out: stdout, errors: stderr, code: 0 };
    } catch (error) {
      const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
      return { out: stdout, errors: stderr, code };
    }
  };
  const passwordHash = async (): Promise<unknown> =>
    (await databaseOf(connection).collection('staff_accounts').findOne())?.password;

  const dropIndexes = async (): Promise<void> => {
    for (const name of ['staff', 'staff_sessions', 'staff_accounts', 'staff_verifications', 'staff_rate_limits']) {
      await databaseOf(connection)
        .collection(name)
        .dropIndexes()
        .catch(() => undefined);
    }
  };

  it('says that there is no installation before the first start', async () => {
    const { out, errors, code } = await reset('admin@naqty.local');
    expect({ out, code }).to.deep.equal({ out: '', code: 1 });
    expect(errors).to.match(/^There is no installation here yet: run scripts\/start first/);
  });

  it('is the one line that is printed, and nothing else', async () => {
    const settings = createSettings(connection);
    const { secrets } = await openSecrets(secretsFile, settings.fingerprints(systemClocks.real));
    const identity = createIdentity({ connection, secret: secrets.session, baseUrl: 'http://127.0.0.1' });
    await identity.ensureFirstAdmin(() => 'first-password-of-all');
    await identity.indexesMade();
    await dropIndexes();
    const before = await passwordHash();
    const { out, errors, code } = await reset('Admin@naqty.local');
    expect({ errors, code }).to.deep.equal({ errors: '', code: 0 });
    expect(out).to.match(/^\S{12,}\n$/);
    expect(await passwordHash())
      .to.be.a('string')
      .and.not.equal(before);
    const indexes = await databaseOf(connection).collection('staff').indexes();
    expect(indexes.map((index) => index.key)).to.deep.include({ email: 1 });
  });

  it('is refused in one sentence where nobody has the e-mail, also where the library still has indexes to make', async () => {
    await dropIndexes();
    const { out, errors, code } = await reset('nobody@naqty.local');
    expect({ out, code }).to.deep.equal({ out: '', code: 1 });
    expect(errors).to.equal(
      "Nobody on the staff has the e-mail nobody@naqty.local; the first admin's is admin@naqty.local.\n",
    );
  });
});
