import { executionStream, type Head, type RedriveResult, StudioError } from '@studio/contracts';
import { type Cause, foldRun, handle, load, type Loaded, type Run, run } from '@studio/domain';
import type { FailedRun } from '@studio/infra';

import type { CommandApiDependencies } from '../dependencies.ts';
import type { Folds } from '../folds.ts';
import { refuseWhileHalted } from '../refuseHalted.ts';

export interface RedriveParts {
  readonly dependencies: CommandApiDependencies;
  readonly folds: Folds;
}

/** The order for one run among many. */
export interface RedriveOrder {
  readonly failed: FailedRun;
  /** It counts once for the run. */
  readonly redriveId: string;
  readonly cause: Cause;
  readonly isDryRun: boolean;
}

type Redriven = RedriveResult['redriven'][number];
type Skipped = RedriveResult['skipped'][number];
export type Redrive =
  { readonly redriven: Redriven; readonly head: Head | null } | { readonly skipped: Skipped };

const alreadyRedriven = (): StudioError =>
  new StudioError('conflict', 'execution.already_redriven', 'It has gone on by this order before');

const goOn = async (
  { dependencies, folds }: RedriveParts,
  { failed, redriveId, cause, isDryRun }: RedriveOrder,
): Promise<Pick<Loaded<Run>, 'state' | 'head'>> => {
  const stream = executionStream(failed.executionId);
  const known = await load(dependencies.log, run, stream);
  await refuseWhileHalted(folds, known.state.workflowId, cause.workspaceId);
  const data = { now: cause.occurredAt, redriveId };
  const command = { type: 'RetryWorkflow', data } as const;
  if (isDryRun) {
    const events = run.decide(command, known.state);
    if (events.length === 0) throw alreadyRedriven();
    return { state: foldRun(known.state, events), head: null };
  }
  const handled = await handle(dependencies, run, {
    ...{ stream, known, command, cause: { ...cause, commandId: redriveId } },
    keys: ({ keyId }) => ({ run: keyId }),
  });
  if (handled.events.length === 0) throw alreadyRedriven();
  return handled;
};

/** Has one failed run go on, or tells why it does not. */
export const redriveRun = async (parts: RedriveParts, order: RedriveOrder): Promise<Redrive> => {
  const { executionId, workflowId, code } = order.failed;
  const of = { execution_id: executionId, workflow_id: workflowId, code };
  try {
    const { state, head } = await goOn(parts, order);
    return { redriven: { ...of, retry: state.retries }, head };
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    return { skipped: { ...of, why: { code: error.code, message: error.message } } };
  }
};
