// Mocha's own reporter for people, which also names the slowest files, and leaves "passed failed" in TEST_SUMMARY_FILE when the run came to its end.
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { reporters } = require('mocha');

const shown = 12;

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const secondsOf = new Map();
    runner.on('test end', ({ file = '', duration = 0 }) => {
      const name = relative('', file);
      secondsOf.set(name, (secondsOf.get(name) ?? 0) + duration / 1000);
    });
    runner.once('end', () => {
      const { passes, failures } = this.stats;
      const slowest = [...secondsOf].sort(([, a], [, b]) => b - a).slice(0, shown);
      console.log('  The slowest files, in seconds without their preparations:');
      for (const [file, seconds] of slowest) console.log(`  ${seconds.toFixed(1).padStart(6)}  ${file}`);
      if (process.env.TEST_SUMMARY_FILE) writeFileSync(process.env.TEST_SUMMARY_FILE, `${passes} ${failures}\n`);
    });
  }
};
