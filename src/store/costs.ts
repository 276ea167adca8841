/** What sent messages cost, as their rows keep it: added up for the staff pages. */
import { anyNumber, type Connection } from './connect.js';

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
    const isQuestion = { $cond: [{ $eq: [{ $type: '$_id' }, 'string'] }, 1, 0] };
    const [costs] = await connection
      .collection('outbox')
      .aggregate<Costs>([
        { $match: { sentAt: { $gte: since }, cost: anyNumber } },
        { $project: { cost: 1, question: { $arrayElemAt: ['$answers', 0] } } },
        { $group: { _id: '$question', cost: { $sum: '$cost' }, messages: { $sum: 1 } } },
        {
          $group: {
            _id: null,
            cost: { $sum: '$cost' },
            messages: { $sum: '$messages' },
            questions: { $sum: isQuestion },
          },
        },
        { $project: { _id: 0 } },
      ])
      .toArray();
    return costs ?? { cost: 0, messages: 0, questions: 0 };
  },
});
