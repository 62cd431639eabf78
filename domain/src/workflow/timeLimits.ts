import {
  AttemptLimitMs,
  type CanvasNode,
  plusMs,
  type RunDeadline,
  type WorkflowContent,
} from '@studio/contracts';

/** In a node's `data`: how long one attempt may take, and how long it may give no sign of life. */
const ofNodes = ['timeoutMs', 'heartbeatTimeoutMs'] as const;

export const timeLimitsOf = ({
  data,
}: CanvasNode): Partial<Record<(typeof ofNodes)[number], number>> =>
  Object.fromEntries(
    ofNodes.flatMap((name) => {
      const limit = AttemptLimitMs.safeParse(data[name]);
      return limit.success ? [[name, limit.data]] : [];
    }),
  );

/** 366 days. */
const longestDeadlineMs = 31_622_400_000;

const isDeadline = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longestDeadlineMs;

type Content = Pick<WorkflowContent, 'nodes' | 'settings'>;

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;

const noLimit = 'no whole number of milliseconds from 1 to a day';

/** Time limits that cannot be kept, one line each: a run without them would not be the one that was meant. */
export const timeLimitErrors = ({ nodes, settings }: Content): string[] => {
  const { deadlineMs } = settings;
  const unfit = nodes.flatMap(({ id, data }) =>
    ofNodes
      .filter((name) => isSaid(data[name]) && !AttemptLimitMs.safeParse(data[name]).success)
      .map((name) => `node '${id}': data.${name} is ${noLimit}`),
  );
  return [
    ...(isSaid(deadlineMs) && !isDeadline(deadlineMs)
      ? ['settings.deadlineMs is no whole number of milliseconds from 1 to 366 days']
      : []),
    ...unfit,
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
