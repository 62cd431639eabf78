import { type Halt, StudioError, type StudioEvent } from '@studio/contracts';

/** True when turning the switch on again would say nothing new. */
export const isSaid = (halt: Halt | null, { runs }: Pick<Halt, 'runs'>): boolean =>
  halt?.runs === runs;

type HaltEvent = Extract<
  StudioEvent,
  { type: `Workflow${'Halted' | 'Released'}` | `Workspace${'Halted' | 'Released'}` }
>;

/** How the switch stands after the fact. */
export const haltAfter = ({ type, data }: HaltEvent): Halt | null => {
  switch (type) {
    case 'WorkflowHalted':
    case 'WorkspaceHalted': {
      const { runs, reason, haltedBy, haltedAt } = data;
      return { runs, reason, haltedBy, haltedAt };
    }
    case 'WorkflowReleased':
    case 'WorkspaceReleased':
      return null;
  }
};

const because = ({ reason }: Halt): string => (reason === null ? '' : `: ${reason}`);

/** Errors: `workflow.halted` and `workspace.halted`, while that kill switch is on. */
export const refuseHalted = (
  workflow: { readonly halt: Halt | null },
  workspace: { readonly halt: Halt | null },
): void => {
  if (workspace.halt)
    throw new StudioError(
      'conflict',
      'workspace.halted',
      `The workspace is halted${because(workspace.halt)}`,
    );
  if (workflow.halt)
    throw new StudioError(
      'conflict',
      'workflow.halted',
      `The workflow is halted${because(workflow.halt)}`,
    );
};
