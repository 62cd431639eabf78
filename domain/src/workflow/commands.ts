import type { Halt, WorkflowContent, WorkflowStatus } from '@studio/contracts';

import type { AddAgents, ChangeAgent, NewAgent } from './agents.ts';
import type { EventTriggerSetting, SkippedEventFiring } from './eventTriggers.ts';
import type { Setting, SkippedFirings } from './schedules.ts';
import type { RollBack, SetAlias } from './versions.ts';
import type { IssueWebhook } from './webhook.ts';

/** Orders to one workflow. */
export type WorkflowCommand =
  | {
      type: 'CreateWorkflow';
      data: {
        workflowId: string;
        ownerId: string;
        parentWorkflowId: string | null;
        content: WorkflowContent;
        /** Agents that it begins with; a copy brings those of its source. */
        agents?: { readonly now: string; readonly added: readonly NewAgent[] };
      };
    }
  /** Absent members of `changes` keep what is there; with `expectedVersion` only that version is changed. */
  | {
      type: 'ChangeWorkflow';
      data: {
        workflowId: string;
        changes: Partial<WorkflowContent>;
        expectedVersion: number | null;
      };
    }
  /** `checkedVersion` is the one whose content was found fit for the status. */
  | {
      type: 'ChangeWorkflowStatus';
      data: {
        workflowId: string;
        status: WorkflowStatus;
        checkedVersion: number;
        /** Those of the version to be published; absent: none. */
        schedules?: Omit<Setting, 'workflowId'>;
        /** Its event triggers; absent: none. */
        eventTriggers?: Omit<EventTriggerSetting, 'workflowId'>;
      };
    }
  /** A new version that is as an older one was; with `expectedVersion` only that version is left behind. */
  | { type: 'RollBackWorkflow'; data: RollBack & { readonly expectedVersion: number | null } }
  | { type: 'SetAlias'; data: SetAlias }
  | { type: 'RemoveAlias'; data: { workflowId: string; alias: string } }
  | { type: 'EnableSchedules'; data: Setting & { readonly enabled: boolean } }
  | { type: 'SkipFirings'; data: SkippedFirings }
  | { type: 'SkipEventFiring'; data: SkippedEventFiring }
  /** Refused while its kill switch is on. */
  | { type: 'DeleteWorkflow'; data: { workflowId: string } }
  /** Its kill switch is turned on; again, to have its runs do something else. */
  | { type: 'HaltWorkflow'; data: Halt & { readonly workflowId: string } }
  | { type: 'ReleaseWorkflow'; data: { workflowId: string } }
  | { type: 'AddAgents'; data: AddAgents }
  | { type: 'ChangeAgent'; data: ChangeAgent }
  | { type: 'RemoveAgent'; data: { workflowId: string; agentId: string } }
  /** In place of the one that is there. */
  | { type: 'IssueWebhook'; data: IssueWebhook }
  | { type: 'DisableWebhook'; data: { workflowId: string } };
