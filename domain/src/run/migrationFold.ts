import type { Draft, Fact } from './run.ts';

/** From here on the run goes by the new definition; where its nodes stand stays as it is. */
export const foldMigration = (
  run: Draft,
  { toVersion, definition }: Fact<'WorkflowMigrated'>,
): void => {
  run.workflowVersion = toVersion;
  run.definition = definition;
};
