import { type ExecutionId, executionStream } from '@studio/contracts';
import { sealedFilesOf } from '@studio/infra';

import type { CommandApiDependencies } from '../dependencies.ts';

const pageSize = 1_000;

/** Removes the files that nobody can open any more, their run's key being deleted. May be repeated. */
export const removeSealedFiles = async (
  { log, files }: Pick<CommandApiDependencies, 'log' | 'files'>,
  id: ExecutionId,
): Promise<void> => {
  for (let from = 0; ; from += pageSize) {
    const facts = await log.readStream(executionStream(id), { from, limit: pageSize }, 'sealed');
    for (const ref of sealedFilesOf(facts)) await files.remove(ref);
    if (facts.length < pageSize) return;
  }
};
