/** `npm run -s content:import -- [DIR] [--overwrite]`: brings a content pack into the installation's database, all or nothing. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClocks } from '../clock.js';
import { type Counts, importContent } from '../facts/content/import-content.js';
import { PackError } from '../facts/content/pack-error.js';
import { readPack } from '../facts/content/read-pack.js';
import { projectRoot } from '../project-root.js';
import { folderFrom, runContentCommand, say, withStore } from './content-command.js';

const line = (name: string, { created, updated, unchanged, kept }: Counts): string =>
  `${name.padEnd(14)}${created} created, ${updated} updated, ${unchanged} unchanged, ${kept} kept`;

await runContentCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { overwrite: { type: 'boolean', default: false } },
  });
  const folder = folderFrom(positionals[0], join(projectRoot, 'content'));
  // Read before the database is opened: a broken pack costs nothing.
  const pack = await readPack(folder).catch((error: unknown) => {
    if (error instanceof PackError) process.stderr.write(`The content in ${folder} cannot be taken:\n`);
    throw error;
  });
  await withStore(async (store, secrets) => {
    const report = await importContent({
      pack,
      store,
      clocks: systemClocks,
      secret: secrets.lists,
      overwrite: values.overwrite,
    });
    say(line('Articles', report.articles));
    say(line('Programmes', report.programmes));
    say(line('Vehicle kinds', report.vehicleKinds));
    say(line('Checkpoints', report.checkpoints));
    say(line('Concepts', report.lexicon));
    for (const [programme, rows] of Object.entries(report.sampleList)) {
      const outcome = { unchanged: 'unchanged', kept: "kept: staff's own list is in force" };
      say(`Sample list   ${programme}: ${typeof rows === 'number' ? `${rows} rows in force` : outcome[rows]}`);
    }
    if (report.kept.length > 0) {
      say(`Kept because staff changed them (--overwrite replaces them): ${report.kept.join(', ')}`);
    }
  });
});
