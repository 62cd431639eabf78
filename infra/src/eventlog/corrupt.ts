import { StudioError } from '@studio/contracts';

/** What lies in the log or beside it is not what was written. `where` names the place, never a payload. */
export const corrupt = (where: string, what: string, cause?: unknown): StudioError =>
  new StudioError('unavailable', 'log.corrupt', `${where}: ${what}`, { cause });
