import { createApi } from './api.ts';
import { executionWord } from './executionWord.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { factLine, readFacts } from './facts.ts';
import type { Given } from './given.ts';
import type { Shell } from './shell.ts';

/** The facts of one run, as the API opens them for the signed-in person. */
export const showEvents = async (shell: Shell, given: Given): Promise<ExitCode> => {
  const id = executionWord(given, 1);
  const from = given.count('from') ?? 0;
  for await (const fact of readFacts(createApi(shell), id, from))
    shell.result(fact, () => [factLine(fact)]);
  return exitCodes.ok;
};
