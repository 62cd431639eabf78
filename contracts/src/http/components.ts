import { ApproveRequest, RejectRequest } from '../approval/requests.ts';
import * as approvals from '../approval/views.ts';
import { TriggerType } from '../execution/events.ts';
import {
  CancelExecutionRequest,
  PauseExecutionRequest,
  ResolveNodeRequest,
  StartExecutionRequest,
  StartWorkflowExecutionRequest,
} from '../execution/requests.ts';
import * as runs from '../execution/views.ts';
import * as ops from '../ops/views.ts';
import { CallbackResult, SendSignalRequest, SignalResult } from '../signal/requests.ts';
import { ChangeProfile, RefreshSession, RequestOtp, VerifyOtp } from '../user/requests.ts';
import { TokenPair, UserView } from '../user/views.ts';
import { AddAgentRequest, AgentType, AgentView, ChangeAgentRequest } from '../workflow/agents.ts';
import { AliasView, RollBackRequest, SetAliasRequest } from '../workflow/aliases.ts';
import { WorkflowStatus } from '../workflow/events.ts';
import { EventTriggersView } from '../workflow/eventTrigger.ts';
import { FileAcceptedView } from '../workflow/fileTrigger.ts';
import { CanvasNode, Connection } from '../workflow/graph.ts';
import {
  ChangeWorkflowRequest,
  ChangeWorkflowStatusRequest,
  CreateWorkflowRequest,
  DuplicateWorkflowRequest,
} from '../workflow/requests.ts';
import { ChangeScheduleRequest, ScheduleView } from '../workflow/schedule.ts';
import { WorkflowFindings, WorkflowView } from '../workflow/views.ts';
import {
  IssuedWebhookView,
  IssueWebhookRequest,
  SkippedDeliveryView,
  WebhookAcceptedView,
  WebhookResultView,
  WebhookView,
} from '../workflow/webhook.ts';
import * as answers from './answers.ts';

/** What requests bring, under the names that the document and the client know it by. */
export const requestSchemas = {
  ...{ RequestOtp, VerifyOtp, RefreshSession, ChangeProfile },
  ...{ CreateWorkflowRequest, ChangeWorkflowRequest, ChangeWorkflowStatusRequest },
  ...{ DuplicateWorkflowRequest, AddAgentRequest, ChangeAgentRequest },
  ...{ StartExecutionRequest, StartWorkflowExecutionRequest },
  ...{ ApproveRequest, RejectRequest, SendSignalRequest },
  ...{ CancelExecutionRequest, PauseExecutionRequest, ResolveNodeRequest, IssueWebhookRequest },
  ...{ SetAliasRequest, RollBackRequest, ChangeScheduleRequest },
};

/** What answers hold. A schema without a name here stands in place, wherever it is used. */
export const answerSchemas = {
  ...{ SignalResult, CallbackResult },
  ...{ User: UserView, TokenPair, CodeSent: answers.CodeSent },
  ...{ Node: CanvasNode, Connection, WorkflowStatus, WorkflowFindings },
  ...{ Workflow: WorkflowView, SavedWorkflow: answers.SavedWorkflowView },
  ...{
    AgentType,
    Agent: AgentView,
    Alias: AliasView,
    Schedule: ScheduleView,
    EventTriggers: EventTriggersView,
    FileAccepted: FileAcceptedView,
  },
  ...{ ExecutionStatus: runs.ExecutionStatus, NodeStatus: runs.NodeStatus, TriggerType },
  ...{ Execution: runs.ExecutionView, ExecutionDetail: runs.ExecutionDetailView },
  ...{ NodeExecution: runs.NodeExecutionView, LogEntry: runs.LogEntry },
  ...{ NodeExecutionDetail: runs.NodeExecutionDetailView },
  ...{ Fact: runs.FactView, Facts: runs.FactsView, Replay: runs.ReplayView },
  ...{ SkippedStart: answers.SkippedStart, SkippedDelivery: SkippedDeliveryView },
  ...{ AcceptedExecution: answers.AcceptedExecution, ActionResult: answers.ActionResult },
  ...{ NodeActionResult: answers.NodeActionResult, NodeKind: answers.NodeKindView },
  ...{ SocketStats: answers.SocketStats, SocketRooms: answers.SocketRooms },
  ...{ Greeting: answers.Greeting, Health: answers.Health, Readiness: answers.Readiness },
  ...{ Webhook: WebhookView, IssuedWebhook: IssuedWebhookView },
  ...{ WebhookAccepted: WebhookAcceptedView, WebhookResult: WebhookResultView },
  ...{ Stream: ops.StreamView, Streams: ops.StreamsView, LogEvent: ops.LogEventView },
  ...{ StreamEvents: ops.StreamEventsView, LogEvents: ops.LogEventsView },
  ...{ Subscriber: ops.SubscriberView, Subscribers: ops.SubscribersView },
  ...{ CausalLink: ops.CausalLinkView, Causality: ops.CausalityView },
  ...{ ApprovalStatus: approvals.ApprovalStatus, Approval: approvals.ApprovalView },
  ...{ PendingApproval: approvals.PendingApprovalView },
  ...{ ApprovalActionResult: approvals.ApprovalActionResult },
  ...{ KeySet: answers.KeySet },
  ...{ Problem: answers.Problem, ValidationProblem: answers.ValidationProblem },
};
