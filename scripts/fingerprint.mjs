// Prints one hash over the names and contents of all files under the given paths: tells the scripts whether anything changed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const filesUnder = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesUnder(join(path, name)))
    : [path];

const hash = createHash('sha256');
for (const file of process.argv.slice(2).flatMap(filesUnder))
  hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
process.stdout.write(hash.digest('hex'));
