/** A run that waits for a place. */
export interface InLine {
  readonly key: string;
  readonly workspaceId: string;
  /** 0 to 10: the higher one is first among those of its workspace. */
  readonly priority: number;
}

/** Who is next, when workspaces share what there is by their weights. */
export interface FairLine {
  /** Stands at the end of its workspace's line; someone who stands in it already keeps the place there. */
  join(run: InLine): void;
  leave(key: string): void;
  /** Who is next; `not` is passed over. They stay in the line until they leave. */
  next(not?: string): InLine | null;
  /** The workspace was served once. */
  served(workspaceId: string): void;
}

/** The runs of one workspace, by priority and then by age. */
type Line = Map<number, Map<string, InLine>>;

interface Share {
  /** How far the workspace has come; each time it is served it goes on by one step. */
  pass: number;
  readonly line: Line;
}

const firstOf = (line: Line, not: string | undefined): InLine | null => {
  for (const priority of [...line.keys()].sort((a, b) => b - a))
    for (const run of line.get(priority)?.values() ?? []) if (run.key !== not) return run;
  return null;
};

/**
 * Stride scheduling: a workspace takes steps of 1 / weight, and the one that has come least far is next. One that comes
 * anew begins where the others are: nobody saves up turns by being away.
 * @param weightOf Above 0.
 */
export const createFairLine = (weightOf: (workspaceId: string) => number): FairLine => {
  const shares = new Map<string, Share>();
  const places = new Map<string, InLine>();
  /** How far everybody has come: the pass of whoever was served last. */
  let now = 0;

  const shareOf = (workspaceId: string): Share => {
    const known = shares.get(workspaceId);
    if (known) return known;
    const share: Share = { pass: now, line: new Map() };
    shares.set(workspaceId, share);
    return share;
  };

  const leave = (key: string): void => {
    const run = places.get(key);
    if (!run) return;
    places.delete(key);
    const share = shareOf(run.workspaceId);
    const ofPriority = share.line.get(run.priority);
    ofPriority?.delete(key);
    if (ofPriority?.size === 0) share.line.delete(run.priority);
    forgetIdle(run.workspaceId, share);
  };

  /** One that has come no farther than the others would begin there anew. */
  const forgetIdle = (workspaceId: string, { line, pass }: Share): void => {
    if (line.size === 0 && pass <= now) shares.delete(workspaceId);
  };

  return {
    leave,
    join: (run) => {
      const known = places.get(run.key);
      if (known?.workspaceId === run.workspaceId && known.priority === run.priority) return;
      leave(run.key);
      places.set(run.key, run);
      const share = shareOf(run.workspaceId);
      if (share.line.size === 0) share.pass = Math.max(share.pass, now);
      const ofPriority = share.line.get(run.priority) ?? new Map<string, InLine>();
      share.line.set(run.priority, ofPriority.set(run.key, run));
    },
    next: (not) => {
      let least: { pass: number; run: InLine } | null = null;
      for (const { pass, line } of shares.values()) {
        if (least && pass >= least.pass) continue;
        const run = firstOf(line, not);
        if (run) least = { pass, run };
      }
      return least?.run ?? null;
    },
    served: (workspaceId) => {
      const share = shareOf(workspaceId);
      const from = share.line.size === 0 ? Math.max(share.pass, now) : share.pass;
      now = Math.max(now, from);
      share.pass = from + 1 / weightOf(workspaceId);
      for (const [id, each] of shares) forgetIdle(id, each);
    },
  };
};
