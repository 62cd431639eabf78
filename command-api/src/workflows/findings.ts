import type { Definition, Occurrences, WorkflowFindings } from '@studio/contracts';
import {
  compensationErrors,
  controlFlowWarnings,
  defineWorkflow,
  disconnectedNodes,
  firstOf,
  graphError,
  type KindLookup,
  regionErrors,
  runLimitErrors,
  type SavedWorkflow,
  structureErrors,
  timeLimitErrors,
  unreadableIn,
} from '@studio/domain';

import type { CommandApiDependencies } from '../dependencies.ts';
import { unkeptFileTriggers } from '../files/fileTriggers.ts';
import { unkeptEventTriggers } from './eventTriggersOf.ts';
import { savingWarnings } from './savingWarnings.ts';
import { whyUnkept } from './schedulesOf.ts';

const mostErrors = 100;

/** Nodes that decide by an expression, and have none. */
const undecided = ({ nodes }: Definition): string[] =>
  nodes
    .filter(({ kind, config }) => /^(?:condition|filter)@/.test(kind) && !('expression' in config))
    .map(({ id }) => `Node '${id}' has no expression and lets everything pass`);

/** What senders do not see yet. */
const unpublished = ({ webhook, published, version, agents }: SavedWorkflow): string[] =>
  webhook && published && (published.version !== version || published.agents !== agents)
    ? [`Deliveries start version ${published.version} as it was published, until you publish again`]
    : [];

/** Schedules that publishing will refuse. */
const unkeptSchedules = ({ nodes }: Definition, occurrences: Occurrences): string[] =>
  nodes
    .filter(({ kind }) => kind === 'schedule-trigger@1')
    .flatMap((node) => whyUnkept(node, occurrences));

/** Nodes that stand in no region that could be run. */
export const placingErrors = ({ content, agents }: SavedWorkflow, lookUp: KindLookup): string[] =>
  regionErrors(defineWorkflow(content, lookUp, agents).definition).slice(0, mostErrors);

/** What a person should know before starting the workflow. A canvas that is only begun is no error. */
export const findingsOf = (
  workflow: SavedWorkflow,
  lookUp: KindLookup,
  { checkExpression, occurrences }: Pick<CommandApiDependencies, 'checkExpression' | 'occurrences'>,
): WorkflowFindings => {
  const { content, agents } = workflow;
  const isEmpty = content.nodes.length === 0;
  const ring = isEmpty ? null : graphError(content);
  const loose = disconnectedNodes(content);
  const { definition } = defineWorkflow(content, lookUp, agents);
  const unreadable = unreadableIn(definition, checkExpression);
  const errors = [
    ...structureErrors(content),
    ...(ring === null ? [] : [ring]),
    ...timeLimitErrors(content).slice(0, mostErrors),
    ...runLimitErrors(content, checkExpression),
    ...placingErrors(workflow, lookUp),
    ...compensationErrors(content, lookUp).take(mostErrors),
    ...unreadable.take(mostErrors),
  ];
  const warnings = [
    ...(isEmpty ? ['Workflow has no nodes'] : []),
    ...(loose.length > 0 ? [`Disconnected nodes found: ${firstOf(loose)}`] : []),
    ...savingWarnings(workflow, lookUp),
    ...undecided(definition),
    ...unkeptSchedules(definition, occurrences),
    ...unkeptEventTriggers(workflow, definition, checkExpression),
    ...unkeptFileTriggers(definition),
    ...controlFlowWarnings(definition),
    ...unpublished(workflow),
  ];
  return { is_valid: errors.length === 0, errors, warnings };
};
