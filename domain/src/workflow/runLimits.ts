import {
  type RunLimit,
  RunLimitSetting,
  StudioError,
  type WorkflowContent,
} from '@studio/contracts';

type Content = Pick<WorkflowContent, 'settings'>;
type CheckExpression = (expression: string) => void;

const mostLimits = 10;

const whyUnread = (
  per: string | undefined,
  checkExpression: CheckExpression,
): string | undefined => {
  try {
    if (per !== undefined) checkExpression(per);
    return undefined;
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    return error.message;
  }
};

const errorsOf = (said: unknown, index: number, checkExpression: CheckExpression): string[] => {
  const { data, error } = RunLimitSetting.safeParse(said);
  const name = `settings.limits[${index}]`;
  if (!data) {
    const issue = error.issues[0];
    return [`${[name, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'no limit'}`];
  }
  const unread = whyUnread(data.per, checkExpression);
  return unread === undefined ? [] : [`${name}.per: ${unread}`];
};

/** Limits that cannot be kept, one line each: runs without them would not be the ones that were meant. */
export const runLimitErrors = (
  { settings }: Content,
  checkExpression: CheckExpression,
): string[] => {
  const said = settings['limits'];
  if (said === undefined || said === null) return [];
  if (!Array.isArray(said) || said.length > mostLimits)
    return [`settings.limits is no list of at most ${mostLimits} limits`];
  return [
    ...said.flatMap((limit, index) => errorsOf(limit, index, checkExpression)),
    ...(said.filter(isAlone).length > 1 ? [onlyOne] : []),
  ];
};

const onlyOne = 'settings.limits: only one of them may refuse, skip or debounce';

/** What becomes of a start is said by one limit. */
const isAlone = (said: unknown): boolean => {
  const { whenTaken, debounceMs } = RunLimitSetting.safeParse(said).data ?? {};
  return whenTaken === 'refuse' || whenTaken === 'skip' || debounceMs !== undefined;
};

/** The limits that runs of the workflow are started under, its workspace's first. */
export const runLimitsOf = (
  { settings }: Content,
  mostInWorkspace: number | undefined,
): readonly RunLimit[] => {
  const { data } = RunLimitSetting.array().safeParse(settings['limits']);
  const ofWorkflow = (data ?? []).map(({ whenTaken, ...limit }) => ({
    ...{ scope: 'workflow' as const, ...limit },
    ...(whenTaken === undefined || whenTaken === 'queue' ? {} : { whenTaken }),
  }));
  if (mostInWorkspace === undefined) return ofWorkflow;
  return [{ scope: 'workspace', most: mostInWorkspace }, ...ofWorkflow];
};
