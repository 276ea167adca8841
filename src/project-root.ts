/** Where the project lies on disk: locales, content and page assets are found from here, in a build as in the sources. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const nearestWithPackage = (directory: string): string => {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory)
    throw new Error('No package.json lies above this file: the project is incomplete, clone it again.');
  return nearestWithPackage(parent);
};

/** Absolute path of the folder with package.json. */
export const projectRoot = nearestWithPackage(dirname(fileURLToPath(import.meta.url)));
