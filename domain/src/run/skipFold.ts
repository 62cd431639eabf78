import type { Draft, Fact } from './run.ts';

/** How an instance stands that was skipped: dead, or, by a person's word, like one that ended. */
export const foldSkip = (
  run: Draft,
  { nodeId, instanceId, byPerson }: Fact<'NodeSkipped'>,
): void => {
  const at = run.revision;
  if (byPerson) {
    const { attempt, handle, output } = byPerson;
    const skipped = { status: 'completed', attempt, handle, output, skipped: true } as const;
    run.instances.set(instanceId, { nodeId, at, ...skipped });
  } else run.instances.set(instanceId, { nodeId, at, status: 'skipped' });
};
