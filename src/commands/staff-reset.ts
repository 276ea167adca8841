/** `npm run -s staff:reset -- EMAIL`: gives a member of staff a new password, printed once; their sessions end. */
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readConfig, readEnvironment } from '../config.js';
import { withInstallationEngine } from '../engine/installation-engine.js';
import { silentLogger } from '../log.js';
import { readSecrets } from '../secrets.js';
import { openDatabase } from '../store/connect.js';
import { createIdentity } from '../web/identity/identity.js';
import { newPassword } from '../web/identity/new-password.js';

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
const fail = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
};

const reset = async (email: string): Promise<void> => {
  const config = readConfig(readEnvironment());
  const secrets = existsSync(config.secretsFile) ? await readSecrets(config.secretsFile) : undefined;
  if (!secrets) {
    return fail('There is no installation here yet: run scripts/start first, it makes the first admin.');
  }
  await withInstallationEngine(config, silentLogger, async (uri) => {
    const connection = await openDatabase(uri);
    const identity = createIdentity({ connection, secret: secrets.session, baseUrl: config.publicUrl });
    try {
      const password = newPassword(randomInt);
      if (await identity.resetPassword(email, password)) return say(password);
      fail(`Nobody on the staff has the e-mail ${email}; the first admin's is admin@naqty.local.`);
    } finally {
      await identity.indexesMade();
      await connection.close();
    }
  });
};

const [email] = process.argv.slice(2);
if (email?.includes('@')) await reset(email).catch((error: Error) => fail(error.message));
else fail('Say whose password to reset: npm run -s staff:reset -- name@example.kz');
