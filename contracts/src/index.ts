export { ApprovalConfig } from './approval/config.ts';
export {
  Answerer,
  ApprovalAnswer,
  ApprovalDecision,
  approvalEvents,
  Assignee,
  DeadlineOutcome,
} from './approval/events.ts';
export { ApprovalId, approvalId, ApprovalPath, type ApprovalPlace } from './approval/id.ts';
export {
  ApprovalLinkQuery,
  ApproveRequest,
  RejectRequest,
  SendBackRequest,
} from './approval/requests.ts';
export {
  ApprovalActionResult,
  ApprovalStatus,
  ApprovalView,
  PendingApprovalView,
} from './approval/views.ts';
export { SubWorkflowConfig } from './child/config.ts';
export { ParentNode } from './child/events.ts';
export {
  Actor,
  claimCheckThresholdBytes,
  Instant,
  instantOf,
  maxAppendBytes,
  Metadata,
  plusMs,
} from './envelope.ts';
export { type Erased, erased, isErased, isErasedUnder } from './erased.ts';
export {
  ConflictError,
  DomainError,
  type ErrorCode,
  errorCodes,
  type ErrorKind,
  StudioError,
} from './errors.ts';
export {
  type ApprovalEvent,
  eventSchemas,
  type EventType,
  type ExecutionEvent,
  type NewEvent,
  type RecordedEvent,
  schemaVersionOf,
  schemaVersions,
  type StudioEvent,
  type UserEvent,
  type WorkflowEvent,
  type WorkspaceEvent,
} from './events.ts';
export type { ChildEnd, ExecutionCommand } from './execution/commands.ts';
export { HowCompensated, LeftStanding } from './execution/compensation.ts';
export {
  type DeadLetterReason,
  type DeadLetterView,
  RedriveRequest,
  type RedriveResult,
} from './execution/deadLetters.ts';
export {
  executionEvents,
  Failure,
  FiredBy,
  ModelTurn,
  RunDeadline,
  TriggerType,
} from './execution/events.ts';
export {
  MigrateRunsRequest,
  MigrateRunsResult,
  type MigrationObstacle,
  type MigrationObstacleCode,
  type MovedNode,
  type RunMigration,
} from './execution/migration.ts';
export {
  CancelExecutionRequest,
  PauseExecutionRequest,
  ResolveNodeRequest,
  RewindExecutionRequest,
  SkipNodeRequest,
  StartExecutionRequest,
  StartWorkflowExecutionRequest,
} from './execution/requests.ts';
export { namesOfRun, type RunName, RunNames, shownNames } from './execution/runNames.ts';
export {
  CompensationStatus,
  ExecutionDetailView,
  ExecutionStatus,
  ExecutionView,
  FactsView,
  FactView,
  LogEntry,
  NodeExecutionDetailView,
  NodeExecutionView,
  NodeStatus,
  ReplayView,
  WaitingReason,
} from './execution/views.ts';
export { type Halt, HaltedRuns, HaltRequest, HaltView } from './halts.ts';
export { exampleIds, exampleSecrets } from './http/examples.ts';
export { type OpenApiDocument, openApiDocument } from './http/openApi.ts';
export type { Operation } from './http/operation.ts';
export { operations, servedPath } from './http/operations.ts';
export {
  AgentsQuery,
  ApprovalsQuery,
  DeadLettersQuery,
  ExecutionsQuery,
  FactsQuery,
  ReplayQuery,
  type RunNamesSought,
  runNamesSought,
  VersionsQuery,
  WorkflowsQuery,
  WorkflowVersionPath,
} from './http/queries.ts';
export {
  type Brand,
  type ExecutionId,
  type InstanceId,
  isUuid,
  type KeyId,
  type NodeId,
  type UserId,
  type WorkflowId,
  type WorkspaceId,
} from './ids.ts';
export {
  type NodeContext,
  type NodeKind,
  nodeKind,
  type NodeOutcome,
  type Progress,
  type RecordedTurn,
  type RegionSettings,
  type Scope,
} from './kinds.ts';
export { type EffectLine, effectTree } from './ops/effectTree.ts';
export { LogEventsQuery, StreamEventsQuery, StreamsQuery } from './ops/queries.ts';
export {
  CausalityView,
  CausalLinkView,
  ExecutorsView,
  LogEventsView,
  LogEventView,
  StreamEventsView,
  StreamsView,
  StreamView,
  StuckRunView,
  SubscribersView,
  SubscriberView,
} from './ops/views.ts';
export { type Page, pageOf } from './page.ts';
export type {
  BegunChild,
  ChildChanges,
  ChildOrder,
  ChildOrders,
  Children,
} from './ports/children.ts';
export type { Clock, NewId } from './ports/clock.ts';
export type {
  CountedStart,
  Debounced,
  DueSchedule,
  DueSchedules,
  DueTimer,
  EngineIndex,
  HaltOrder,
  Halts,
  IndexChanges,
  OpenedRun,
  PausedBy,
  PermitChanges,
  PermitsAsked,
  ShardRow,
  ShardTable,
} from './ports/engine.ts';
export type {
  DueEventFiring,
  EndedRun,
  EventFiringChanges,
  EventFirings,
  Firing,
  IndexedEventTrigger,
} from './ports/eventFirings.ts';
export type { EventLog, Reading, RecordedBatch, SealingKeys } from './ports/eventLog.ts';
export type {
  AllRange,
  EventBatch,
  EventFilter,
  EventStore,
  EventToAppend,
  Expected,
  Head,
  StoredEvent,
  StreamRange,
  SubscriptionRange,
} from './ports/eventStore.ts';
export type { FileStorage } from './ports/fileStorage.ts';
export type { HttpAnswer, HttpClient, HttpRequest } from './ports/httpClient.ts';
export type { DataKey, KeyRing } from './ports/keyRing.ts';
export type { Mail, Mailer } from './ports/mailer.ts';
export type { ModelAnswer, ModelProvider, ModelRequest } from './ports/models.ts';
export type { Occurrences } from './ports/occurrences.ts';
export type { People } from './ports/people.ts';
export type { GrantedPermits, PermitTable, Superseded } from './ports/permits.ts';
export type { PlaceAsked, PlaceTaken, Singletons } from './ports/singletons.ts';
export type { Snapshot, SnapshotPlace, Snapshots } from './ports/snapshots.ts';
export type { Timekeeper } from './ports/timekeeper.ts';
export { ChangeRetentionRequest, RetentionView, RunDays } from './retention.ts';
export {
  Claim,
  type FieldMark,
  large,
  markedFields,
  Sealed,
  sealed,
  type SealedBy,
} from './sealed.ts';
export { shardCount, shardOf } from './shards.ts';
export { SignalName, WaitConfig } from './signal/config.ts';
export { CallbackResult, SendSignalRequest, SignalPath, SignalResult } from './signal/requests.ts';
export {
  executionStream,
  parseStream,
  streamCategories,
  type StreamCategory,
  type StreamName,
  userStream,
  workflowStream,
  workspaceStream,
} from './streams.ts';
export { Text, Uuid } from './text.ts';
export { ChangeProfile, Email, RefreshSession, RequestOtp, VerifyOtp } from './user/requests.ts';
export { TokenPair, UserView } from './user/views.ts';
export {
  AddAgentQuery,
  AddAgentRequest,
  AddAgentsRequest,
  AgentContent,
  AgentTestView,
  AgentType,
  AgentView,
  ChangeAgentRequest,
  TestAgentRequest,
} from './workflow/agents.ts';
export {
  AliasName,
  AliasView,
  RollBackRequest,
  SetAliasRequest,
  standingAliases,
} from './workflow/aliases.ts';
export { WorkflowContent, workflowEvents, WorkflowStatus } from './workflow/events.ts';
export {
  EndOfRun,
  EventTriggerConfig,
  EventTriggerRule,
  EventTriggersView,
  RunOutcome,
} from './workflow/eventTrigger.ts';
export {
  FileAcceptedView,
  FileTriggerConfig,
  FileView,
  mostFileBytes,
  UploadFileQuery,
} from './workflow/fileTrigger.ts';
export {
  AttemptLimitMs,
  CanvasNode,
  Compensation,
  CompensationSetting,
  Connection,
  defaultRetryPolicy,
  DefinedConnection,
  DefinedNode,
  Definition,
  Effect,
  ExhaustedPolicy,
  InDoubtPolicy,
  RetryPolicy,
} from './workflow/graph.ts';
export {
  ChangeWorkflowRequest,
  ChangeWorkflowStatusRequest,
  CreateWorkflowRequest,
  DuplicateWorkflowRequest,
} from './workflow/requests.ts';
export { Permit, RunLimit, RunLimitSetting, WhenTaken } from './workflow/runLimit.ts';
export {
  CatchUpPolicy,
  ChangeScheduleRequest,
  OverlapPolicy,
  ScheduleRule,
  ScheduleTriggerConfig,
  ScheduleView,
} from './workflow/schedule.ts';
export { isUndo, undoIdOf, undoNodeOf } from './workflow/undo.ts';
export { WorkflowFindings, WorkflowView } from './workflow/views.ts';
export {
  IssuedWebhookView,
  IssueWebhookRequest,
  WebhookAcceptedView,
  WebhookResultView,
  WebhookSignature,
  WebhookTriggerConfig,
  WebhookView,
} from './workflow/webhook.ts';
export { WorkspaceRole } from './workspace/events.ts';
