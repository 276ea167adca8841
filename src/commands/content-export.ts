/** `npm run -s content:export -- [DIR]`: writes the content in force back as a pack, without drafts and without lists of people. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exportContent } from '../facts/content/export-content.js';
import { projectRoot } from '../project-root.js';
import { folderFrom, runContentCommand, say, withStore } from './content-command.js';

await runContentCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const folder = folderFrom(positionals[0], join(projectRoot, 'content'));
  await withStore(async (store) => {
    for (const path of await exportContent(store, folder)) say(join(folder, path));
  });
});
