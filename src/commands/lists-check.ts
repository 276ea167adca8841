/**
 * `npm run -s lists:check -- FILE --programme ID [--json] [--sheet NAME] [--columns iin=…,status=…] [--status WORD] [--as-of DAY]`:
 * a dry run of a list of recipients. Nothing is loaded, and no row of the file is kept. Exit code 1 where the file is no list.
 */
import { UnreadableList } from '../facts/lists/findings.js';
import { listProgrammes } from '../facts/lists/lists.js';
import { readList } from '../facts/lists/read-list.js';
import { fileSource } from '../facts/lists/source.js';
import { CommandMisused } from './command-misused.js';
import { runContentCommand, withStore } from './content-command.js';
import {
  isInstalled,
  jsonReporter,
  knownWords,
  listSentences,
  maskCell,
  readListArguments,
  sentenceReporter,
  starterProgrammes,
} from './lists-command.js';

const usage =
  'Usage: npm run -s lists:check -- FILE --programme ID [--json] [--sheet NAME] [--columns iin=NAME,status=NAME] [--status WORD] [--as-of YYYY-MM-DD]';

const known = async (config: Parameters<typeof isInstalled>[0], programmeId: string) => {
  if (!isInstalled(config)) return { programmes: await starterProgrammes(), mapping: undefined };
  let found: Awaited<ReturnType<typeof starterProgrammes>> = [];
  let mapping: Awaited<ReturnType<typeof stored>>;
  const stored = (store: Parameters<Parameters<typeof withStore>[0]>[0]) => store.listBatches.mappingOf(programmeId);
  await withStore(async (store) => {
    found = await listProgrammes(store.programmes);
    mapping = await stored(store);
  });
  return { programmes: found.length > 0 ? found : await starterProgrammes(), mapping };
};

await runContentCommand(async () => {
  const { path, programmeId, asOf, json, sheet, mapping, config } = readListArguments(usage);
  const words = listSentences(config.defaultLanguage);
  const { programmes, mapping: stored } = await known(config, programmeId);
  if (!programmes.some(({ id }) => id === programmeId)) {
    const names = programmes.map(({ id }) => id).join(', ');
    throw new CommandMisused(words('command.unknownProgramme', { programme: programmeId, known: names }));
  }
  const reporter = json ? jsonReporter(programmeId) : sentenceReporter(words);
  try {
    const { counts } = await readList(
      {
        source: await fileSource(path),
        programmeId,
        programmes,
        asOf,
        mask: maskCell,
        sheet,
        mapping: mapping ?? stored,
      },
      { find: async (findings) => reporter.find(findings) },
    );
    reporter.counted(counts, { known: knownWords(programmes) });
    if (!json && counts.rejected > 0) process.stdout.write(`${words('command.known', knownWords(programmes))}\n`);
  } catch (error) {
    if (!(error instanceof UnreadableList)) throw error;
    reporter.unreadable(error);
    process.exitCode = 1;
  }
});
