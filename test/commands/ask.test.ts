/** The command that asks, as a person calls it: a process of its own, on a database of its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { explanationText } from '../../src/commands/explain-text.js';
import { whyDecided } from '../../src/dialogue/why.js';
import { projectRoot } from '../../src/project-root.js';
import { createExplain } from '../../src/understand/explain.js';
import { answerAt } from '../../src/understand/thresholds.js';
import { trainedModel } from '../understand/trained.js';

const run = promisify(execFile);
const ask = async (...given: string[]): Promise<string> => {
  const { npm_config_nodedir: _, ...env } = process.env;
  const command = ['--import', 'tsx', 'src/commands/ask.ts', ...given];
  return (await run(process.execPath, command, { cwd: projectRoot, env })).stdout;
};

describe('ask --explain', function () {
  this.timeout(180_000);

  it('gives one line of JSON a turn with its explanation, and shows no IIN', async () => {
    const out = await ask('--explain', '--json', '42500 қашан түседі?', 'проверьте 960817400017');
    const lines = out.trimEnd().split('\n');
    expect(lines).to.have.length(2);
    const [answered, checked] = lines.map((line) => JSON.parse(line));
    expect(answered.outcome).to.equal('faq:pay-42500-when');
    expect(answered.explanation.why).to.deep.include({ reason: 'sure', answerAt });
    expect(answered.explanation.why.confidence).to.equal(answered.confidence);
    expect(answered.explanation.candidates[0].label).to.equal(answered.outcome);
    expect(answered.explanation.read).to.deep.equal(['42500', 'қашан', 'түседі']);
    expect(checked.explanation.why.reason).to.equal('iin');
    expect(checked.explanation.read).to.deep.equal(['проверьте', '⟨iin⟩']);
    expect(out).not.to.include('960817400017');
  });

  it('tells people the same in words', async () => {
    const explanation = createExplain(await trainedModel())('сәлем, 42500 қашан түседі?', { language: 'kk' });
    const { understanding } = explanation;
    const turn = { understanding, iins: 0, before: undefined, after: undefined, outcome: 'clarify', silent: false };
    const out = explanationText(explanation, whyDecided(turn));
    expect(out).to.match(/why +The message says too little: more is asked for\./);
    expect(out).to.include(`answered from ${(answerAt * 100).toFixed(1)} %`);
    expect(out).to.match(/read +42500 қашан түседі +\(set aside: сәлем\)/);
    expect(out).to.match(/language +kk: .*түседі \+\d\.\d\d/);
    expect(out).to.match(/found +programmes pay-42500/);
    expect(out).to.match(/1\. faq:pay-42500-when {2}\d+\.\d % {2}\(score \d/);
    expect(out).to.match(/\+\d\.\d\d {2}word "түседі"/);
  });
});
