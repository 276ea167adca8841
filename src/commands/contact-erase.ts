/** `npm run -s contact:erase -- CHANNEL:ID --yes`: removes all that is kept of a resident, for good; the audit log keeps that it was done. */
import { randomUUID } from 'node:crypto';
import { systemClocks } from '../clock.js';
import { readConfig, readEnvironment } from '../config.js';
import { createAudit } from '../facts/audit/audit.js';
import { CommandMisused } from './command-misused.js';
import { aliasFrom, contactOf } from './contact-command.js';
import { runContentCommand, withStore } from './content-command.js';
import { maskCell } from './lists-command.js';

const usage = 'Usage: npm run -s contact:erase -- CHANNEL:ID --yes   (it cannot be undone; contact:export first)';

await runContentCommand(async () => {
  const [written, confirmed] = process.argv.slice(2);
  const alias = aliasFrom(written, usage);
  if (confirmed !== '--yes') throw new CommandMisused(usage);
  await withStore(async (store) => {
    const contactId = await contactOf(store, alias);
    const counts = await store.contactRecords.erase(contactId);
    const keptDays = readConfig(readEnvironment()).auditDays;
    const audit = createAudit({ store, clock: systemClocks.real, newId: randomUUID, mask: maskCell, keptDays });
    await audit.record({ by: 'command', action: 'contact-erased', subject: `contact:${contactId}`, details: counts });
    for (const [collection, count] of Object.entries(counts)) process.stdout.write(`${collection}: ${count}\n`);
  });
});
