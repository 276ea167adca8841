/**
 * `npm run -s lists:load -- FILE --programme ID [options of lists:check] [--confirm-shrink]`: reads a list and puts its good rows in force
 * as one batch. Faulty, repeated and contradicting rows are told and left out. Killed in the middle, the old list stays in force.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { systemClocks } from '../clock.js';
import { createAudit } from '../facts/audit/audit.js';
import { loadStarterContent } from '../facts/content/starter-content.js';
import { ListError } from '../facts/lists/list-error.js';
import { createLists } from '../facts/lists/lists.js';
import { fileSource } from '../facts/lists/source.js';
import { CommandMisused } from './command-misused.js';
import { runContentCommand, withStore } from './content-command.js';
import { jsonReporter, listSentences, maskCell, readListArguments, sentenceReporter } from './lists-command.js';

const usage =
  'Usage: npm run -s lists:load -- FILE --programme ID [--json] [--sheet NAME] [--columns iin=NAME,status=NAME] [--status WORD] [--as-of YYYY-MM-DD] [--confirm-shrink]';
const by = 'command';

await runContentCommand(async () => {
  const { path, programmeId, asOf, json, sheet, mapping, confirmed, config } = readListArguments(usage);
  const words = listSentences(config.defaultLanguage);
  await withStore(async (store, secrets) => {
    await loadStarterContent({ store, clocks: systemClocks, secret: secrets.lists });
    const audit = createAudit({
      store,
      clock: systemClocks.real,
      newId: randomUUID,
      mask: maskCell,
      keptDays: config.auditDays,
    });
    const lists = createLists({
      store,
      clocks: systemClocks,
      newId: randomUUID,
      secret: secrets.lists,
      previousSecret: secrets.previousLists,
      mask: maskCell,
      audit,
      findingsDays: config.kept.listFindingsDays,
    });
    await lists.sweep();
    const source = await fileSource(path);
    const begun = await lists
      .begin({ source, fileName: basename(path), programmeId, asOf, by, sheet, mapping })
      .catch((error: unknown) => {
        if (!(error instanceof ListError)) throw error;
        const values = { programme: programmeId, known: error.programmes.join(', ') };
        throw new CommandMisused(words('command.unknownProgramme', values));
      });
    const batch = await begun.done;
    const reporter = json ? jsonReporter(programmeId) : sentenceReporter(words);
    for await (const findings of lists.findings(batch._id)) reporter.find(findings);
    if (!batch.counts) {
      reporter.unreadable(
        (batch.failure ?? { code: 'interrupted', names: [] }) as Parameters<typeof reporter.unreadable>[0],
      );
      process.exitCode = 1;
      return;
    }
    let refused: ListError | undefined;
    await lists.apply(batch._id, by, confirmed).catch((error: unknown) => {
      if (!(error instanceof ListError)) throw error;
      refused = error;
    });
    if (refused) await lists.discard(batch._id, by);
    reporter.counted(batch.counts, {
      batch: batch._id,
      applied: !refused,
      ...(refused ? { refused: refused.code } : {}),
      shares: batch.shares,
    });
    if (refused) process.exitCode = 1;
    if (json) return;
    for (const { programmeId: programme, added, changed, unchanged, gone } of batch.shares ?? []) {
      process.stdout.write(`${words('command.share', { programme, added, changed, unchanged, gone })}\n`);
    }
    if (refused?.code === 'shrinks') {
      process.stdout.write(`${words('command.shrinks', { programmes: refused.programmes.join(', ') })}\n`);
    }
    process.stdout.write(
      `${refused ? words('command.notApplied') : words('command.applied', { rows: batch.counts.loaded, asOf })}\n`,
    );
  });
});
