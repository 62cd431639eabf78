import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import { answerApproval, requestApproval } from './approving.ts';
import { completeNode, completePureNode, startNode } from './attempts.ts';
import { awaitChild, cancelOrphan, endChild } from './children.ts';
import { recoverNode } from './doubt.ts';
import { failNode, failPureNode } from './failures.ts';
import { haltRun, releaseRun } from './halting.ts';
import { breakLoop, continueLoop, startRegion } from './loops.ts';
import { migrateRun } from './migrating.ts';
import { cancel, pause, recordErasure, resume } from './people.ts';
import { breakStart, grantPermits, requestPermits, supersede } from './permits.ts';
import { reportProgress } from './progress.ts';
import { resolve } from './resolving.ts';
import { retry } from './retry.ts';
import { rewind } from './rewinding.ts';
import { isOver, type Run } from './run.ts';
import { sendApprovalBack } from './sendingBack.ts';
import { consequencesOf } from './settle.ts';
import { skipNode } from './skipping.ts';
import { fireTimer, setTimer } from './timers.ts';
import { awaitSignal, failJudging, judgeSignal, receiveCallback, receiveSignal } from './waits.ts';

const settleRun = (run: Run): ExecutionEvent[] =>
  run.status === 'unstarted' || isOver(run) ? [] : consequencesOf(run);

/** What an order means for a run as it stands: the facts to append; none when it is already so. */
export const decide = ({ type, data }: ExecutionCommand, run: Run): ExecutionEvent[] => {
  switch (type) {
    case 'StartWorkflow':
      return run.status === 'unstarted' ? [{ type: 'WorkflowStarted', data }] : [];
    case 'SettleRun':
      return settleRun(run);
    case 'RequestPermits':
      return requestPermits(run, data);
    case 'GrantPermits':
      return grantPermits(run, data);
    case 'SupersedeRun':
      return supersede(run, data);
    case 'BreakStart':
      return breakStart(run, data);
    case 'StartNode':
      return startNode(run, data);
    case 'ReportProgress':
      return reportProgress(run, data);
    case 'CompletePureNode':
      return completePureNode(run, data);
    case 'FailPureNode':
      return failPureNode(run, data);
    case 'CompleteNode':
      return completeNode(run, data);
    case 'FailNode':
      return failNode(run, data);
    case 'RequestApproval':
      return requestApproval(run, data);
    case 'AnswerApproval':
      return answerApproval(run, data);
    case 'SendApprovalBack':
      return sendApprovalBack(run, data);
    case 'AwaitSignal':
      return awaitSignal(run, data);
    case 'ReceiveSignal':
      return receiveSignal(run, data);
    case 'ReceiveCallback':
      return receiveCallback(run, data);
    case 'JudgeSignal':
      return judgeSignal(run, data);
    case 'FailJudging':
      return failJudging(run, data);
    case 'StartRegion':
      return startRegion(run, data);
    case 'ContinueLoop':
      return continueLoop(run, data);
    case 'BreakLoop':
      return breakLoop(run, data);
    case 'AwaitChild':
      return awaitChild(run, data);
    case 'EndChild':
      return endChild(run, data);
    case 'CancelOrphan':
      return cancelOrphan(run);
    case 'SetTimer':
      return setTimer(run, data);
    case 'FireTimer':
      return fireTimer(run, data);
    case 'RecoverNode':
      return recoverNode(run, data);
    case 'CancelWorkflow':
      return cancel(run, data);
    case 'PauseWorkflow':
      return pause(run, data);
    case 'ResumeWorkflow':
      return resume(run);
    case 'HaltRun':
      return haltRun(run, data);
    case 'ReleaseRun':
      return releaseRun(run);
    case 'RetryWorkflow':
      return retry(run, data);
    case 'MigrateRun':
      return migrateRun(run, data);
    case 'ResolveNode':
      return resolve(run, data);
    case 'SkipNode':
      return skipNode(run, data);
    case 'RewindWorkflow':
      return rewind(run, data);
    case 'RecordErasure':
      return recordErasure(run);
  }
};
