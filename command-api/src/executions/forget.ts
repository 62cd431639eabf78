import { type ExecutionId, executionStream } from '@studio/contracts';
import type { Run } from '@studio/domain';
import { sealedFilesOf } from '@studio/infra';

import type { CommandApiDependencies } from '../dependencies.ts';

const pageSize = 1_000;

/** Removes the files that nobody can open any more, their run's key being deleted. May be repeated. */
const removeSealedFiles = async (
  { log, files }: Pick<CommandApiDependencies, 'log' | 'files'>,
  id: ExecutionId,
): Promise<void> => {
  for (let from = 0; ; from += pageSize) {
    const facts = await log.readStream(executionStream(id), { from, limit: pageSize }, 'sealed');
    for (const ref of sealedFilesOf(facts)) await files.remove(ref);
    if (facts.length < pageSize) return;
  }
};

/**
 * Erases what a run holds. Its data key goes first: once that is on disk nothing of it opens, whatever happens next.
 * Each step may be repeated, so a second attempt finishes what a crash left undone. `record` puts it on record.
 */
export const eraseRun = async (
  dependencies: Pick<CommandApiDependencies, 'log' | 'files' | 'keys'>,
  { keyId }: Pick<Run, 'keyId'>,
  record: () => Promise<Run>,
): Promise<Run> => {
  await dependencies.keys.forget(keyId);
  const state = await record();
  await removeSealedFiles(dependencies, state.executionId);
  return state;
};
