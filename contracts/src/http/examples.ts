import type { TokenPair, UserView } from '../user/views.ts';
import type { AgentView } from '../workflow/agents.ts';
import type { WorkflowView } from '../workflow/views.ts';

/** Stand in examples for things of the reader's own. */
export const exampleIds = {
  user: '0197f3a0-0000-7000-8000-000000000001',
  workspace: '0197f3a0-0000-7000-8000-000000000002',
  workflow: '0197f3a0-0000-7000-8000-000000000003',
  agent: '0197f3a0-0000-7000-8000-000000000004',
  execution: '0197f3a0-0000-7000-8000-000000000005',
  nodeExecution: '0197f3a0-0000-7000-8000-000000000006',
  webhook: '0197f3a0-0000-7000-8000-000000000007',
  event: '0197f3a0-0000-7000-8000-000000000008',
  approval: '0197f3a0-0000-7000-8000-000000000005.2',
} as const;

/** The code and the token of the examples; the reader has others. */
export const exampleSecrets = {
  code: '123456',
  refreshToken: 'the-refresh-token-of-an-answer',
  webhookToken: 'the-token-of-a-webhook',
  callbackToken: 'the-token-of-a-callback',
  approvalLinkToken: 'the-token-of-an-approval-link',
} as const;

const at = '2026-01-02T03:04:05.678Z';
const position = { x: 0, y: 0 };

/** A workflow that runs as it stands: it greets whoever the trigger names. */
export const exampleGraph = {
  nodes: [
    {
      ...{ id: 'begin', type: 'trigger', title: 'Begin', position },
      data: { kind: 'manual-trigger', config: {} },
    },
    {
      ...{ id: 'greet', type: 'logic', title: 'Greet', position: { x: 240, y: 0 } },
      data: { kind: 'transform', config: { expression: '"Hello, " & trigger.name' } },
    },
  ],
  connections: [{ source: 'begin', target: 'greet' }],
};

export const exampleUser: UserView = {
  ...{ id: exampleIds.user, email: 'ada@example.org', full_name: 'Ada Lovelace' },
  ...{ avatar_url: null, is_active: true, is_verified: true, is_administrator: false },
  ...{ email_verified_at: at, last_login_at: at, workspace_id: exampleIds.workspace },
  ...{ created_at: at, updated_at: at },
};

export const exampleTokens: TokenPair = {
  access_token: 'eyJhbGciOiJFZERTQSJ9.claims.signature',
  refresh_token: exampleSecrets.refreshToken,
  ...{ token_type: 'bearer', expires_in: 900, user: exampleUser },
};

export const exampleWorkflow: WorkflowView = {
  ...{ id: exampleIds.workflow, workspace_id: exampleIds.workspace, user_id: exampleIds.user },
  ...{ name: 'Greeting', description: 'Says hello', status: 'draft', ...exampleGraph },
  ...{ settings: {}, tags: ['first steps'], is_public: false, version: 1 },
  ...{ parent_workflow_id: null, created_at: at, updated_at: at },
};

export const exampleAgentRequest = {
  ...{ name: 'Summariser', type: 'agent', node_id: 'greet' },
  ...{ system_prompt: 'You sum up in one sentence.', temperature: 0.2, max_tokens: 500 },
};

export const exampleAgent: AgentView = {
  ...{ id: exampleIds.agent, workflow_id: exampleIds.workflow, user_id: exampleIds.user },
  ...{ node_id: 'greet', name: 'Summariser', type: 'agent' },
  ...{ system_prompt: 'You sum up in one sentence.', model: null },
  ...{ temperature: 0.2, max_tokens: 500, tools: [], permissions: {}, memory_config: {} },
  ...{ sub_agents: [], metadata: {}, created_at: at, updated_at: at },
};

export const exampleTrigger = { name: 'Ada' };
