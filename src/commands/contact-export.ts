/** `npm run -s contact:export -- CHANNEL:ID`: all that is kept of a resident, as JSON on standard output, to be handed to them. */
import { randomUUID } from 'node:crypto';
import { systemClocks } from '../clock.js';
import { readConfig, readEnvironment } from '../config.js';
import { createAudit } from '../facts/audit/audit.js';
import { aliasFrom, contactOf } from './contact-command.js';
import { runContentCommand, withStore } from './content-command.js';
import { maskCell } from './lists-command.js';

const usage = 'Usage: npm run -s contact:export -- CHANNEL:ID';

await runContentCommand(async () => {
  const alias = aliasFrom(process.argv[2], usage);
  await withStore(async (store) => {
    const contactId = await contactOf(store, alias);
    const records = await store.contactRecords.read(contactId);
    const keptDays = readConfig(readEnvironment()).auditDays;
    const audit = createAudit({ store, clock: systemClocks.real, newId: randomUUID, mask: maskCell, keptDays });
    await audit.record({ by: 'command', action: 'contact-exported', subject: `contact:${contactId}` });
    process.stdout.write(`${JSON.stringify(records, null, 2)}\n`);
  });
});
