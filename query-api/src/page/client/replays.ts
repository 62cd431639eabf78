import type { ReplayView } from '@studio/contracts';

import { patiently, pause } from './request.ts';
import type { ViewParts } from './view.ts';

export interface Replays {
  /** Asks for the state after a fact. While an answer is on its way only the newest wish is kept. */
  want(at: number): void;
  /** What is known of it already. */
  known(at: number): ReplayView | undefined;
}

const mostKept = 40;
/** While facts come fast not each state is asked for. */
const breathMs = 250;

/** States of a run as the studio folds and shows them. What is folded once is kept: facts do not change. */
export const createReplays = (
  { session, signal, fail }: Pick<ViewParts, 'session' | 'signal' | 'fail'>,
  id: string,
  onAnswer: () => void,
): Replays => {
  const answers = new Map<number, ReplayView>();
  let wanted: number | null = null;
  let asking = false;

  const keep = (answer: ReplayView): void => {
    answers.set(answer.revision, answer);
    const [oldest] = answers.keys();
    if (answers.size > mostKept && oldest !== undefined) answers.delete(oldest);
  };

  const askOne = async (at: number): Promise<void> => {
    const path = `/executions/${encodeURIComponent(id)}/replay?at=${at}`;
    const answer = await patiently(
      () => session.get<ReplayView>(path),
      signal,
      () => undefined,
    );
    if (!answer) return;
    keep(answer);
    onAnswer();
  };

  const ask = async (): Promise<void> => {
    asking = true;
    try {
      for (let at = wanted; at !== null && !signal.aborted; at = wanted) {
        wanted = null;
        await askOne(at);
        await pause(breathMs, signal);
      }
    } catch (error) {
      fail(error);
    } finally {
      asking = false;
    }
  };

  return {
    known: (at) => answers.get(at),
    want: (at) => {
      if (answers.has(at)) {
        wanted = null;
        return;
      }
      wanted = at;
      if (!asking) void ask();
    },
  };
};
