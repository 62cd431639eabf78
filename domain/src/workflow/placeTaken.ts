import { type PlaceTaken, StudioError } from '@studio/contracts';

/** Why a run is not started: another one has the only place. */
export const placeTaken = ({ executionId, whenTaken }: PlaceTaken): StudioError =>
  new StudioError('conflict', 'execution.place_taken', `The run ${executionId} is still open`, {
    extra: { execution_id: executionId, when_taken: whenTaken },
  });

/** The open run that was found where a start is to be skipped; null for every other error. */
export const skippedFor = (error: unknown): string | null => {
  if (!(error instanceof StudioError) || error.code !== 'execution.place_taken') return null;
  const { execution_id: id, when_taken: whenTaken } = error.extra;
  return whenTaken === 'skip' ? String(id) : null;
};
