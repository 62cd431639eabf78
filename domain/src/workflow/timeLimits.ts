import {
  AttemptLimitMs,
  type CanvasNode,
  plusMs,
  type RunDeadline,
  type WorkflowContent,
} from '@studio/contracts';

/** `data.timeoutMs`: how long one attempt of the node may take. */
export const timeLimitOf = ({ data }: CanvasNode): { timeoutMs?: number } => {
  const limit = AttemptLimitMs.safeParse(data['timeoutMs']);
  return limit.success ? { timeoutMs: limit.data } : {};
};

/** 366 days. */
const longestDeadlineMs = 31_622_400_000;

const isDeadline = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longestDeadlineMs;

type Content = Pick<WorkflowContent, 'nodes' | 'settings'>;

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;

/** Time limits that cannot be kept, one line each: a run without them would not be the one that was meant. */
export const timeLimitErrors = ({ nodes, settings }: Content): string[] => {
  const { deadlineMs } = settings;
  const unfit = nodes.filter(
    ({ data: { timeoutMs } }) => isSaid(timeoutMs) && !AttemptLimitMs.safeParse(timeoutMs).success,
  );
  return [
    ...(isSaid(deadlineMs) && !isDeadline(deadlineMs)
      ? ['settings.deadlineMs is no whole number of milliseconds from 1 to 366 days']
      : []),
    ...unfit.map(
      ({ id }) => `node '${id}': data.timeoutMs is no whole number of milliseconds from 1 to a day`,
    ),
  ];
};

/** The deadline of a run that begins at this Instant. */
export const deadlineFrom = (
  { settings: { deadlineMs } }: Content,
  beginsAt: string,
): { deadline?: RunDeadline } =>
  isDeadline(deadlineMs)
    ? { deadline: { afterMs: deadlineMs, dueAt: plusMs(beginsAt, deadlineMs) } }
    : {};
