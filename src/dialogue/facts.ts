/** The facts of one turn: what was fetched so far, found again by the request that asked for it. Pure. */
import type { FactAnswers, FactRequest, Facts } from './fact-requests.js';

/** One name for one request. */
export const factKey = (request: FactRequest): string => JSON.stringify(request);

export const createFacts = (known: ReadonlyMap<string, FactAnswers[FactRequest['fact']]>): Facts => ({
  get: <R extends FactRequest>(request: R) => known.get(factKey(request)) as FactAnswers[R['fact']] | undefined,
});

/** A flow lacks a fact: thrown inside `decide` and turned into its `need`, so that flows read top to bottom. */
export class NeedsFact extends Error {
  override readonly name = 'NeedsFact';
  constructor(readonly request: FactRequest) {
    super(request.fact);
  }
}

/** The fact if it is known. @throws NeedsFact if it has to be fetched first. */
export const required = <R extends FactRequest>(facts: Facts, request: R): FactAnswers[R['fact']] => {
  const fact = facts.get(request);
  if (fact === undefined) throw new NeedsFact(request);
  return fact;
};
