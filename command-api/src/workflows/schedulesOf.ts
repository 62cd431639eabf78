import {
  type DefinedNode,
  DomainError,
  type NewId,
  type Occurrences,
  ScheduleTriggerConfig,
  StudioError,
} from '@studio/contracts';
import {
  defineWorkflow,
  type KindLookup,
  type NewSchedule,
  type SavedWorkflow,
} from '@studio/domain';

export interface SchedulingParts {
  readonly occurrences: Occurrences;
  readonly newId: NewId;
}

type Found = Omit<NewSchedule, 'scheduleId'> | { readonly why: string };

const read = (
  node: DefinedNode,
  { occurrences, now }: { readonly occurrences: Occurrences; readonly now: string },
): Found => {
  const { data, error } = ScheduleTriggerConfig.safeParse(node.config);
  if (!data) {
    const [issue] = error.issues;
    return { why: issue ? `${issue.path.join('.')}: ${issue.message}` : error.message };
  }
  const { cron = null, everyMs = null, timezone, catchUp, overlap } = data;
  const rule = { cron, everyMs, timezone };
  try {
    const nextDueAt = occurrences.next(rule, now, now);
    if (nextDueAt === null) return { why: 'it is never due' };
    return { nodeId: node.id, ...rule, catchUp, overlap, nextDueAt };
  } catch (failure) {
    if (!(failure instanceof StudioError)) throw failure;
    return { why: failure.message };
  }
};

const sentence = ({ id }: DefinedNode, why: string): string =>
  `The schedule of node '${id}' cannot be kept: ${why}`;

const anInstant = '2000-01-01T00:00:00.000Z';

/** A sentence for a node whose schedule publishing will refuse. */
export const whyUnkept = (node: DefinedNode, occurrences: Occurrences): string[] => {
  const found = read(node, { occurrences, now: anInstant });
  return 'why' in found ? [sentence(node, found.why)] : [];
};

const scheduleOf = (
  { occurrences, newId }: SchedulingParts,
  node: DefinedNode,
  now: string,
): NewSchedule => {
  const found = read(node, { occurrences, now });
  if ('why' in found) throw new DomainError('schedule.invalid', sentence(node, found.why));
  return { scheduleId: newId(), ...found };
};

/** The schedules of a workflow's trigger nodes, each with the time when it is due next. Error: `schedule.invalid`, naming the node. */
export const schedulesOf = (
  parts: SchedulingParts,
  { content, agents }: Pick<SavedWorkflow, 'content' | 'agents'>,
  { lookUp, now }: { readonly lookUp: KindLookup; readonly now: string },
): NewSchedule[] =>
  defineWorkflow(content, lookUp, agents)
    .definition.nodes.filter(({ kind }) => kind === 'schedule-trigger@1')
    .map((node) => scheduleOf(parts, node, now));
