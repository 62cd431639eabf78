import { type ExecutionEvent, isErased, type LeftStanding, type LogEntry } from '@studio/contracts';

import type { RunFact } from './runFacts.ts';

type Level = LogEntry['level'];
interface Line {
  readonly level: Level;
  readonly message: string;
}
const info = (message: string): Line => ({ level: 'info', message });
const warning = (message: string): Line => ({ level: 'warning', message });
const failure = (message: string): Line => ({ level: 'error', message });

const quoted = (text: unknown): string => {
  if (isErased(text)) return '(erased)';
  return typeof text === 'string' ? text : '';
};

/** A comment behind what was done; nothing where there is none. */
const said = (comment: unknown): string => (quoted(comment) ? `: ${quoted(comment)}` : '');

const percentOf = (fraction: number | null): string =>
  fraction === null ? '' : `${Math.round(fraction * 100)} %`;

const mostNamed = 10;
/** The first of what was not undone, and why. */
const firstNames = (left: readonly LeftStanding[]): string =>
  left
    .slice(0, mostNamed)
    .map(({ instanceId, why }) => `${instanceId} (${why})`)
    .join(', ') + (left.length > mostNamed ? ', …' : '');

type Names = ReadonlyMap<string, string>;
type Formatter<Type extends ExecutionEvent['type']> = (
  data: Extract<ExecutionEvent, { type: Type }>['data'],
  name: string,
  names: Names,
) => Line;

const lines: { readonly [Type in ExecutionEvent['type']]: Formatter<Type> } = {
  WorkflowStarted: ({ workflowName, triggerType, scheduledAt, rerunOf }) =>
    info(
      [
        `Execution created: ${workflowName} (${triggerType})`,
        ...(scheduledAt === undefined ? [] : [`to begin at ${scheduledAt}`]),
        ...(rerunOf === undefined ? [] : [`all of ${rerunOf} again`]),
      ].join(', '),
    ),
  StartTimeReached: () => info('Execution begins: its time has come'),
  PermitsRequested: ({ permits }) =>
    info(`Execution waits for ${permits.length === 1 ? 'a permit' : `${permits.length} permits`}`),
  PermitsGranted: () => info('Execution begins: it holds its permits'),
  NodeStarted: ({ attempt }, name) =>
    info(attempt > 1 ? `${name} started, attempt ${attempt}` : `${name} started`),
  NodeProgressed: ({ fraction, message }, name) => {
    const said = [percentOf(fraction), quoted(message)].filter(Boolean).join(', ');
    return info(`${name}: ${said}`);
  },
  ModelTurnCompleted: ({ model, simulated, inputTokens, outputTokens }, name) =>
    info(
      `${name}: ${simulated ? 'simulated ' : ''}${model} answered (${inputTokens} + ${outputTokens} tokens)`,
    ),
  NodeCompleted: ({ handle }, name) =>
    info(handle === 'output' ? `${name} completed` : `${name} completed: ${handle}`),
  NodeFailed: ({ error, next }, name) => {
    const text = `${name} failed: ${quoted(error.message)} (${error.code})`;
    if (next === 'hold') return warning(`${text}; it waits for a person`);
    return next === 'retry' ? warning(text) : failure(text);
  },
  NodeReopened: ({ attempt }, name) => info(`${name} begins anew, attempt ${attempt}`),
  NodeRetryScheduled: ({ attempt, dueAt }, name) =>
    warning(`${name} is tried again at ${dueAt}, attempt ${attempt}`),
  NodeSkipped: ({ byPerson }, name) =>
    byPerson
      ? warning(`${name} skipped by a person${said(byPerson.reason)}`)
      : info(`${name} skipped: its branch was not taken`),
  NodeCancelled: (_, name) => warning(`${name} cancelled; what it did is unknown`),
  NodeInDoubt: (_, name) => warning(`${name} is in doubt: its outcome is unknown`),
  LateOutcomeRecorded: ({ succeeded }, name) =>
    warning(`${name} answered too late (${succeeded ? 'success' : 'failure'}); recorded only`),
  ApprovalRequested: ({ deadline }, name) =>
    info(`${name} waits for approval${deadline === null ? '' : ` until ${deadline.dueAt}`}`),
  ApprovalEscalated: ({ dueAt }, name) =>
    warning(`${name}: nobody answered in time; others are asked too, until ${dueAt}`),
  ApprovalVoted: ({ decision, comment }, name) =>
    info(`${name}: ${decision === 'approve' ? 'one approval' : 'one rejection'}${said(comment)}`),
  ApprovalGranted: ({ edited, comment }, name) =>
    info(`${name} approved${edited === undefined ? '' : ' with changes'}${said(comment)}`),
  ApprovalRejected: ({ comment }, name) => warning(`${name} rejected${said(comment)}`),
  ApprovalSentBack: ({ comment, toNode }, name, names) =>
    warning(`${name} sent back to ${names.get(toNode) ?? toNode}${said(comment)}`),
  ApprovalExpired: ({ outcome }, name) =>
    warning(`${name}: nobody decided in time, which stands for: ${outcome}`),
  ChildStarted: ({ childExecutionId }, name) =>
    info(`${name} waits for the execution ${childExecutionId}`),
  ChildEnded: ({ childExecutionId, outcome }, name) =>
    info(`${name}: the execution ${childExecutionId} has ended, ${outcome}`),
  SignalReceived: ({ name }) =>
    info(name === null ? 'A callback was answered' : `Signal ${name} received`),
  SignalAwaited: ({ name, callback }, node) => {
    const awaited = [
      ...(name === null ? [] : [`signal ${name}`]),
      ...(callback ? ['callback'] : []),
    ];
    return info(`${node} waits for its ${awaited.join(' or ')}`);
  },
  SignalDeclined: (_, name) => info(`${name}: the signal is not the one it waits for`),
  SignalTaken: (_, name) => info(`${name} takes the signal`),
  TimerSet: ({ dueAt }, name) => info(`${name} waits until ${dueAt}`),
  TimerFired: (_, name) => info(`${name}: the wait is over`),
  WorkflowPaused: ({ reason }) => {
    const why = quoted(reason);
    return warning(why ? `Execution paused: ${why}` : 'Execution paused');
  },
  WorkflowResumed: () => info('Execution resumed'),
  TimerCancelled: (_, name) => info(`${name} waits no more`),
  RegionStarted: ({ items, maxIterations }, name) =>
    info(items === undefined ? `${name} begins` : `${name} begins, over ${maxIterations} items`),
  IterationStarted: ({ index }, name) => info(`${name}[${index}] begins`),
  IterationCompleted: ({ index }, name) => info(`${name}[${index}] completed`),
  IterationFailed: ({ index, error }, name) =>
    warning(`${name}[${index}] failed: ${quoted(error.message)} (${error.code}); the rest goes on`),
  WorkflowCancellationRequested: ({ reason }) => {
    const why = quoted(reason);
    return warning(`Execution is to end${why ? `: ${why}` : ''}; what it did is undone before`);
  },
  CompensationStarted: ({ nodes }) =>
    warning(
      `Execution undoes what it did, the last first: ${nodes === 1 ? '1 node' : `${nodes} nodes`}`,
    ),
  CompensationEnded: ({ undone, left }) =>
    left.length === 0
      ? info(`Execution has undone what it did: ${undone}`)
      : failure(
          `Execution has undone ${undone}, and left ${left.length} standing: ${firstNames(left)}`,
        ),
  WorkflowCancelled: ({ reason }) => {
    const why = quoted(reason);
    return warning(why ? `Execution cancelled: ${why}` : 'Execution cancelled');
  },
  WorkflowDeadlineExceeded: ({ dueAt }) =>
    failure(`Execution was to end by ${dueAt}: what is under way is called off`),
  WorkflowCompleted: () => info('Execution completed'),
  WorkflowFailed: ({ code, message }) => failure(`Execution failed: ${quoted(message)} (${code})`),
  WorkflowRetried: ({ retry }) => info(`Execution retry #${retry}`),
  WorkflowRewound: ({ toNode, reason }, _, names) =>
    warning(
      `Execution sent back to ${names.get(toNode) ?? toNode}${reason === null ? '' : `: ${quoted(reason)}`}`,
    ),
  WorkflowMigrated: ({ fromVersion, toVersion }) =>
    info(`Execution goes by version ${toVersion} of its workflow; until now by ${fromVersion}`),
  DataErased: () => warning('The data of this execution was erased'),
};

const quoting: ReadonlySet<string> = new Set<ExecutionEvent['type']>([
  ...(['NodeFailed', 'WorkflowFailed', 'WorkflowCancelled', 'WorkflowPaused'] as const),
  ...(['NodeSkipped', 'NodeProgressed', 'WorkflowCancellationRequested'] as const),
  'WorkflowRewound',
  ...(['ApprovalVoted', 'ApprovalGranted', 'ApprovalRejected', 'ApprovalSentBack'] as const),
]);

/** The facts whose line quotes something sealed; only these need to be opened. */
export const quotesPayload = ({ type }: RunFact): boolean => quoting.has(type);

/** The node's name, and the iterations that it stands in. */
const nameOf = (nodeId: string, instanceId: string, names: Names): string =>
  (names.get(nodeId) ?? nodeId) + instanceId.slice(nodeId.length);

/** One line of a run's log for each fact. `names` are the nodes' names by id. */
export const logEntry = (fact: RunFact, names: Names): LogEntry | null => {
  // The lookup by `type` picks the formatter of this very type, which TypeScript cannot follow.
  const format = lines[fact.type] as Formatter<ExecutionEvent['type']> | undefined;
  if (!format) return null;
  const nodeId = 'nodeId' in fact.data ? fact.data.nodeId : undefined;
  const instanceId = 'instanceId' in fact.data ? fact.data.instanceId : null;
  const name = nodeId === undefined ? '' : nameOf(nodeId, instanceId ?? nodeId, names);
  return {
    timestamp: fact.metadata.occurredAt,
    ...format(fact.data, name, names), // see above
    event: fact.type,
    revision: fact.revision,
    ...(nodeId === undefined ? {} : { node_id: nodeId }),
  };
};
