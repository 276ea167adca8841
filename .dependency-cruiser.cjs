/** Who may import whom: the folders of src/ stand in the order in which a message travels. Types count as imports, except in circles. */

/** Node's own modules that only compute; every other one is I/O, a clock or a process. */
const pureNodeModules = '^(node:)?(util|assert|url|path|string_decoder|zlib)$';
/** Words and pure rules that every folder may use: contracts, and the form of an IIN. */
const words = 'contract\\.ts$|inbound/(masked|iin|iin-hmac)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment:
        'Two files that need each other at run time are one file, or lack a third. A circle of types alone costs nothing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans-of-resolution',
      comment: 'An import that leads nowhere breaks at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'mongoose-in-store-only',
      comment:
        'Queries live in src/store. The adapter of the identity library is handed the driver’s database (docs/adr on identity).',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store|web/identity)/' },
      to: { path: '(^|/)node_modules/(mongoose|mongodb|@better-auth/mongo-adapter)/' },
    },
    {
      name: 'identity-takes-no-mongoose',
      comment: 'The exception is for the adapter alone.',
      severity: 'error',
      from: { path: '^src/web/identity/' },
      to: { path: '(^|/)node_modules/mongoose/' },
    },
    {
      name: 'understanding-and-dialogue-are-pure',
      comment:
        'Decide purely, act at the edge: no store, no web, no way out, no channel, no facts beyond their contract.',
      severity: 'error',
      from: { path: '^src/(understand|dialogue)/' },
      to: { path: '^src/(store|web|outbox|inbound|transport|engine|jobs|commands|facts)/', pathNot: words },
    },
    {
      name: 'understanding-and-dialogue-do-no-io',
      comment: 'No files, network, processes or clocks. The loader of phrases is the one file that reads.',
      severity: 'error',
      from: { path: '^src/(understand|dialogue)/', pathNot: '^src/understand/load-phrases\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: `${pureNodeModules}|^(node:)?crypto$` },
    },
    {
      name: 'decisions-take-no-chance',
      comment:
        'Ids and chance are arguments. Understanding may hash what it was trained on; a decision needs nothing of the kind.',
      severity: 'error',
      from: { path: '^src/dialogue/' },
      to: { path: '^(node:)?crypto$' },
    },
    {
      name: 'understanding-knows-no-dialogue',
      comment: 'Understanding comes before the decision and does not know what is decided.',
      severity: 'error',
      from: { path: '^src/understand/' },
      to: { path: '^src/dialogue/' },
    },
    {
      name: 'facts-know-no-pages',
      comment: 'The rooms of the domain serve the bot and staff alike and are owned by neither.',
      severity: 'error',
      from: { path: '^src/facts/' },
      to: { path: '^src/(web|inbound|transport|jobs|commands)/', pathNot: words },
    },
    {
      name: 'pages-ask-facts',
      comment:
        'A route parses, calls a function of facts and renders. Changes keep pages live; settings are what staff switch.',
      severity: 'error',
      from: { path: '^src/web/', pathNot: '^src/web/identity/' },
      to: { path: '^src/store/', pathNot: '^src/store/(changes|settings)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'store-is-the-ground',
      comment: 'Queries know no rules: nothing above them.',
      severity: 'error',
      from: { path: '^src/store/' },
      to: { path: '^src/(web|facts|inbound|outbox|engine|jobs|commands)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'roots-are-not-imported',
      comment: 'app, main and the commands put parts together; no part knows its root.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|app)\\.tsx?$|^src/commands/' },
      to: { path: '^src/(main|app)\\.tsx?$|^src/commands/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      comment: 'What serves residents stands without its tests.',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-tools-in-the-product',
      comment:
        'A package that the running service needs is a dependency, not a tool of development. The peers of a measurement are tools.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/commands/bench-peers\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/web/assets/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
