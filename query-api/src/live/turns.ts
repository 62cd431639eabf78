/** What the work comes from; ws sockets are such sources. */
export interface Source {
  pause(): void;
  resume(): void;
}

/** Messages of one client that may wait for their turn; then no more are read until they had it. */
const mostWaiting = 32;

/** Does one piece of work after the other, and reads no faster than it works: what waits is bounded. */
export const createTurns = (
  source: Source,
  onFailure: (error: unknown) => void,
): ((work: () => Promise<void>) => void) => {
  let turn: Promise<void> = Promise.resolve();
  let waiting = 0;
  const done = (): void => {
    waiting -= 1;
    if (waiting === 0) source.resume();
  };
  return (work) => {
    waiting += 1;
    if (waiting === mostWaiting) source.pause();
    turn = turn.then(work).catch(onFailure).then(done);
  };
};
