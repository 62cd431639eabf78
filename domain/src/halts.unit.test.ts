import { describe, expect, it } from '@jest/globals';
import type { WorkflowEvent, WorkspaceEvent } from '@studio/contracts';

import { refuseHalted } from './halts.ts';
import { specificationFor } from './testing/specification.ts';
import { workflow } from './workflow/workflow.ts';
import { workspace } from './workspace/workspace.ts';

const halt = {
  ...{ runs: 'pause' as const, reason: 'Why', haltedBy: 'ada' },
  haltedAt: '2026-01-02T00:00:00.000Z',
};

describe('the kill switch of a workflow', () => {
  const given = specificationFor(workflow);
  const created: WorkflowEvent = {
    type: 'WorkflowCreated',
    data: {
      ...{ workflowId: 'w', ownerId: 'ada', parentWorkflowId: null, name: 'Mail' },
      ...{ description: null, settings: {}, tags: [], isPublic: false },
      ...{ nodes: [], connections: [] },
    },
  };
  const data = { workflowId: 'w', ...halt };
  const halted: WorkflowEvent = { type: 'WorkflowHalted', data };
  const released: WorkflowEvent = { type: 'WorkflowReleased', data: { workflowId: 'w' } };

  it('is turned on once, and off once', () => {
    given([created]).when({ type: 'HaltWorkflow', data }).then([halted]);
    given([created, halted]).when({ type: 'HaltWorkflow', data }).thenNothing();
    given([created, halted])
      .when({ type: 'ReleaseWorkflow', data: { workflowId: 'w' } })
      .then([released]);
    given([created, halted, released])
      .when({ type: 'ReleaseWorkflow', data: { workflowId: 'w' } })
      .thenNothing();
  });

  it('is turned on again to have runs do something else', () => {
    const cancel = { ...data, runs: 'cancel' as const };
    given([created, halted])
      .when({ type: 'HaltWorkflow', data: cancel })
      .then([{ type: 'WorkflowHalted', data: cancel }]);
  });

  it('keeps the workflow from being deleted, for nobody could turn it off then', () =>
    given([created, halted])
      .when({ type: 'DeleteWorkflow', data: { workflowId: 'w' } })
      .thenRefused('workflow.halted'));
});

describe('the kill switch of a workspace', () => {
  const given = specificationFor(workspace);
  const created: WorkspaceEvent = {
    type: 'WorkspaceCreated',
    data: { workspaceId: 'home', ownerId: 'ada', name: 'Personal', personal: true },
  };
  const data = { workspaceId: 'home', ...halt };
  const halted: WorkspaceEvent = { type: 'WorkspaceHalted', data };
  const release = { type: 'ReleaseWorkspace' as const, data: { workspaceId: 'home' } };

  it('is turned on once, and off once', () => {
    given([created]).when({ type: 'HaltWorkspace', data }).then([halted]);
    given([created, halted]).when({ type: 'HaltWorkspace', data }).thenNothing();
    given([created, halted])
      .when(release)
      .then([{ type: 'WorkspaceReleased', data: { workspaceId: 'home' } }]);
    given([created]).when(release).thenNothing();
    given([]).when(release).thenRefused('workspace.not_found');
  });
});

it('refuses while either switch is on, and says why', () => {
  const refused = (...of: Parameters<typeof refuseHalted>) => {
    expect(() => {
      refuseHalted(...of);
    }).toThrow(/halted: Why$/);
  };
  refused({ halt }, { halt: null });
  refused({ halt: null }, { halt });
  refuseHalted({ halt: null }, { halt: null });
});
