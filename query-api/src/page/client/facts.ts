import type { Definition, ExecutionEvent, FactView } from '@studio/contracts';

import { momentOf, timeOf, visible } from './words.ts';

/** A fact as `/events` and the socket show it. Which kinds there are is the server's business: an unknown one is shown as it is. */
export type Fact = FactView;

/** What the fold takes: the API shows a fact as it was recorded. */
export const eventOf = (fact: Fact): ExecutionEvent => fact as ExecutionEvent; // see above

interface OfNode {
  readonly nodeId?: unknown;
  readonly instanceId?: unknown;
}

const dataOf = (fact: Fact): OfNode => fact.data as OfNode; // facts are objects; the members are looked at before use

export const nodeIdOf = (fact: Fact): string => {
  const { nodeId } = dataOf(fact);
  return typeof nodeId === 'string' ? nodeId : '';
};

export const instanceOf = (fact: Fact): string => {
  const { instanceId } = dataOf(fact);
  return typeof instanceId === 'string' ? instanceId : '';
};

type Started = Extract<ExecutionEvent, { type: 'WorkflowStarted' }>['data'];

/** What the first fact pins; null for a fact of another kind. */
export const startedOf = (fact: Fact | undefined): Started | null =>
  fact?.type === 'WorkflowStarted' ? (fact.data as Started) : null; // told by its type

/** The definitions that facts bring, in their order. */
export const definitionsIn = (facts: readonly Fact[]): readonly Definition[] =>
  facts
    .map(eventOf)
    .flatMap(({ type, data }) =>
      type === 'WorkflowStarted' || type === 'WorkflowMigrated' ? [data.definition] : [],
    );

export const namesOf = ({ nodes }: Definition): ReadonlyMap<string, string> =>
  new Map(nodes.map(({ id, name }) => [id, visible(name || id)]));

/** What was sealed may be erased: then it is no text any more. */
const quoted = (value: unknown): string =>
  typeof value === 'string' ? visible(value) : '(erased)';

type Details = {
  readonly [Type in ExecutionEvent['type']]?: (
    data: Extract<ExecutionEvent, { type: Type }>['data'],
  ) => string;
};

const details: Details = {
  WorkflowStarted: ({ triggerType, scheduledAt }) =>
    scheduledAt === undefined
      ? triggerType
      : `${triggerType}, to begin at ${momentOf(scheduledAt)}`,
  NodeStarted: ({ attempt, effect }) => (attempt > 1 ? `attempt ${attempt}, ${effect}` : effect),
  NodeProgressed: ({ fraction, message }) =>
    [
      fraction === null ? '' : `${Math.round(fraction * 100)} %`,
      message === null ? '' : quoted(message),
    ]
      .filter(Boolean)
      .join(', '),
  ModelTurnCompleted: ({ model, simulated, inputTokens, outputTokens }) =>
    `${simulated ? 'simulated ' : ''}${visible(model)}, ${inputTokens} + ${outputTokens} tokens`,
  NodeCompleted: ({ handle }) => (handle === 'output' ? '' : `by ${visible(handle)}`),
  NodeFailed: ({ error }) => `${visible(error.code)}: ${quoted(error.message)}`,
  NodeRetryScheduled: ({ attempt, dueAt }) => `attempt ${attempt} at ${timeOf(dueAt)}`,
  NodeReopened: ({ attempt }) => `attempt ${attempt}`,
  NodeSkipped: ({ byPerson }) => (byPerson ? 'by a person' : 'its branch was not taken'),
  NodeCancelled: () => 'what it did is unknown',
  NodeInDoubt: () => 'its outcome is unknown',
  LateOutcomeRecorded: ({ succeeded }) => (succeeded ? 'success, too late' : 'failure, too late'),
  TimerSet: ({ dueAt }) => `until ${timeOf(dueAt)}`,
  ApprovalRequested: ({ quorum, deadline }) =>
    [
      quorum > 1 ? `${quorum} approvals needed` : '',
      deadline === null ? '' : `until ${timeOf(deadline.dueAt)}`,
    ]
      .filter(Boolean)
      .join(', '),
  ApprovalEscalated: ({ dueAt }) => `others are asked too, until ${timeOf(dueAt)}`,
  ApprovalVoted: ({ decision }) => decision,
  ApprovalGranted: ({ edited, comment }) =>
    [edited === undefined ? '' : 'with changes', comment === null ? '' : quoted(comment)]
      .filter(Boolean)
      .join(': '),
  ApprovalRejected: ({ comment }) => (comment === null ? '' : quoted(comment)),
  ApprovalSentBack: ({ toNode, comment }) =>
    `to ${visible(toNode)}${comment === null ? '' : `: ${quoted(comment)}`}`,
  ApprovalExpired: ({ outcome }) => `stands for: ${outcome}`,
  SignalReceived: ({ name }) => (name === null ? 'by callback' : visible(name)),
  SignalAwaited: ({ name }) => (name === null ? 'by callback' : visible(name)),
  ChildStarted: ({ childExecutionId }) => visible(childExecutionId),
  ChildEnded: ({ outcome }) => outcome,
  WorkflowPaused: ({ reason }) => (reason === null ? '' : quoted(reason)),
  RegionStarted: ({ items, maxIterations }) =>
    items === undefined ? '' : `over ${maxIterations} items`,
  IterationStarted: ({ index }) => `iteration ${index}`,
  IterationCompleted: ({ index }) => `iteration ${index}`,
  IterationFailed: ({ index, error }) =>
    `iteration ${index}: ${visible(error.code)}: ${quoted(error.message)}`,
  WorkflowCancellationRequested: ({ reason }) => (reason === null ? '' : quoted(reason)),
  CompensationStarted: ({ nodes }) => `${nodes} to undo`,
  CompensationEnded: ({ undone, left }) =>
    left.length === 0 ? `${undone} undone` : `${undone} undone, ${left.length} left standing`,
  WorkflowCancelled: ({ reason }) => (reason === null ? '' : quoted(reason)),
  WorkflowDeadlineExceeded: ({ dueAt }) => `it was to end by ${timeOf(dueAt)}`,
  WorkflowRetried: ({ retry }) => `retry ${retry}`,
  WorkflowRewound: ({ toNode, reason }) =>
    `to ${visible(toNode)}${reason === null ? '' : `: ${quoted(reason)}`}`,
  WorkflowMigrated: ({ fromVersion, toVersion }) => `version ${fromVersion} to ${toVersion}`,
  WorkflowFailed: ({ code, message }) => `${visible(code)}: ${quoted(message)}`,
};

/** A few words on a fact, beside its type and its node. */
export const detailOf = (fact: Fact): string => {
  // The lookup by `type` picks the formatter of this very type, which TypeScript cannot follow.
  const format = details[fact.type as ExecutionEvent['type']] as
    ((data: unknown) => string) | undefined;
  return format ? format(fact.data) : '';
};

const tones: Readonly<Record<string, string>> = {
  ...{ RegionStarted: 'active', IterationCompleted: 'good', IterationFailed: 'bad' },
  ...{ NodeStarted: 'active', ModelTurnCompleted: 'active' },
  ...{ NodeCompleted: 'good', WorkflowCompleted: 'good' },
  ...{ NodeFailed: 'bad', WorkflowFailed: 'bad' },
  WorkflowDeadlineExceeded: 'bad',
  ...{ WorkflowCancellationRequested: 'off', CompensationStarted: 'active' },
  ...{ TimerSet: 'wait', TimerFired: 'wait', NodeRetryScheduled: 'wait', NodeReopened: 'wait' },
  ChildStarted: 'wait',
  ...{ SignalAwaited: 'wait', SignalTaken: 'good' },
  ...{ PermitsRequested: 'wait', PermitsGranted: 'active' },
  ...{ WorkflowPaused: 'wait', ApprovalRequested: 'wait', ApprovalEscalated: 'wait' },
  ...{ ApprovalGranted: 'good', ApprovalRejected: 'bad', ApprovalExpired: 'bad' },
  ...{ NodeInDoubt: 'doubt', LateOutcomeRecorded: 'doubt' },
  ...{ NodeSkipped: 'off', NodeCancelled: 'off', WorkflowCancelled: 'off', DataErased: 'off' },
};

export const toneOfType = (type: string): string => tones[type] ?? 'quiet';
export const factTone = ({ type }: Fact): string => toneOfType(type);
