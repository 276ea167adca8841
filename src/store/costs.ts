/** What sent messages cost, as their rows keep it: added up for the staff pages. */
import type { Connection } from './connect.js';

export interface Costs {
  /** In the currency of the configuration's table. */
  readonly cost: number;
  readonly messages: number;
  /** Questions that were answered: replies to the same message are one's. */
  readonly questions: number;
}

export const createCosts = (connection: Connection) => ({
  /** Of what was sent from `since` on and has a cost. */
  async since(since: Date): Promise<Costs> {
    const byQuestion = [
      { $match: { sentAt: { $gte: since }, cost: { $exists: true } } },
      { $project: { cost: 1, question: { $arrayElemAt: ['$answers', 0] } } },
      { $group: { _id: '$question', cost: { $sum: '$cost' }, messages: { $sum: 1 } } },
    ];
    const groups = await connection
      .collection('outbox')
      .aggregate<{ _id: string | null; cost: number; messages: number }>(byQuestion)
      .toArray();
    return {
      cost: groups.reduce((sum, { cost }) => sum + cost, 0),
      messages: groups.reduce((sum, { messages }) => sum + messages, 0),
      questions: groups.filter(({ _id }) => typeof _id === 'string').length,
    };
  },
});
