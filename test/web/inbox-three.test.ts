/** Two specialists and a resident, each in a browser of their own, through the real pages: from the chat to the inbox and back. */
import { files } from './inbox-three/files.js';
import { many } from './inbox-three/many.js';
import { races } from './inbox-three/races.js';
import { openThree, type Three } from './inbox-three/three.js';
import { tools } from './inbox-three/tools.js';

describe('a resident and two specialists', function () {
  this.timeout(240_000);
  let opened: Three;
  before(async () => {
    opened = await openThree();
  });
  after(() => opened?.close());
  const three = () => opened;

  many(three);
  tools(three);
  files(three);
  races(three);
});
