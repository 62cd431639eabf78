import { z } from 'zod';

import { Instant } from '../envelope.ts';
import { ExecutionStatus } from '../execution/views.ts';
import { WorkflowView } from '../workflow/views.ts';

/** POST /auth/request-otp. `expires_in`: seconds that the code counts. */
export const CodeSent = z.object({
  success: z.literal(true),
  message: z.string(),
  expires_in: z.number().int(),
});

/** A workflow right after a write. `warnings`: what of it cannot run, or not as it is drawn. */
export const SavedWorkflowView = WorkflowView.extend({ warnings: z.array(z.string()) });

/** POST /executions: the run is on disk and will be run, whatever happens. */
export const AcceptedExecution = z.object({
  id: z.string(),
  workflow_id: z.string(),
  status: z.literal('pending'),
  created_at: Instant,
});

/** POST /executions: nothing was started, as the workflow's limits say; `id` is the run that is still open. */
export const SkippedStart = z.object({
  id: z.string(),
  workflow_id: z.string(),
  skipped: z.literal(true),
});

/** What became of an order to a run. */
export const ActionResult = z.object({
  success: z.literal(true),
  message: z.string(),
  execution_id: z.string(),
  status: ExecutionStatus,
});

export const NodeActionResult = ActionResult.extend({ node_id: z.string() });

/** One kind of node; `config` is the JSON Schema of its settings, enough to draw a form. */
export const NodeKindView = z.object({
  kind: z.string(),
  major: z.number().int(),
  origin: z.enum(['built-in', 'own']).describe('own: from the folder that the studio was given'),
  type: z.enum(['agent', 'trigger', 'action', 'logic', 'integration', 'mcp']),
  title: z.string(),
  description: z.string(),
  effect: z.enum(['pure', 'idempotent', 'unsafe', 'timer', 'none', 'by config']),
  outputs: z.array(z.string()),
  config: z.record(z.string(), z.unknown()),
});

/** What the caller's own sockets to this process listen to. */
export const SocketStats = z.object({
  total_connections: z.number().int(),
  user_connections: z.number().int(),
  active_rooms: z.number().int(),
});
export const SocketRooms = z.object({
  active_rooms: z.array(z.string()),
  total_rooms: z.number().int(),
});

export const Greeting = z.object({ message: z.string(), version: z.string(), docs: z.string() });
export const Health = z.object({ status: z.literal('healthy'), service: z.string() });

const State = z.enum(['ok', 'unavailable']);
export const Readiness = z.object({
  status: z.enum(['ready', 'unavailable']),
  /** None while the process stops; no `projections` where it does without them. */
  dependencies: z.object({ database: State, event_log: State, projections: State }).partial(),
  /** It is on its way out: send nothing more here. */
  stopping: z.literal(true).optional(),
});

/** The public keys that access tokens are signed with (RFC 7517). */
export const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Why a request was refused (RFC 9457). Clients check `code`, which is stable, never the text. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  request_id: z.string(),
});

/** What is wrong with a request. `loc` begins with where: body, query, path or header. */
export const ValidationProblem = Problem.extend({
  detail: z.array(
    z.object({
      type: z.string(),
      loc: z.array(z.union([z.string(), z.number()])),
      msg: z.string(),
    }),
  ),
});
