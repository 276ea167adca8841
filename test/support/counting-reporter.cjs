// Mocha's own reporter for people, which also names the slowest files, and leaves "passed failed" in TEST_SUMMARY_FILE when the run came to its end.
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { reporters } = require('mocha');

const shown = 12;

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const secondsOf = new Map();
    let began = 0;
    const isOutermost = (suite) => suite.parent?.root === true;
    runner.on('suite', (suite) => {
      if (isOutermost(suite)) began = performance.now();
    });
    runner.on('suite end', (suite) => {
      if (!isOutermost(suite)) return;
      const file = relative('', suite.file ?? '');
      secondsOf.set(file, (secondsOf.get(file) ?? 0) + (performance.now() - began) / 1000);
    });
    runner.once('end', () => {
      const { passes, failures } = this.stats;
      const slowest = [...secondsOf].sort(([, a], [, b]) => b - a).slice(0, shown);
      console.log('  The slowest files, in seconds with their preparations:');
      for (const [file, seconds] of slowest) console.log(`  ${seconds.toFixed(1).padStart(6)}  ${file}`);
      if (process.env.TEST_SUMMARY_FILE) writeFileSync(process.env.TEST_SUMMARY_FILE, `${passes} ${failures}\n`);
    });
  }
};
