/** States as older versions stored them: what is not asked any more is closed, what is remembered stays. */
import { expect } from 'chai';
import { type DialogueState, freshState, readState } from '../../src/dialogue/state.js';
import { createTalk } from './talk.js';

const until = '2020-04-23T10:30:00.000Z';
const remembered: DialogueState = { ...freshState, article: 'mask-rule', greeted: true };
const openedAs = (expecting: object): DialogueState => ({ ...remembered, expecting: expecting as never });

describe('a state that was stored before', () => {
  it('keeps an open question that is still asked', () => {
    const asked = openedAs({ kind: 'helped', article: 'mask-rule', original: ['m1'], until });
    expect(readState(asked)).to.equal(asked);
    expect(readState(remembered)).to.equal(remembered);
  });

  it('closes a kind of question that is asked no more', () => {
    expect(readState(openedAs({ kind: 'checkpoint-place', until }))).to.deep.equal(remembered);
    const programme = { id: 'c-1', title: '42 500', words: '42 500', meaning: { kind: 'programme', programme: 'all' } };
    expect(
      readState(openedAs({ kind: 'choice', about: 'programme', choices: [programme], original: [], until })),
    ).to.deep.equal(remembered);
  });

  it('is answered with a number as if nothing were open', () => {
    const talk = createTalk({ language: 'ru', state: openedAs({ kind: 'checkpoint-place', until }) });
    expect(talk.says('1').settled.outcome).to.equal('service:menu');
    expect(talk.state().article).to.equal('mask-rule');
  });
});
