export { type ArchivedBlock, archivedTo, archiveLog } from './archive/archiveLog.ts';
export { restoreArchive } from './archive/restoreArchive.ts';
export { type AccessTokens } from './auth/accessTokens.ts';
export type { Accounts } from './auth/accounts.ts';
export type { Administrators, NamedAdministrators } from './auth/administrators.ts';
export {
  type ApprovalLink,
  approvalLinkToken,
  readApprovalLinkToken,
} from './auth/approvalLink.ts';
export { type Auth, type AuthParts, createAuth } from './auth/auth.ts';
export type { Authenticator, Caller } from './auth/authenticate.ts';
export { type CallbackPlace, callbackToken, readCallbackToken } from './auth/callbackToken.ts';
export type { Codes } from './auth/codes.ts';
export { createHmacOf, type Hmac } from './auth/hmac.ts';
export { createPeople } from './auth/people.ts';
export type { Session, Sessions } from './auth/sessions.ts';
export { type Config, type Environment, loadConfig, readEnvironment } from './config.ts';
export { type DataFolder, openDataFolder } from './dataFolder.ts';
export { createEngineIndex } from './engine/engineIndex.ts';
export { executorRows, removeExecutor, reportExecutor } from './engine/executorTable.ts';
export { createPermitTable } from './engine/permitTable.ts';
export { createShardTable } from './engine/shardTable.ts';
export { createSingletons } from './engine/singletons.ts';
export { createSnapshotTable } from './engine/snapshotTable.ts';
export {
  createSubscriberTable,
  type SubscriberRow,
  type SubscriberTable,
} from './engine/subscriberTable.ts';
export { createEventLog, type EventLogParts } from './eventlog/eventLog.ts';
export { createOpener, type Opener, type SealedAt } from './eventlog/open.ts';
export { createEventOpener, sealedAt } from './eventlog/openEvents.ts';
export { sealedFilesOf } from './eventlog/sealedFiles.ts';
export { upcast, type Upcaster, type Upcasters } from './eventlog/upcast.ts';
export { upcasters } from './eventlog/upcasters.ts';
export { veiled } from './eventlog/veil.ts';
export { chainHash, chainSeed } from './eventstore/chain.ts';
export { assertDurableServer } from './eventstore/durableServer.ts';
export {
  createPostgresEventStore,
  type PostgresEventStoreOptions,
} from './eventstore/postgresEventStore.ts';
export { type Subscriber, watchedStore } from './eventstore/subscribers.ts';
export { createEventStoreDbStore } from './eventstoredb/createStore.ts';
export type { EventStoreDbOptions } from './eventstoredb/eventStoreDb.ts';
export { replaceFile } from './files/durableFile.ts';
export { createInMemoryFileStorage } from './files/inMemoryFileStorage.ts';
export { createLocalFileStorage } from './files/localFileStorage.ts';
export { callerOf } from './http/caller.ts';
export type { PeopleLimits, Refusal } from './http/limits.ts';
export type { Logger } from './http/log.ts';
export { invalidRequest, type Issue, parse } from './http/parse.ts';
export { parsePosition, positionText } from './http/positions.ts';
export { type Problem, problemOf } from './http/problems.ts';
export type { Quota, RateLimit, RateLimiter } from './http/rateLimiter.ts';
export { createHttpClient, type HttpClientOptions } from './httpClient.ts';
export { deterministicId, newId, systemClock } from './ids.ts';
export { type ChainCheck, createChainCheck } from './integrity/chainCheck.ts';
export type { FileCheckParts } from './integrity/fileCheck.ts';
export { type HeadWatch, startHeadWatch } from './integrity/headWatch.ts';
export { headSigningKey, type LogHead, readSignedHead } from './integrity/signedHead.ts';
export { createSignedHeads, type SignedHeads } from './integrity/signedHeads.ts';
export { type Verdict, verifyLog, type VerifyParts, verifyStream } from './integrity/verifyLog.ts';
export { createInMemoryKeyRing } from './keys/inMemoryKeyRing.ts';
export { deriveKey, findMasterKey, loadMasterKey, type MasterKey } from './keys/masterKey.ts';
export { createPostgresKeyRing, type PostgresKeyRing } from './keys/postgresKeyRing.ts';
export { createOutboxMailer, type OutboxOptions } from './mail/outboxMailer.ts';
export { createInMemoryEventStore } from './memory/inMemoryEventStore.ts';
export { createSessionPositions, type SessionPositions } from './memory/sessionPositions.ts';
export { createModelProvider, type ModelProviderOptions } from './models/modelProvider.ts';
export { nameHash } from './nameHash.ts';
export { createPatience, type PatienceOptions } from './patience.ts';
export { createAgentPlaces, type FindAgent } from './postgres/agentPlaces.ts';
export {
  type BatchToCommit,
  type CheckpointId,
  commitBatch,
  createCheckpoint,
  moveCheckpoint,
  readCheckpoint,
} from './postgres/checkpoints.ts';
export { createDueRuns, type DueRun, type DueRuns } from './postgres/dueRuns.ts';
export {
  embeddedAddress,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './postgres/embedded.ts';
export { createFailedRuns, type FailedRun, type FindFailedRuns } from './postgres/failedRuns.ts';
export { assertFollows, followLog } from './postgres/followedLog.ts';
export {
  correlationsTable,
  momentAt,
  momentOf,
  momentsTable,
  streamsTable,
} from './postgres/logTables.ts';
export {
  migrate,
  migrationHistory,
  type MigrationStatus,
  rollback,
} from './postgres/migrations.ts';
export { newMigration } from './postgres/newMigration.ts';
export { createOpenRuns, type FindOpenRuns, type OpenRun } from './postgres/openRuns.ts';
export { createPool, type PoolOptions } from './postgres/pool.ts';
export {
  agentsTable,
  executionNamesTable,
  executionsTable,
  executionTotalsTable,
  nodeExecutionsTable,
  pendingApprovalsTable,
  runRetentionTable,
  type SealedText,
  workflowsTable,
} from './postgres/readModels.ts';
export {
  createLagGauge,
  createStoredPositions,
  type ProjectionPosition,
  type ProjectionPositions,
} from './postgres/readModelsPositions.ts';
export {
  activeGeneration,
  createGeneration,
  dropGeneration,
  type Generation,
  knownGenerations,
  placeIn,
  switchGeneration,
} from './postgres/readModelsTables.ts';
export {
  add,
  type Columns,
  type ColumnType,
  insert,
  patch,
  patchAll,
  remove,
  type Row,
  type RowChange,
  type Table,
  table,
} from './postgres/rowChanges.ts';
export { type AppliedRow, applyChanges } from './postgres/rowChangesApply.ts';
export { foldChanges, type TableChanges } from './postgres/rowChangesFold.ts';
export { type Queryable, writeChanges, writerSettings } from './postgres/rowChangesWrite.ts';
export { occurrences } from './schedule/occurrences.ts';
export { seenHash, type Shown } from './seenHash.ts';
export {
  observeNumber,
  observePools,
  observeProcess,
  observeProjections,
  observeRuns,
} from './telemetry/gauges.ts';
export { createHttpMetrics } from './telemetry/httpMetrics.ts';
export { createLogger, type LoggerOptions } from './telemetry/logger.ts';
export type { Meter, Metrics } from './telemetry/metrics.ts';
export { createRunMetrics, type RecordedFacts } from './telemetry/runMetrics.ts';
export { measuredStore } from './telemetry/storeMetrics.ts';
export { every, sleep, systemTime } from './time.ts';
export { checkExport } from './transfer/checkExport.ts';
export { type ExportedLog, exportedParts } from './transfer/exportFile.ts';
export { exportLog } from './transfer/exportLog.ts';
export { importLog } from './transfer/importLog.ts';
export { exportState, importState } from './transfer/stateFile.ts';
export type { Pool as Database, PoolClient as DatabaseClient } from 'pg';
