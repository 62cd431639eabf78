import { Instant, type NodeExecutionView } from '@studio/contracts';
import { z } from 'zod';

import { textOrNull } from './executionView.ts';
import type { NodeRow } from './rows.ts';
import type { Opened } from './sealedColumns.ts';

const Reported = z.object({ fraction: z.number().nullable(), at: Instant }).nullable();

/** What an instance's last attempt said of how far it had come. */
export const progressOf = (
  { progress, progress_message }: Pick<NodeRow, 'progress' | 'progress_message'>,
  opened: Opened,
): NodeExecutionView['progress'] => {
  const reported = Reported.parse(progress);
  if (!reported) return null;
  const { fraction, at } = reported;
  return { fraction, message: textOrNull(opened(progress_message)), reported_at: at };
};
