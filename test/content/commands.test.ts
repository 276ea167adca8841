import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { projectRoot } from '../../src/project-root.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';

const run = promisify(execFile);

describe('the content commands', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let folder: string;
  before(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'naqty-commands-'));
  });
  after(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });
  const command = async (name: string, ...given: string[]): Promise<{ out: string; errors: string; code: number }> => {
    const { npm_config_nodedir: _, ...inherited } = process.env;
    const env = { ...inherited, MONGODB_URI: database.uri, DATA_DIR: folder, INIT_CWD: folder };
    try {
      const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', `src/commands/${name}.ts`, ...given], {
        cwd: projectRoot,
        env,
      });
      return { out: stdout, errors: stderr, code: 0 };
    } catch (error) {
      const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
      return { out: stdout, errors: stderr, code };
    }
  };

  it('bring the pack in, write it back, and bring that in again without a change', async () => {
    const first = await command('content-import');
    expect(first.errors).to.equal('');
    expect(first.out).to.include('Articles      45 created, 0 updated, 0 unchanged, 0 kept');
    const written = await command('content-export', 'pack');
    expect(written.out.split('\n')).to.include(join(folder, 'pack/articles/payments.yaml'));
    const again = await command('content-import', 'pack');
    expect(again.out).to.include('Articles      0 created, 0 updated, 45 unchanged, 0 kept');
    expect(again.out).to.include('Checkpoints   0 created, 0 updated, 14 unchanged, 0 kept');
  });

  it('say file, line and field of a broken pack, and end with 1', async () => {
    const file = join(folder, 'pack/articles/business.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('reviewBy: 2020-05-11', 'reviewBy: soon'));
    const line = text.slice(0, text.indexOf('reviewBy: 2020-05-11')).split('\n').length;
    const refused = await command('content-import', 'pack');
    expect(refused.code).to.equal(1);
    expect(refused.errors).to.include(`articles/business.yaml:${line}: articles[0].reviewBy: is no day that exists`);
    expect(refused.errors).to.match(/Nothing was changed\.\n$/);
    expect(refused.out).to.equal('');
  });
});
