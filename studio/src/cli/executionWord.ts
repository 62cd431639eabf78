import { isUuid } from '@studio/contracts';

import { usageError } from './exitCodes.ts';
import type { Given } from './given.ts';

/** The run that a command is about. */
export const executionWord = (given: Given, index = 0): string => {
  const id = given.word(index, 'EXECUTION').toLowerCase();
  if (!isUuid(id)) throw usageError(`'${id}' is no id of an execution`);
  return id;
};
