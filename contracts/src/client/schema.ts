// Made by `npm run generate` from contracts/src/http. Do not edit.
export interface paths {
  '/api/v1/auth/request-otp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask for a code to sign in
     * @description Mails six digits. The answer is the same for known and unknown addresses; an unknown one becomes an account when its code is given back.
     */
    post: operations['requestCode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/verify-otp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in by a code
     * @description The first sign-in makes the account and its personal workspace.
     */
    post: operations['signIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change a refresh token for new tokens
     * @description A refresh token counts once. Giving an old one ends the whole session.
     */
    post: operations['refreshSession'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End the session
     * @description Its access and refresh tokens count no longer; its sockets are closed.
     */
    post: operations['signOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is signed in */
    get: operations['getMe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change name and picture
     * @description What is absent or null stays as it is.
     */
    patch: operations['changeMe'];
    trace?: never;
  };
  '/api/v1/workflows': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List and search workflows
     * @description Those of the personal workspace, the one changed last first.
     */
    get: operations['listWorkflows'];
    put?: never;
    /** Save a new workflow */
    post: operations['createWorkflow'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One workflow
     * @description A public workflow may be read by everyone who is signed in.
     */
    get: operations['getWorkflow'];
    /**
     * Save a workflow again
     * @description Raises its version. What is absent stays; `description: null` and `tags: []` empty theirs, any other null keeps.
     */
    put: operations['changeWorkflow'];
    post?: never;
    /**
     * Delete a workflow
     * @description Its runs keep the definition that they were started with.
     */
    delete: operations['deleteWorkflow'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The versions of a workflow
     * @description Every save is one, the newest first. An unknown workflow has none.
     */
    get: operations['listVersions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/versions/{version}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One version of a workflow, as it was */
    get: operations['getVersion'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/validate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Check a workflow without starting it */
    post: operations['validateWorkflow'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Publish, archive, or take back to a draft */
    patch: operations['changeWorkflowStatus'];
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/duplicate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Copy a workflow
     * @description The copy is a private draft; agents are copied with it unless told otherwise.
     */
    post: operations['duplicateWorkflow'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/rollback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Go back to an older version
     * @description Saves a new version with the content and the agents of the older one. What is published stays published.
     */
    post: operations['rollBackWorkflow'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/aliases': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The names that stand for versions of a workflow */
    get: operations['listAliases'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/aliases/{alias}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Let a name stand for a version
     * @description Runs can be started by it. `published` and `latest` always mean the version that triggers use and the one saved last, and cannot be set.
     */
    put: operations['setAlias'];
    post?: never;
    /** Remove an alias */
    delete: operations['removeAlias'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/migrations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Have open runs go by another version
     * @description Tells for each open run whether it can go on by the other version, and all that keeps it from that; with `dry_run: false` those that can do so from then on. What has happened stays as it is: nodes that have begun keep their ids, kinds and what leads to them, or the run is refused. `node_map` says what stands for nodes that have not begun and are not in the other version. Asking again is harmless: a run that goes by that version stays so.
     */
    post: operations['migrateRuns'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/schedule': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * When a workflow starts by itself
     * @description The schedules of its published version, and the next times of each.
     */
    get: operations['getSchedule'];
    /**
     * Disable the schedules of a workflow, or enable them again
     * @description What would have been due meanwhile is not made up for.
     */
    put: operations['changeSchedule'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/triggers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which ends of executions start a workflow
     * @description The event triggers of its published version, and which end of an execution started nothing last, and why.
     */
    get: operations['getEventTriggers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/files/{node_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Upload a file, which starts a run
     * @description To a file-trigger of the published version. The body is the file, of any media type; or a form (`multipart/form-data`) with one file. The same Idempotency-Key starts nothing anew.
     */
    post: operations['uploadFile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/halt': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether a workflow is halted */
    get: operations['getWorkflowHalt'];
    put?: never;
    /**
     * Halt a workflow
     * @description Nothing starts a run of it any more: starts and retries are refused, webhooks and agent tests too, schedules wait. Its open runs are paused until it is released, or cancelled, as `runs` says. For owners and administrators. Halting it again with other `runs` changes that.
     */
    post: operations['haltWorkflow'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Release a workflow
     * @description It may be started again. Runs that the switch paused go on; what schedules missed is made up for as their `catchUp` says.
     */
    post: operations['releaseWorkflow'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspace_id}/halt': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether a workspace is halted */
    get: operations['getWorkspaceHalt'];
    put?: never;
    /**
     * Halt a workspace
     * @description Nothing starts a run of it any more: starts and retries are refused, webhooks and agent tests too, schedules wait. Its open runs are paused until it is released, or cancelled, as `runs` says. For owners and administrators. Halting it again with other `runs` changes that.
     */
    post: operations['haltWorkspace'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspace_id}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Release a workspace
     * @description It may be started again. Runs that the switch paused go on; what schedules missed is made up for as their `catchUp` says.
     */
    post: operations['releaseWorkspace'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List agents */
    get: operations['listAgents'];
    put?: never;
    /**
     * Add an agent to a workflow
     * @description Its settings count where its node says nothing.
     */
    post: operations['addAgent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{agent_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One agent */
    get: operations['getAgent'];
    /**
     * Change an agent
     * @description What is absent stays; null empties what may be empty, and keeps the rest.
     */
    put: operations['changeAgent'];
    post?: never;
    /** Remove an agent */
    delete: operations['removeAgent'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{agent_id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask an agent once
     * @description The input is its prompt, and its settings alone count. Starts a run of the agent alone and waits for its end, two minutes at most.
     */
    post: operations['testAgent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/workflow/{workflow_id}/agents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The agents of a workflow
     * @description An unknown workflow has none.
     */
    get: operations['listWorkflowAgents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/workflow/{workflow_id}/bulk': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Add several agents at once
     * @description All of them or none.
     */
    post: operations['addAgents'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List runs
     * @description Those of the personal workspace, the newest first.
     */
    get: operations['listExecutions'];
    put?: never;
    /**
     * Start a run
     * @description Answers once the order is on disk. Send an Idempotency-Key and the run is started once, however often you ask. With `scheduled_at` it is pending until then, and begins at that time. `business_key`, `tags` and `labels` are names that it is found by.
     */
    post: operations['startExecution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/executions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start a run, the older way
     * @description Answers with the whole shape of the run.
     */
    post: operations['startWorkflowExecution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/dead-letters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What failed and waits for a person
     * @description Failed runs that nobody has had go on, runs that left something standing which was to be undone, held nodes and nodes in doubt of the personal workspace, each with its reason, the newest first.
     */
    get: operations['listDeadLetters'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/redrive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Have many failed runs go on
     * @description Retries every failed run of the personal workspace that matches, the oldest first: what succeeded is kept. A run goes on once for each failure, however often you ask; with an Idempotency-Key once for that key. Without filters all failed runs match.
     */
    post: operations['redriveExecutions'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One run with its nodes and its log */
    get: operations['getExecution'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/nodes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The nodes of a run */
    get: operations['listNodes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/nodes/{node_execution_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One node of a run */
    get: operations['getNode'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/logs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The log of a run */
    get: operations['getLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The facts of a run
     * @description Straight from its stream, with their envelopes and chain hashes.
     */
    get: operations['listFacts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The state of a run after any of its facts
     * @description Folds recorded facts and calls nothing.
     */
    get: operations['replayExecution'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a run
     * @description What is under way is called off. A run that has something to undo goes on until it is undone, and is cancelled then: effects that declare an undo end before. Cancelling it again meanwhile changes nothing.
     */
    post: operations['cancelExecution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Have a run stand still
     * @description What is under way ends and is recorded; nothing new begins. What it waits for (a time, a person) may come meanwhile, and counts once the run goes on. Pausing a paused run changes nothing.
     */
    post: operations['pauseExecution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Have a paused run go on
     * @description Resuming a run that is not paused changes nothing.
     */
    post: operations['resumeExecution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Run again what failed
     * @description What succeeded is kept and never done twice. Only a failed run can be retried, as often as its `max_retries` says, and none that has undone what it did.
     */
    post: operations['retryExecution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/rerun': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Run it all again
     * @description Starts another run, at once, with what this one was started with: its trigger, context, names, limits and definition, whatever became of the workflow since. Only a run that has ended can be run again, and none that another one started for a node of its own. Its `rerun_of` names this run, which stays as it is.
     */
    post: operations['rerunExecution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/rewind': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a run back to an earlier node
     * @description The node and all that follows it happen anew, under new idempotency keys; what comes before it, and beside it, stays. What is under way behind it is called off. Refused where an effect behind it is in doubt, or under way and not safe to be called off. A failed run is retried by it, which counts.
     */
    post: operations['rewindExecution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/nodes/{node_id}/resolve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Settle a node in doubt, or one that is held
     * @description An effect began and nobody knows its outcome, or the node failed and waits for a person: say whether to try again, to let it fail, or what came out of it.
     */
    post: operations['resolveNode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/nodes/{node_id}/skip': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Go on past a node
     * @description The run goes on as if the node had ended with `output`, by its output `handle`. Only a node in doubt, one that is held, and one that waits to be tried again can be skipped. Skipping it again changes nothing.
     */
    post: operations['skipNode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/forget': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Erase the data of a run for good
     * @description Deletes the run's data key: inputs, outputs and prompts can be read nowhere any more, in no backup either. Its facts stay, and their chain stays whole.
     */
    post: operations['forgetExecution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/executions/{execution_id}/signals/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tell a run something
     * @description A signal goes to the node that waits for one of this name, and to one alone. One that comes before its node waits is kept. With an Idempotency-Key it is sent once, however often you ask.
     */
    post: operations['sendSignal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/callbacks/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Answer a node that waits for its callback
     * @description Whoever has the URL may answer, once. The JSON body is what the node gives on. The URL is in the row of the node (`callback_path`) while it waits.
     */
    post: operations['answerCallback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What you are asked
     * @description Approvals that nobody has decided and that you may answer, the soonest deadline first.
     */
    get: operations['listApprovals'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals/{approval_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One approval with the answers to it */
    get: operations['getApproval'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals/{approval_id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approve what a run asks
     * @description With `payload` you approve what you changed it to, where the node allows that; approvals of what stood before then count no more. The first answers that decide stand. Who comes later is told so by `approval.answered`, with what stands; the same answer of the same person changes nothing.
     */
    post: operations['approve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals/{approval_id}/reject': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reject what a run asks
     * @description The first answers that decide stand. Who comes later is told so by `approval.answered`, with what stands; the same answer of the same person changes nothing.
     */
    post: operations['reject'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals/{approval_id}/send-back': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a run back from what it asks
     * @description The run goes back to a node before the approval, which happens anew with all that follows it; in time people are asked again. One answer is enough, whatever the quorum. The first answers that decide stand. Who comes later is told so by `approval.answered`, with what stands; the same answer of the same person changes nothing.
     */
    post: operations['sendBack'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approval-links/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a one-time link would answer
     * @description A page for people that shows what is asked, and a button. Looking decides nothing: programs that follow the links of a mail do no harm. The links of your own are in `links` of the approval.
     */
    get: operations['getApprovalLink'];
    put?: never;
    /**
     * Answer by a one-time link
     * @description What the button of the page does: the decision of the link, as the person that it was made for, once. With `seen` it counts only for what was shown. A client that prefers `text/html` gets a page.
     */
    post: operations['answerByLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{workflow_id}/webhook': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The webhook of a workflow, without its secrets */
    get: operations['getWebhook'];
    put?: never;
    /**
     * Issue a webhook, or issue it anew
     * @description Its URL and its secret are told here and never again. The one before counts no more. Deliveries must be signed unless `signature` is `none`.
     */
    post: operations['issueWebhook'];
    /** Disable the webhook */
    delete: operations['disableWebhook'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Deliver to a webhook without a body
     * @description For triggers whose method is GET.
     */
    get: operations['deliverByGet'];
    put?: never;
    /**
     * Deliver to a webhook
     * @description Starts a run of the published workflow; method, some headers, query and body are its trigger data.
     */
    post: operations['deliver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspace_id}/retention': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How long a workspace keeps its runs */
    get: operations['getRetention'];
    /**
     * Change how long a workspace keeps its runs
     * @description So many days after a run has ended, what went into it and came out of it is erased, as by `POST /executions/{execution_id}/forget`: that it ran, when and how, stays. It holds for runs that have ended before, too, and cannot be undone for those that were erased. `0` erases as soon as a run has ended, `null` never. For owners and administrators.
     */
    put: operations['changeRetention'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/node-kinds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a node can be
     * @description Every kind with the JSON Schema of its settings.
     */
    get: operations['listNodeKinds'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/ws/stats': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many sockets and rooms are the caller's own */
    get: operations['getSocketStats'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/ws/rooms': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The rooms that the caller's own sockets listen to */
    get: operations['listSocketRooms'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/ops/streams': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The streams of the log
     * @description By their names, which sort as they were made. For administrators of the studio.
     */
    get: operations['listStreams'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/ops/streams/{stream}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The events of one stream
     * @description With their envelopes. What is sealed stays sealed, for administrators too.
     */
    get: operations['listStreamEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/ops/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The events of the whole log
     * @description In its order. What is sealed stays sealed, for administrators too.
     */
    get: operations['listLogEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/ops/events/{event_id}/causality': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What led to an event, and what followed from it
     * @description For administrators of the studio.
     */
    get: operations['getCausality'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/ops/subscriptions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The subscribers of the log, and how far each is
     * @description In all processes on this database. For administrators of the studio.
     */
    get: operations['listSubscribers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/ops/executors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who brings runs forward, and what each has in hand
     * @description In all processes on this database. For administrators of the studio.
     */
    get: operations['listExecutors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What this is
     * @description A client that prefers `text/html` gets a page.
     */
    get: operations['getGreeting'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process lives */
    get: operations['getHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether it can take work */
    get: operations['getReadiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What Prometheus collects
     * @description Open to the machine itself; where `METRICS_TOKEN` is set, to whoever sends it as a bearer token.
     */
    get: operations['getMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/jwks.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The public keys of access tokens */
    get: operations['getKeySet'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document */
    get: operations['getOpenApi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/docs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document to try out */
    get: operations['showDocs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/redoc': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document to read */
    get: operations['showReference'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    SignalResult: {
      /** @constant */
      success: true;
      message: string;
      execution_id: string;
      signal_id: string;
    };
    CallbackResult: {
      /** @constant */
      success: true;
      message: string;
    };
    User: {
      id: string;
      email: string | null;
      full_name: string | null;
      avatar_url: string | null;
      is_active: boolean;
      is_verified: boolean;
      email_verified_at: string | null;
      last_login_at: string | null;
      is_administrator: boolean;
      workspace_id: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
    };
    TokenPair: {
      access_token: string;
      refresh_token: string;
      /** @constant */
      token_type: 'bearer';
      expires_in: number;
      user: components['schemas']['User'];
    };
    CodeSent: {
      /** @constant */
      success: true;
      message: string;
      expires_in: number;
    };
    Node: {
      id: string;
      type: string;
      title?: string;
      position: {
        x: number;
        y: number;
      };
      /** @default {} */
      data: {
        [key: string]: unknown;
      };
    };
    Connection: {
      id?: string;
      source: string;
      target: string;
      sourceHandle?: string | null;
      targetHandle?: string | null;
    };
    /** @enum {string} */
    WorkflowStatus: 'draft' | 'published' | 'archived';
    WorkflowFindings: {
      is_valid: boolean;
      errors: string[];
      warnings: string[];
    };
    Workflow: {
      id: string;
      workspace_id: string;
      user_id: string;
      name: string;
      description: string | null;
      status: components['schemas']['WorkflowStatus'];
      nodes: components['schemas']['Node'][];
      connections: components['schemas']['Connection'][];
      settings: {
        [key: string]: unknown;
      };
      tags: string[];
      is_public: boolean;
      version: number;
      parent_workflow_id: string | null;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
    };
    SavedWorkflow: {
      id: string;
      workspace_id: string;
      user_id: string;
      name: string;
      description: string | null;
      status: components['schemas']['WorkflowStatus'];
      nodes: components['schemas']['Node'][];
      connections: components['schemas']['Connection'][];
      settings: {
        [key: string]: unknown;
      };
      tags: string[];
      is_public: boolean;
      version: number;
      parent_workflow_id: string | null;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      warnings: string[];
    };
    /** @enum {string} */
    AgentType: 'agent' | 'trigger' | 'action' | 'logic' | 'integration' | 'mcp';
    Agent: {
      id: string;
      workflow_id: string;
      user_id: string;
      node_id: string;
      name: string;
      type: components['schemas']['AgentType'];
      system_prompt: string | null;
      model: string | null;
      temperature: number | null;
      max_tokens: number | null;
      tools: unknown[];
      permissions: {
        [key: string]: unknown;
      };
      memory_config: {
        [key: string]: unknown;
      };
      sub_agents: string[];
      metadata: {
        [key: string]: unknown;
      };
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
    };
    Alias: {
      workflow_id: string;
      alias: string;
      version: number;
      set_by: string;
      /** Format: date-time */
      set_at: string;
    };
    Schedule: {
      workflow_id: string;
      enabled: boolean;
      published_version: number | null;
      schedules: {
        node_id: string;
        cron: string | null;
        every_ms: number | null;
        timezone: string;
        /** @enum {string} */
        catch_up: 'skip' | 'one' | 'all';
        /** @enum {string} */
        overlap: 'allow' | 'skip' | 'queue' | 'cancel_previous';
        set_by: string;
        /** Format: date-time */
        set_at: string;
        next: string[];
        last_skipped: {
          /** Format: date-time */
          first_due_at: string;
          /** Format: date-time */
          last_due_at: string;
          count: number;
          /** @enum {string} */
          reason: 'missed' | 'overlap' | 'refused';
          code: string | null;
        } | null;
      }[];
    };
    EventTriggers: {
      workflow_id: string;
      published_version: number | null;
      triggers: {
        node_id: string;
        workflow_ids: string[] | null;
        outcomes: ('completed' | 'failed' | 'cancelled')[];
        expression: string | null;
        set_by: string;
        /** Format: date-time */
        set_at: string;
        last_skipped: {
          execution_id: string;
          code: string;
          /** Format: date-time */
          skipped_at: string;
        } | null;
      }[];
    };
    FileAccepted: {
      execution_id: string;
      workflow_id: string;
      /** @constant */
      status: 'pending';
      /** Format: date-time */
      created_at: string;
      file: {
        name: string;
        type: string;
        size: number;
        sha256: string;
      };
    };
    /** @enum {string} */
    ExecutionStatus: 'pending' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled';
    /** @enum {string} */
    NodeStatus:
      | 'pending'
      | 'running'
      | 'completed'
      | 'failed'
      | 'skipped'
      | 'cancelled'
      | 'in_doubt'
      | 'held'
      | 'awaiting_approval'
      | 'awaiting_signal'
      | 'awaiting_child';
    /** @enum {string} */
    TriggerType: 'manual' | 'scheduled' | 'webhook' | 'event' | 'file' | 'sub_workflow';
    Execution: {
      id: string;
      workspace_id: string;
      workflow_id: string;
      workflow_name: string;
      workflow_version: number;
      user_id: string;
      status: components['schemas']['ExecutionStatus'];
      waiting_reason:
        | (
            | 'paused'
            | 'scheduled'
            | 'debounce'
            | 'singleton'
            | 'concurrency'
            | 'rate'
            | 'in_doubt'
            | 'held'
            | 'approval'
            | 'signal'
            | 'child'
            | 'timer'
          )
        | null;
      compensation: ('under_way' | 'complete' | 'incomplete') | null;
      started_at: string | null;
      completed_at: string | null;
      duration_ms: number | null;
      duration_seconds: number | null;
      trigger_type: components['schemas']['TriggerType'];
      business_key: string | null;
      tags: string[];
      labels: {
        [key: string]: string;
      };
      parent_execution_id: string | null;
      rerun_of: string | null;
      trigger_data: unknown;
      input_data: unknown;
      output_data: unknown;
      context: unknown;
      total_nodes: number;
      completed_nodes: number;
      failed_nodes: number;
      progress_percentage: number;
      error_message: string | null;
      error_details: {
        [key: string]: unknown;
      };
      retry_count: number;
      max_retries: number;
      priority: number;
      scheduled_at: string | null;
      celery_task_id: null;
      erased: boolean;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
    };
    ExecutionDetail: {
      id: string;
      workspace_id: string;
      workflow_id: string;
      workflow_name: string;
      workflow_version: number;
      user_id: string;
      status: components['schemas']['ExecutionStatus'];
      waiting_reason:
        | (
            | 'paused'
            | 'scheduled'
            | 'debounce'
            | 'singleton'
            | 'concurrency'
            | 'rate'
            | 'in_doubt'
            | 'held'
            | 'approval'
            | 'signal'
            | 'child'
            | 'timer'
          )
        | null;
      compensation: ('under_way' | 'complete' | 'incomplete') | null;
      started_at: string | null;
      completed_at: string | null;
      duration_ms: number | null;
      duration_seconds: number | null;
      trigger_type: components['schemas']['TriggerType'];
      business_key: string | null;
      tags: string[];
      labels: {
        [key: string]: string;
      };
      parent_execution_id: string | null;
      rerun_of: string | null;
      trigger_data: unknown;
      input_data: unknown;
      output_data: unknown;
      context: unknown;
      total_nodes: number;
      completed_nodes: number;
      failed_nodes: number;
      progress_percentage: number;
      error_message: string | null;
      error_details: {
        [key: string]: unknown;
      };
      retry_count: number;
      max_retries: number;
      priority: number;
      scheduled_at: string | null;
      celery_task_id: null;
      erased: boolean;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      node_executions: components['schemas']['NodeExecution'][];
      execution_log: components['schemas']['LogEntry'][];
    };
    NodeExecution: {
      id: string;
      workflow_execution_id: string;
      execution_id: string;
      instance_id: string;
      agent_id: string | null;
      user_id: string;
      node_id: string;
      node_name: string;
      node_type: string;
      node_kind: string;
      status: components['schemas']['NodeStatus'];
      started_at: string | null;
      completed_at: string | null;
      duration_ms: number | null;
      duration_seconds: number | null;
      input_data: unknown;
      output_data: unknown;
      output_handle: string | null;
      agent_response: unknown;
      tokens_used: number | null;
      cost_usd: number | null;
      model_used: string | null;
      simulated: boolean | null;
      tools_called: unknown[];
      tool_results: {
        [key: string]: unknown;
      };
      error_message: string | null;
      error_details: {
        [key: string]: unknown;
      };
      progress: {
        fraction: number | null;
        message: string | null;
        /** Format: date-time */
        reported_at: string;
      } | null;
      attempt: number;
      retry_count: number;
      max_retries: number;
      due_at: string | null;
      callback_path?: string;
      child_execution_id: string | null;
      execution_order: number;
      celery_task_id: null;
      erased: boolean;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
    };
    LogEntry: {
      /** Format: date-time */
      timestamp: string;
      /** @enum {string} */
      level: 'info' | 'warning' | 'error';
      message: string;
      event: string;
      revision: number;
      node_id?: string;
    } & {
      [key: string]: unknown;
    };
    NodeExecutionDetail: {
      id: string;
      workflow_execution_id: string;
      execution_id: string;
      instance_id: string;
      agent_id: string | null;
      user_id: string;
      node_id: string;
      node_name: string;
      node_type: string;
      node_kind: string;
      status: components['schemas']['NodeStatus'];
      started_at: string | null;
      completed_at: string | null;
      duration_ms: number | null;
      duration_seconds: number | null;
      input_data: unknown;
      output_data: unknown;
      output_handle: string | null;
      agent_response: unknown;
      tokens_used: number | null;
      cost_usd: number | null;
      model_used: string | null;
      simulated: boolean | null;
      tools_called: unknown[];
      tool_results: {
        [key: string]: unknown;
      };
      error_message: string | null;
      error_details: {
        [key: string]: unknown;
      };
      progress: {
        fraction: number | null;
        message: string | null;
        /** Format: date-time */
        reported_at: string;
      } | null;
      attempt: number;
      retry_count: number;
      max_retries: number;
      due_at: string | null;
      callback_path?: string;
      child_execution_id: string | null;
      execution_order: number;
      celery_task_id: null;
      erased: boolean;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      execution_log: components['schemas']['LogEntry'][];
      parent_node_ids: string[];
      child_node_ids: string[];
    };
    Fact: {
      eventId: string;
      type: string;
      revision: number;
      position: string;
      hash: string;
      data: unknown;
      metadata: {
        correlationId: string;
        causationId: string;
        commandId: string;
        requestHash?: string;
        actor: {
          /** @enum {string} */
          kind: 'user' | 'system' | 'executor' | 'webhook' | 'schedule' | 'trigger';
          id: string;
        };
        workspaceId: string;
        traceparent?: string;
        schemaVersion: number;
        /** Format: date-time */
        occurredAt: string;
      };
    };
    Facts: {
      execution_id: string;
      items: components['schemas']['Fact'][];
      total: number;
      from: number;
      limit: number;
    };
    Replay: {
      execution_id: string;
      revision: number;
      last_revision: number;
      status: string;
      retry_count: number;
      workflow_id: string;
      workflow_version: number;
      trigger_data: unknown;
      context: unknown;
      nodes: {
        [key: string]: {
          status: string;
          node_id: string;
        } & {
          [key: string]: unknown;
        };
      };
      timers: {
        instance_id: string;
        /** Format: date-time */
        due_at: string;
      }[];
      output: unknown;
      failure: unknown;
      compensation: unknown;
      erased: boolean;
      digest: string;
    };
    SkippedStart: {
      id: string;
      workflow_id: string;
      /** @constant */
      skipped: true;
    };
    SkippedDelivery: {
      execution_id: string;
      workflow_id: string;
      /** @constant */
      status: 'skipped';
    };
    AcceptedExecution: {
      id: string;
      workflow_id: string;
      /** @constant */
      status: 'pending';
      /** Format: date-time */
      created_at: string;
    };
    ActionResult: {
      /** @constant */
      success: true;
      message: string;
      execution_id: string;
      status: components['schemas']['ExecutionStatus'];
    };
    NodeActionResult: {
      /** @constant */
      success: true;
      message: string;
      execution_id: string;
      status: components['schemas']['ExecutionStatus'];
      node_id: string;
    };
    NodeKind: {
      kind: string;
      major: number;
      /**
       * @description own: from the folder that the studio was given
       * @enum {string}
       */
      origin: 'built-in' | 'own';
      /** @enum {string} */
      type: 'agent' | 'trigger' | 'action' | 'logic' | 'integration' | 'mcp';
      title: string;
      description: string;
      /** @enum {string} */
      effect: 'pure' | 'idempotent' | 'unsafe' | 'timer' | 'none' | 'by config';
      outputs: string[];
      config: {
        [key: string]: unknown;
      };
    };
    SocketStats: {
      total_connections: number;
      user_connections: number;
      active_rooms: number;
    };
    SocketRooms: {
      active_rooms: string[];
      total_rooms: number;
    };
    Greeting: {
      message: string;
      version: string;
      docs: string;
    };
    Health: {
      /** @constant */
      status: 'healthy';
      service: string;
    };
    Readiness: {
      /** @enum {string} */
      status: 'ready' | 'unavailable';
      dependencies: {
        /** @enum {string} */
        database?: 'ok' | 'unavailable';
        /** @enum {string} */
        event_log?: 'ok' | 'unavailable';
        /** @enum {string} */
        projections?: 'ok' | 'unavailable';
      };
      /** @constant */
      stopping?: true;
    };
    Webhook: {
      workflow_id: string;
      webhook_id: string;
      /** @enum {string} */
      signature: 'required' | 'none';
      issued_by: string;
      /** Format: date-time */
      issued_at: string;
      published_version: number | null;
    };
    IssuedWebhook: {
      workflow_id: string;
      webhook_id: string;
      /** @enum {string} */
      signature: 'required' | 'none';
      issued_by: string;
      /** Format: date-time */
      issued_at: string;
      published_version: number | null;
      url: string;
      path: string;
      secret: string | null;
    };
    WebhookAccepted: {
      execution_id: string;
      workflow_id: string;
      /** @constant */
      status: 'pending';
      /** Format: date-time */
      created_at: string;
    };
    WebhookResult: {
      execution_id: string;
      workflow_id: string;
      /** @enum {string} */
      status: 'completed' | 'failed' | 'cancelled';
      output: unknown;
      error_code: string | null;
    };
    Stream: {
      stream: string;
      category:
        | (
            | 'user'
            | 'workspace'
            | 'workflow'
            | 'execution'
            | 'mcpServer'
            | 'file'
            | 'credential'
            | 'apiKey'
            | 'budget'
            | 'memory'
          )
        | null;
      revision: number;
      first_position: string;
      last_position: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
    };
    Streams: {
      items: components['schemas']['Stream'][];
      next: string | null;
    };
    LogEvent: {
      eventId: string;
      type: string;
      revision: number;
      position: string;
      hash: string;
      data: unknown;
      metadata: {
        correlationId: string;
        causationId: string;
        commandId: string;
        requestHash?: string;
        actor: {
          /** @enum {string} */
          kind: 'user' | 'system' | 'executor' | 'webhook' | 'schedule' | 'trigger';
          id: string;
        };
        workspaceId: string;
        traceparent?: string;
        schemaVersion: number;
        /** Format: date-time */
        occurredAt: string;
      };
      stream: string;
    };
    StreamEvents: {
      stream: string;
      revision: number;
      items: components['schemas']['LogEvent'][];
      next: number | null;
    };
    LogEvents: {
      items: components['schemas']['LogEvent'][];
      next: string;
      more: boolean;
    };
    Subscriber: {
      subscriber: string;
      process: string | null;
      role: string | null;
      position: string;
      lag_events: number;
      lag_ms: number;
      /** @enum {string} */
      state: 'level' | 'behind' | 'silent' | 'stopped';
      parked_streams: number | null;
      silent_ms: number | null;
    };
    Subscribers: {
      log_end: string;
      items: components['schemas']['Subscriber'][];
    };
    CausalLink: {
      eventId: string;
      type: string;
      stream: string;
      revision: number;
      position: string;
      /** Format: date-time */
      occurred_at: string;
      actor: {
        /** @enum {string} */
        kind: 'user' | 'system' | 'executor' | 'webhook' | 'schedule' | 'trigger';
        id: string;
      };
      caused_by: string;
      distance: number;
    };
    Causality: {
      event: components['schemas']['CausalLink'];
      correlation_id: string;
      origin: string | null;
      causes: components['schemas']['CausalLink'][];
      effects: components['schemas']['CausalLink'][];
      truncated: boolean;
    };
    /** @enum {string} */
    ApprovalStatus: 'pending' | 'granted' | 'rejected' | 'sent_back' | 'expired' | 'withdrawn';
    Approval: {
      id: string;
      execution_id: string;
      workspace_id: string;
      node_id: string;
      instance_id: string;
      title: string | null;
      message: string | null;
      payload: unknown;
      seen_hash: string;
      editable: boolean;
      quorum: number;
      rejection_quorum: number;
      deadline: string | null;
      /** Format: date-time */
      requested_at: string;
      workflow_id: string;
      status: components['schemas']['ApprovalStatus'];
      assignees: (
        | {
            user_id: string;
          }
        | {
            /** @enum {string} */
            role: 'owner' | 'administrator' | 'editor' | 'viewer';
          }
      )[];
      answers: {
        user_id: string;
        /** @enum {string} */
        via: 'session' | 'link';
        /** @enum {string} */
        decision: 'approve' | 'reject' | 'send_back';
        comment: string | null;
        seen_hash: string;
      }[];
      links?: {
        approve: string;
        reject: string;
      };
    };
    PendingApproval: {
      id: string;
      execution_id: string;
      workspace_id: string;
      node_id: string;
      instance_id: string;
      title: string | null;
      message: string | null;
      payload: unknown;
      seen_hash: string;
      editable: boolean;
      quorum: number;
      rejection_quorum: number;
      deadline: string | null;
      /** Format: date-time */
      requested_at: string;
    };
    ApprovalActionResult: {
      /** @constant */
      success: true;
      message: string;
      approval_id: string;
      execution_id: string;
      status: components['schemas']['ApprovalStatus'];
      approvals: number;
      quorum: number;
      rejections: number;
      rejection_quorum: number;
    };
    KeySet: {
      keys: ({
        kty: string;
      } & {
        [key: string]: unknown;
      })[];
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      code: string;
      request_id: string;
    } & {
      [key: string]: unknown;
    };
    ValidationProblem: {
      type: string;
      title: string;
      status: number;
      detail: {
        type: string;
        loc: (string | number)[];
        msg: string;
      }[];
      code: string;
      request_id: string;
    } & {
      [key: string]: unknown;
    };
    RequestOtp: {
      /** Format: email */
      email: string;
      /**
       * @default login
       * @enum {string}
       */
      purpose?: 'login' | 'signup' | 'reset';
    };
    VerifyOtp: {
      /** Format: email */
      email: string;
      code: string;
    };
    RefreshSession: {
      refresh_token: string;
    };
    ChangeProfile: {
      full_name?: string | null;
      avatar_url?: string | null;
    };
    CreateWorkflowRequest: {
      name: string;
      description?: string | null;
      nodes?: {
        id: string;
        type: string;
        title?: string | null;
        position: {
          x: number;
          y: number;
        };
        /** @default {} */
        data?: {
          [key: string]: unknown;
        };
      }[];
      connections?: {
        id?: string | null;
        source: string;
        target: string;
        sourceHandle?: string | null;
        targetHandle?: string | null;
      }[];
      /** @default {} */
      settings?: {
        [key: string]: unknown;
      };
      tags?: string[];
      /** @default false */
      is_public?: boolean;
      workspace_id?: string | null;
    };
    ChangeWorkflowRequest: {
      name?: string | null;
      description?: string | null;
      nodes?:
        | {
            id: string;
            type: string;
            title?: string | null;
            position: {
              x: number;
              y: number;
            };
            /** @default {} */
            data?: {
              [key: string]: unknown;
            };
          }[]
        | null;
      connections?:
        | {
            id?: string | null;
            source: string;
            target: string;
            sourceHandle?: string | null;
            targetHandle?: string | null;
          }[]
        | null;
      settings?: {
        [key: string]: unknown;
      } | null;
      tags?: string[] | null;
      is_public?: boolean | null;
    };
    ChangeWorkflowStatusRequest: {
      /** @enum {string} */
      status: 'draft' | 'published' | 'archived';
    };
    /** @default {} */
    DuplicateWorkflowRequest: {
      name?: string | null;
      /** @default true */
      copy_agents?: boolean;
      workspace_id?: string | null;
    };
    AddAgentRequest: {
      name: string;
      /** @enum {string} */
      type: 'agent' | 'trigger' | 'action' | 'logic' | 'integration' | 'mcp';
      system_prompt?: string | null;
      model?: string | null;
      temperature?: number | null;
      max_tokens?: number | null;
      /** @default [] */
      tools?: unknown[];
      /** @default {} */
      permissions?: {
        [key: string]: unknown;
      };
      /** @default {} */
      memory_config?: {
        [key: string]: unknown;
      };
      sub_agents?: string[];
      /** @default {} */
      metadata?: {
        [key: string]: unknown;
      };
      node_id: string;
    };
    ChangeAgentRequest: {
      name?: string | null;
      type?: ('agent' | 'trigger' | 'action' | 'logic' | 'integration' | 'mcp') | null;
      system_prompt?: string | null;
      model?: string | null;
      temperature?: number | null;
      max_tokens?: number | null;
      tools?: unknown[] | null;
      permissions?: {
        [key: string]: unknown;
      } | null;
      memory_config?: {
        [key: string]: unknown;
      } | null;
      sub_agents?: string[] | null;
      metadata?: {
        [key: string]: unknown;
      } | null;
    };
    StartExecutionRequest: {
      /** Format: uuid */
      workflow_id: string;
      /**
       * @default manual
       * @enum {string}
       */
      trigger_type?: 'manual' | 'scheduled' | 'webhook' | 'event';
      /** @default {} */
      trigger_data?: {
        [key: string]: unknown;
      };
      /** @default {} */
      context?: {
        [key: string]: unknown;
      };
      /** @default 0 */
      priority?: number;
      scheduled_at?: string | null;
      /** @default 3 */
      max_retries?: number;
      business_key?: string | null;
      tags?: string[];
      /** @default {} */
      labels?: {
        [key: string]: string;
      };
      /** @description Start this version; without it the one saved last. */
      version?: number | null;
      /** @description Start the version that this alias means; `published` is the one that triggers use. */
      alias?: string | null;
    };
    StartWorkflowExecutionRequest: {
      /** @default {} */
      input_data?: {
        [key: string]: unknown;
      };
      /** @default {} */
      context?: {
        [key: string]: unknown;
      };
      /** @default 0 */
      priority?: number;
      scheduled_at?: string | null;
      /** @default 3 */
      max_retries?: number;
      business_key?: string | null;
      tags?: string[];
      /** @default {} */
      labels?: {
        [key: string]: string;
      };
      /** @description Start this version; without it the one saved last. */
      version?: number | null;
      /** @description Start the version that this alias means; `published` is the one that triggers use. */
      alias?: string | null;
    };
    ApproveRequest: {
      comment?: string | null;
      seen_hash?: string | null;
      payload?: unknown;
    } | null;
    RejectRequest: {
      comment?: string | null;
      seen_hash?: string | null;
    } | null;
    SendSignalRequest: {
      /** @default null */
      payload?: unknown;
    } | null;
    CancelExecutionRequest: {
      reason?: string | null;
    } | null;
    PauseExecutionRequest: {
      reason?: string | null;
    } | null;
    ResolveNodeRequest:
      | {
          /** @constant */
          action: 'retry';
        }
      | {
          /** @constant */
          action: 'fail';
          message?: string;
        }
      | {
          /** @constant */
          action: 'outcome';
          /** @default null */
          output?: unknown;
        };
    /** @default {} */
    IssueWebhookRequest: {
      /**
       * @default required
       * @enum {string}
       */
      signature?: 'required' | 'none';
    };
    SetAliasRequest: {
      version: number;
    };
    RollBackRequest: {
      version: number;
    };
    ChangeScheduleRequest: {
      enabled: boolean;
    };
  };
  responses: {
    /** @description Not signed in, or no longer. */
    Unauthenticated: {
      headers: {
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'auth.missing_token' | 'auth.invalid_token';
        };
      };
    };
    /** @description Signed in, but not allowed. */
    NotAllowed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'auth.not_allowed';
        };
      };
    };
    /** @description The position is of another store, or none yet. */
    UnknownPosition: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'position.unknown';
        };
      };
    };
    /** @description It was changed since the version of If-Match. */
    Outdated: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'workflow.version_mismatch';
        };
      };
    };
    /** @description The body is too large. */
    TooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.too_large';
        };
      };
    };
    /** @description The body has an encoding that is not read. */
    UnreadableEncoding: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.rejected';
        };
      };
    };
    /** @description Too many requests; `Retry-After` says when to come back. */
    TooManyRequests: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'RateLimit-Limit': components['headers']['RateLimit-Limit'];
        'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
        'RateLimit-Reset': components['headers']['RateLimit-Reset'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'request.rate_limited';
        };
      };
    };
    /** @description The studio failed; `request_id` finds it in its log. */
    Failed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'service.failed';
        };
      };
    };
    /** @description Something that it needs is out of reach; try again. */
    Unavailable: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code?: 'service.unavailable';
        };
      };
    };
  };
  parameters: {
    /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
    'Idempotency-Key': string;
    /** @description The ETag of the version that the change is made to; 412 when there is a newer. */
    'If-Match': string;
    /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
    'Studio-Min-Position': string;
    /** @description Names the delivery: the same again starts nothing anew. */
    'webhook-id': string;
    /** @description When it was signed, in Unix seconds; five minutes off at most. */
    'webhook-timestamp': string;
    /** @description `v1,` and the base64 of the HMAC-SHA256 over id, timestamp and body with full stops between them, as Standard Webhooks has it. */
    'webhook-signature': string;
  };
  requestBodies: never;
  headers: {
    /** @description Where the write stands in the log, `<store>:<number>`. */
    'Studio-Position': string;
    /** @description `true` when the rows may not know yet what this session wrote. */
    'Studio-Stale': 'true';
    /** @description The workflow's version, in quotes. */
    ETag: string;
    /** @description The path of what was made. */
    Location: string;
    /** @description Seconds after which another try makes sense. */
    'Retry-After': number;
    /** @description Requests in the window. */
    'RateLimit-Limit': number;
    /** @description Requests left in it. */
    'RateLimit-Remaining': number;
    /** @description Seconds until it begins anew. */
    'RateLimit-Reset': number;
    /** @description `Bearer`. */
    'WWW-Authenticate': string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  requestCode: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.org"
         *     }
         */
        'application/json': components['schemas']['RequestOtp'];
      };
    };
    responses: {
      /** @description The code was sent. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "OTP sent to email",
           *       "expires_in": 300
           *     }
           */
          'application/json': components['schemas']['CodeSent'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'mail.failed' | 'request.rejected';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      /** @description Too many requests; `Retry-After` says when to come back. */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'auth.rate_limited';
          };
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  signIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.org",
         *       "code": "123456"
         *     }
         */
        'application/json': components['schemas']['VerifyOtp'];
      };
    };
    responses: {
      /** @description The new tokens. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "access_token": "eyJhbGciOiJFZERTQSJ9.claims.signature",
           *       "refresh_token": "the-refresh-token-of-an-answer",
           *       "token_type": "bearer",
           *       "expires_in": 900,
           *       "user": {
           *         "id": "0197f3a0-0000-7000-8000-000000000001",
           *         "email": "ada@example.org",
           *         "full_name": "Ada Lovelace",
           *         "avatar_url": null,
           *         "is_active": true,
           *         "is_verified": true,
           *         "is_administrator": false,
           *         "email_verified_at": "2026-01-02T03:04:05.678Z",
           *         "last_login_at": "2026-01-02T03:04:05.678Z",
           *         "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *         "created_at": "2026-01-02T03:04:05.678Z",
           *         "updated_at": "2026-01-02T03:04:05.678Z"
           *       }
           *     }
           */
          'application/json': components['schemas']['TokenPair'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      /** @description Not signed in, or no longer. */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'auth.invalid_code' | 'auth.expired_code' | 'auth.inactive_user';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      /** @description Too many requests; `Retry-After` says when to come back. */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'auth.rate_limited';
          };
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  refreshSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "refresh_token": "the-refresh-token-of-an-answer"
         *     }
         */
        'application/json': components['schemas']['RefreshSession'];
      };
    };
    responses: {
      /** @description The new tokens. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "access_token": "eyJhbGciOiJFZERTQSJ9.claims.signature",
           *       "refresh_token": "the-refresh-token-of-an-answer",
           *       "token_type": "bearer",
           *       "expires_in": 900,
           *       "user": {
           *         "id": "0197f3a0-0000-7000-8000-000000000001",
           *         "email": "ada@example.org",
           *         "full_name": "Ada Lovelace",
           *         "avatar_url": null,
           *         "is_active": true,
           *         "is_verified": true,
           *         "is_administrator": false,
           *         "email_verified_at": "2026-01-02T03:04:05.678Z",
           *         "last_login_at": "2026-01-02T03:04:05.678Z",
           *         "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *         "created_at": "2026-01-02T03:04:05.678Z",
           *         "updated_at": "2026-01-02T03:04:05.678Z"
           *       }
           *     }
           */
          'application/json': components['schemas']['TokenPair'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      /** @description Not signed in, or no longer. */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'auth.invalid_refresh_token' | 'auth.inactive_user';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  signOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session has ended. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The signed-in person. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000001",
           *       "email": "ada@example.org",
           *       "full_name": "Ada Lovelace",
           *       "avatar_url": null,
           *       "is_active": true,
           *       "is_verified": true,
           *       "is_administrator": false,
           *       "email_verified_at": "2026-01-02T03:04:05.678Z",
           *       "last_login_at": "2026-01-02T03:04:05.678Z",
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Not signed in, or no longer. */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'auth.inactive_user' | 'auth.missing_token' | 'auth.invalid_token';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  changeMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "full_name": "Ada Lovelace"
         *     }
         */
        'application/json': components['schemas']['ChangeProfile'];
      };
    };
    responses: {
      /** @description The signed-in person. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000001",
           *       "email": "ada@example.org",
           *       "full_name": "Ada Lovelace",
           *       "avatar_url": null,
           *       "is_active": true,
           *       "is_verified": true,
           *       "is_administrator": false,
           *       "email_verified_at": "2026-01-02T03:04:05.678Z",
           *       "last_login_at": "2026-01-02T03:04:05.678Z",
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': components['schemas']['User'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      /** @description Not signed in, or no longer. */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'auth.inactive_user' | 'auth.missing_token' | 'auth.invalid_token';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listWorkflows: {
    parameters: {
      query?: {
        /** @description How many items at most. */
        limit?: number;
        /** @description How many items to pass over. */
        offset?: number;
        /** @description Part of the name or the description, in any case. */
        query?: string;
        status?: 'draft' | 'published' | 'archived';
        /** @description Any of these tags; may be repeated. */
        tags?: string[];
        is_public?: boolean;
      };
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          'Studio-Stale': components['headers']['Studio-Stale'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "0197f3a0-0000-7000-8000-000000000003",
           *           "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *           "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *           "name": "Greeting",
           *           "description": "Says hello",
           *           "status": "draft",
           *           "nodes": [
           *             {
           *               "id": "begin",
           *               "type": "trigger",
           *               "title": "Begin",
           *               "position": {
           *                 "x": 0,
           *                 "y": 0
           *               },
           *               "data": {
           *                 "kind": "manual-trigger",
           *                 "config": {}
           *               }
           *             },
           *             {
           *               "id": "greet",
           *               "type": "logic",
           *               "title": "Greet",
           *               "position": {
           *                 "x": 240,
           *                 "y": 0
           *               },
           *               "data": {
           *                 "kind": "transform",
           *                 "config": {
           *                   "expression": "\"Hello, \" & trigger.name"
           *                 }
           *               }
           *             }
           *           ],
           *           "connections": [
           *             {
           *               "source": "begin",
           *               "target": "greet"
           *             }
           *           ],
           *           "settings": {},
           *           "tags": [
           *             "first steps"
           *           ],
           *           "is_public": false,
           *           "version": 1,
           *           "parent_workflow_id": null,
           *           "created_at": "2026-01-02T03:04:05.678Z",
           *           "updated_at": "2026-01-02T03:04:05.678Z"
           *         }
           *       ],
           *       "total": 1,
           *       "limit": 10,
           *       "offset": 0
           *     }
           */
          'application/json': {
            items: components['schemas']['Workflow'][];
            total: number;
            limit: number;
            offset: number;
            /** @constant */
            total_is_estimate?: true;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  createWorkflow: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Greeting",
         *       "description": "Says hello",
         *       "nodes": [
         *         {
         *           "id": "begin",
         *           "type": "trigger",
         *           "title": "Begin",
         *           "position": {
         *             "x": 0,
         *             "y": 0
         *           },
         *           "data": {
         *             "kind": "manual-trigger",
         *             "config": {}
         *           }
         *         },
         *         {
         *           "id": "greet",
         *           "type": "logic",
         *           "title": "Greet",
         *           "position": {
         *             "x": 240,
         *             "y": 0
         *           },
         *           "data": {
         *             "kind": "transform",
         *             "config": {
         *               "expression": "\"Hello, \" & trigger.name"
         *             }
         *           }
         *         }
         *       ],
         *       "connections": [
         *         {
         *           "source": "begin",
         *           "target": "greet"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['CreateWorkflowRequest'];
      };
    };
    responses: {
      /** @description The workflow as it was saved, a draft. */
      201: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          ETag: components['headers']['ETag'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "name": "Greeting",
           *       "description": "Says hello",
           *       "status": "draft",
           *       "nodes": [
           *         {
           *           "id": "begin",
           *           "type": "trigger",
           *           "title": "Begin",
           *           "position": {
           *             "x": 0,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "manual-trigger",
           *             "config": {}
           *           }
           *         },
           *         {
           *           "id": "greet",
           *           "type": "logic",
           *           "title": "Greet",
           *           "position": {
           *             "x": 240,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "transform",
           *             "config": {
           *               "expression": "\"Hello, \" & trigger.name"
           *             }
           *           }
           *         }
           *       ],
           *       "connections": [
           *         {
           *           "source": "begin",
           *           "target": "greet"
           *         }
           *       ],
           *       "settings": {},
           *       "tags": [
           *         "first steps"
           *       ],
           *       "is_public": false,
           *       "version": 1,
           *       "parent_workflow_id": null,
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z",
           *       "warnings": []
           *     }
           */
          'application/json': components['schemas']['SavedWorkflow'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.invalid_structure' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workspace.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getWorkflow: {
    parameters: {
      query?: never;
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The workflow. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "name": "Greeting",
           *       "description": "Says hello",
           *       "status": "draft",
           *       "nodes": [
           *         {
           *           "id": "begin",
           *           "type": "trigger",
           *           "title": "Begin",
           *           "position": {
           *             "x": 0,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "manual-trigger",
           *             "config": {}
           *           }
           *         },
           *         {
           *           "id": "greet",
           *           "type": "logic",
           *           "title": "Greet",
           *           "position": {
           *             "x": 240,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "transform",
           *             "config": {
           *               "expression": "\"Hello, \" & trigger.name"
           *             }
           *           }
           *         }
           *       ],
           *       "connections": [
           *         {
           *           "source": "begin",
           *           "target": "greet"
           *         }
           *       ],
           *       "settings": {},
           *       "tags": [
           *         "first steps"
           *       ],
           *       "is_public": false,
           *       "version": 1,
           *       "parent_workflow_id": null,
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': components['schemas']['Workflow'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  changeWorkflow: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the version that the change is made to; 412 when there is a newer. */
        'If-Match'?: components['parameters']['If-Match'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Greeting, kindly"
         *     }
         */
        'application/json': components['schemas']['ChangeWorkflowRequest'];
      };
    };
    responses: {
      /** @description The workflow as it stands now. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "name": "Greeting",
           *       "description": "Says hello",
           *       "status": "draft",
           *       "nodes": [
           *         {
           *           "id": "begin",
           *           "type": "trigger",
           *           "title": "Begin",
           *           "position": {
           *             "x": 0,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "manual-trigger",
           *             "config": {}
           *           }
           *         },
           *         {
           *           "id": "greet",
           *           "type": "logic",
           *           "title": "Greet",
           *           "position": {
           *             "x": 240,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "transform",
           *             "config": {
           *               "expression": "\"Hello, \" & trigger.name"
           *             }
           *           }
           *         }
           *       ],
           *       "connections": [
           *         {
           *           "source": "begin",
           *           "target": "greet"
           *         }
           *       ],
           *       "settings": {},
           *       "tags": [
           *         "first steps"
           *       ],
           *       "is_public": false,
           *       "version": 1,
           *       "parent_workflow_id": null,
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z",
           *       "warnings": []
           *     }
           */
          'application/json': components['schemas']['SavedWorkflow'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.invalid_structure' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      412: components['responses']['Outdated'];
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  deleteWorkflow: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.halted';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listVersions: {
    parameters: {
      query?: {
        /** @description How many items at most. */
        limit?: number;
        /** @description How many items to pass over. */
        offset?: number;
      };
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The versions. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example [
           *       {
           *         "id": "0197f3a0-0000-7000-8000-000000000003",
           *         "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *         "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *         "name": "Greeting",
           *         "description": "Says hello",
           *         "status": "draft",
           *         "nodes": [
           *           {
           *             "id": "begin",
           *             "type": "trigger",
           *             "title": "Begin",
           *             "position": {
           *               "x": 0,
           *               "y": 0
           *             },
           *             "data": {
           *               "kind": "manual-trigger",
           *               "config": {}
           *             }
           *           },
           *           {
           *             "id": "greet",
           *             "type": "logic",
           *             "title": "Greet",
           *             "position": {
           *               "x": 240,
           *               "y": 0
           *             },
           *             "data": {
           *               "kind": "transform",
           *               "config": {
           *                 "expression": "\"Hello, \" & trigger.name"
           *               }
           *             }
           *           }
           *         ],
           *         "connections": [
           *           {
           *             "source": "begin",
           *             "target": "greet"
           *           }
           *         ],
           *         "settings": {},
           *         "tags": [
           *           "first steps"
           *         ],
           *         "is_public": false,
           *         "version": 1,
           *         "parent_workflow_id": null,
           *         "created_at": "2026-01-02T03:04:05.678Z",
           *         "updated_at": "2026-01-02T03:04:05.678Z"
           *       }
           *     ]
           */
          'application/json': components['schemas']['Workflow'][];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getVersion: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
        /** @example 1 */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The version. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "name": "Greeting",
           *       "description": "Says hello",
           *       "status": "draft",
           *       "nodes": [
           *         {
           *           "id": "begin",
           *           "type": "trigger",
           *           "title": "Begin",
           *           "position": {
           *             "x": 0,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "manual-trigger",
           *             "config": {}
           *           }
           *         },
           *         {
           *           "id": "greet",
           *           "type": "logic",
           *           "title": "Greet",
           *           "position": {
           *             "x": 240,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "transform",
           *             "config": {
           *               "expression": "\"Hello, \" & trigger.name"
           *             }
           *           }
           *         }
           *       ],
           *       "connections": [
           *         {
           *           "source": "begin",
           *           "target": "greet"
           *         }
           *       ],
           *       "settings": {},
           *       "tags": [
           *         "first steps"
           *       ],
           *       "is_public": false,
           *       "version": 1,
           *       "parent_workflow_id": null,
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': components['schemas']['Workflow'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'workflow.version_not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  validateWorkflow: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was found. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "is_valid": true,
           *       "errors": [],
           *       "warnings": []
           *     }
           */
          'application/json': components['schemas']['WorkflowFindings'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  changeWorkflowStatus: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "status": "published"
         *     }
         */
        'application/json': components['schemas']['ChangeWorkflowStatusRequest'];
      };
    };
    responses: {
      /** @description The workflow as it stands now. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "name": "Greeting",
           *       "description": "Says hello",
           *       "status": "draft",
           *       "nodes": [
           *         {
           *           "id": "begin",
           *           "type": "trigger",
           *           "title": "Begin",
           *           "position": {
           *             "x": 0,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "manual-trigger",
           *             "config": {}
           *           }
           *         },
           *         {
           *           "id": "greet",
           *           "type": "logic",
           *           "title": "Greet",
           *           "position": {
           *             "x": 240,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "transform",
           *             "config": {
           *               "expression": "\"Hello, \" & trigger.name"
           *             }
           *           }
           *         }
           *       ],
           *       "connections": [
           *         {
           *           "source": "begin",
           *           "target": "greet"
           *         }
           *       ],
           *       "settings": {},
           *       "tags": [
           *         "first steps"
           *       ],
           *       "is_public": false,
           *       "version": 1,
           *       "parent_workflow_id": null,
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z",
           *       "warnings": []
           *     }
           */
          'application/json': components['schemas']['SavedWorkflow'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              'workflow.unknown_kind' | 'schedule.invalid' | 'trigger.invalid' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'append.conflict';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  duplicateWorkflow: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "name": "Greeting, second try"
         *     }
         */
        'application/json': components['schemas']['DuplicateWorkflowRequest'];
      };
    };
    responses: {
      /** @description The copy. */
      201: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          ETag: components['headers']['ETag'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "name": "Greeting",
           *       "description": "Says hello",
           *       "status": "draft",
           *       "nodes": [
           *         {
           *           "id": "begin",
           *           "type": "trigger",
           *           "title": "Begin",
           *           "position": {
           *             "x": 0,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "manual-trigger",
           *             "config": {}
           *           }
           *         },
           *         {
           *           "id": "greet",
           *           "type": "logic",
           *           "title": "Greet",
           *           "position": {
           *             "x": 240,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "transform",
           *             "config": {
           *               "expression": "\"Hello, \" & trigger.name"
           *             }
           *           }
           *         }
           *       ],
           *       "connections": [
           *         {
           *           "source": "begin",
           *           "target": "greet"
           *         }
           *       ],
           *       "settings": {},
           *       "tags": [
           *         "first steps"
           *       ],
           *       "is_public": false,
           *       "version": 1,
           *       "parent_workflow_id": null,
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z",
           *       "warnings": []
           *     }
           */
          'application/json': components['schemas']['SavedWorkflow'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'workspace.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  rollBackWorkflow: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the version that the change is made to; 412 when there is a newer. */
        'If-Match'?: components['parameters']['If-Match'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "version": 1
         *     }
         */
        'application/json': components['schemas']['RollBackRequest'];
      };
    };
    responses: {
      /** @description The workflow as it stands now. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "name": "Greeting",
           *       "description": "Says hello",
           *       "status": "draft",
           *       "nodes": [
           *         {
           *           "id": "begin",
           *           "type": "trigger",
           *           "title": "Begin",
           *           "position": {
           *             "x": 0,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "manual-trigger",
           *             "config": {}
           *           }
           *         },
           *         {
           *           "id": "greet",
           *           "type": "logic",
           *           "title": "Greet",
           *           "position": {
           *             "x": 240,
           *             "y": 0
           *           },
           *           "data": {
           *             "kind": "transform",
           *             "config": {
           *               "expression": "\"Hello, \" & trigger.name"
           *             }
           *           }
           *         }
           *       ],
           *       "connections": [
           *         {
           *           "source": "begin",
           *           "target": "greet"
           *         }
           *       ],
           *       "settings": {},
           *       "tags": [
           *         "first steps"
           *       ],
           *       "is_public": false,
           *       "version": 3,
           *       "parent_workflow_id": null,
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z",
           *       "warnings": []
           *     }
           */
          'application/json': components['schemas']['SavedWorkflow'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'workflow.version_not_found';
          };
        };
      };
      412: components['responses']['Outdated'];
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listAliases: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description By name. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example [
           *       {
           *         "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *         "alias": "stable",
           *         "version": 1,
           *         "set_by": "0197f3a0-0000-7000-8000-000000000001",
           *         "set_at": "2026-01-02T03:04:05.678Z"
           *       }
           *     ]
           */
          'application/json': components['schemas']['Alias'][];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  setAlias: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
        /** @example stable */
        alias: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "version": 1
         *     }
         */
        'application/json': components['schemas']['SetAliasRequest'];
      };
    };
    responses: {
      /** @description It stands for it. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "alias": "stable",
           *       "version": 1,
           *       "set_by": "0197f3a0-0000-7000-8000-000000000001",
           *       "set_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': components['schemas']['Alias'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.too_many_aliases' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'workflow.version_not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  removeAlias: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
        /** @example stable */
        alias: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'workflow.alias_not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  migrateRuns: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "to_version": 2,
         *       "dry_run": true
         *     }
         */
        'application/json': {
          to_version: number;
          from_versions?: number[];
          execution_ids?: string[];
          /** @default {} */
          node_map?: {
            [key: string]: string | null;
          };
          /** @default true */
          dry_run?: boolean;
          /** @default 100 */
          limit?: number;
          /** Format: uuid */
          after?: string;
        };
      };
    };
    responses: {
      /** @description What becomes of each run. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "dry_run": true,
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "to_version": 2,
           *       "runs": [
           *         {
           *           "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *           "from_version": 1,
           *           "outcome": "refused",
           *           "obstacles": [
           *             {
           *               "code": "node.gone",
           *               "node_id": "greet",
           *               "message": "'greet' has begun, and nothing stands for it in the new version"
           *             }
           *           ]
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': {
            dry_run: boolean;
            workflow_id: string;
            to_version: number;
            runs: {
              execution_id: string;
              from_version: number | null;
              /** @enum {string} */
              outcome: 'migratable' | 'migrated' | 'already' | 'refused';
              obstacles: {
                /** @enum {string} */
                code:
                  | 'run.not_found'
                  | 'run.ended'
                  | 'run.ending'
                  | 'run.erased'
                  | 'run.other_version'
                  | 'run.busy'
                  | 'run.limits_changed'
                  | 'run.deadline_changed'
                  | 'map.unknown_node'
                  | 'map.unknown_target'
                  | 'map.not_one_to_one'
                  | 'node.not_mapped'
                  | 'node.gone'
                  | 'node.renamed'
                  | 'node.kind_changed'
                  | 'node.settings_changed'
                  | 'node.undo_changed'
                  | 'node.inputs_changed'
                  | 'node.outputs_changed'
                  | 'node.region_changed'
                  | 'region.body_changed';
                node_id: string | null;
                message: string;
              }[];
            }[];
            next: string | null;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.validation_failed' | 'workflow.unknown_kind' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'workflow.version_not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Its schedules. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "enabled": true,
           *       "published_version": 2,
           *       "schedules": [
           *         {
           *           "node_id": "begin",
           *           "cron": "30 9 * * 1-5",
           *           "every_ms": null,
           *           "timezone": "Europe/Berlin",
           *           "catch_up": "one",
           *           "overlap": "skip",
           *           "set_by": "0197f3a0-0000-7000-8000-000000000001",
           *           "set_at": "2026-01-02T03:04:05.678Z",
           *           "next": [
           *             "2026-01-05T08:30:00.000Z",
           *             "2026-01-06T08:30:00.000Z"
           *           ],
           *           "last_skipped": null
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['Schedule'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  changeSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "enabled": false
         *     }
         */
        'application/json': components['schemas']['ChangeScheduleRequest'];
      };
    };
    responses: {
      /** @description As they stand now. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "enabled": false,
           *       "published_version": 2,
           *       "schedules": []
           *     }
           */
          'application/json': components['schemas']['Schedule'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'schedule.invalid' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getEventTriggers: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Its event triggers. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "published_version": 2,
           *       "triggers": [
           *         {
           *           "node_id": "begin",
           *           "workflow_ids": null,
           *           "outcomes": [
           *             "failed"
           *           ],
           *           "expression": "'nightly' in trigger.tags",
           *           "set_by": "0197f3a0-0000-7000-8000-000000000001",
           *           "set_at": "2026-01-02T03:04:05.678Z",
           *           "last_skipped": {
           *             "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *             "code": "run.too_deep",
           *             "skipped_at": "2026-01-03T03:04:05.678Z"
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['EventTriggers'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  uploadFile: {
    parameters: {
      query?: {
        /** @description Its name, where the body is the file itself */
        name?: string;
      };
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
        /** @example begin */
        node_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "ticket": 42
         *     }
         */
        'application/json': unknown;
        'application/octet-stream': string;
        'multipart/form-data': {
          /** Format: binary */
          file: string;
        };
      };
    };
    responses: {
      /** @description The run was accepted, or skipped for one that is open. */
      202: {
        headers: {
          Location: components['headers']['Location'];
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "status": "pending",
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "file": {
           *         "name": "orders.csv",
           *         "type": "text/csv",
           *         "size": 5,
           *         "sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
           *       }
           *     }
           */
          'application/json':
            components['schemas']['FileAccepted'] | components['schemas']['SkippedDelivery'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'trigger.invalid'
              | 'workflow.validation_failed'
              | 'workflow.unknown_kind'
              | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'trigger.not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'workflow.not_published'
              | 'workflow.halted'
              | 'workspace.halted'
              | 'execution.place_taken';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?:
              | 'request.idempotency_key_reused'
              | 'file.type_not_taken'
              | 'request.invalid'
              | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getWorkflowHalt: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The switch. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "scope": "workflow",
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "halted": false,
           *       "runs": null,
           *       "reason": null,
           *       "halted_by": null,
           *       "halted_at": null
           *     }
           */
          'application/json': {
            /** @enum {string} */
            scope: 'workflow' | 'workspace';
            id: string;
            halted: boolean;
            runs: ('pause' | 'cancel') | null;
            reason: string | null;
            halted_by: string | null;
            halted_at: string | null;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  haltWorkflow: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "runs": "pause",
         *       "reason": "It writes to the wrong customers"
         *     }
         */
        'application/json': {
          /**
           * @default pause
           * @enum {string}
           */
          runs?: 'pause' | 'cancel';
          reason?: string | null;
        } | null;
      };
    };
    responses: {
      /** @description It is on. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "scope": "workflow",
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "halted": true,
           *       "runs": "pause",
           *       "reason": "It writes to the wrong customers",
           *       "halted_by": "0197f3a0-0000-7000-8000-000000000001",
           *       "halted_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': {
            /** @enum {string} */
            scope: 'workflow' | 'workspace';
            id: string;
            halted: boolean;
            runs: ('pause' | 'cancel') | null;
            reason: string | null;
            halted_by: string | null;
            halted_at: string | null;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  releaseWorkflow: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is off. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "scope": "workflow",
           *       "id": "0197f3a0-0000-7000-8000-000000000003",
           *       "halted": false,
           *       "runs": null,
           *       "reason": null,
           *       "halted_by": null,
           *       "halted_at": null
           *     }
           */
          'application/json': {
            /** @enum {string} */
            scope: 'workflow' | 'workspace';
            id: string;
            halted: boolean;
            runs: ('pause' | 'cancel') | null;
            reason: string | null;
            halted_by: string | null;
            halted_at: string | null;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getWorkspaceHalt: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000002 */
        workspace_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The switch. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "scope": "workspace",
           *       "id": "0197f3a0-0000-7000-8000-000000000002",
           *       "halted": false,
           *       "runs": null,
           *       "reason": null,
           *       "halted_by": null,
           *       "halted_at": null
           *     }
           */
          'application/json': {
            /** @enum {string} */
            scope: 'workflow' | 'workspace';
            id: string;
            halted: boolean;
            runs: ('pause' | 'cancel') | null;
            reason: string | null;
            halted_by: string | null;
            halted_at: string | null;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workspace.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  haltWorkspace: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000002 */
        workspace_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "runs": "pause",
         *       "reason": "It writes to the wrong customers"
         *     }
         */
        'application/json': {
          /**
           * @default pause
           * @enum {string}
           */
          runs?: 'pause' | 'cancel';
          reason?: string | null;
        } | null;
      };
    };
    responses: {
      /** @description It is on. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "scope": "workspace",
           *       "id": "0197f3a0-0000-7000-8000-000000000002",
           *       "halted": true,
           *       "runs": "pause",
           *       "reason": "It writes to the wrong customers",
           *       "halted_by": "0197f3a0-0000-7000-8000-000000000001",
           *       "halted_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': {
            /** @enum {string} */
            scope: 'workflow' | 'workspace';
            id: string;
            halted: boolean;
            runs: ('pause' | 'cancel') | null;
            reason: string | null;
            halted_by: string | null;
            halted_at: string | null;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workspace.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  releaseWorkspace: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000002 */
        workspace_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is off. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "scope": "workspace",
           *       "id": "0197f3a0-0000-7000-8000-000000000002",
           *       "halted": false,
           *       "runs": null,
           *       "reason": null,
           *       "halted_by": null,
           *       "halted_at": null
           *     }
           */
          'application/json': {
            /** @enum {string} */
            scope: 'workflow' | 'workspace';
            id: string;
            halted: boolean;
            runs: ('pause' | 'cancel') | null;
            reason: string | null;
            halted_by: string | null;
            halted_at: string | null;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workspace.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listAgents: {
    parameters: {
      query?: {
        /** @description How many items at most. */
        limit?: number;
        /** @description How many items to pass over. */
        offset?: number;
        workflow_id?: string;
        agent_type?: 'agent' | 'trigger' | 'action' | 'logic' | 'integration' | 'mcp';
      };
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          'Studio-Stale': components['headers']['Studio-Stale'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "0197f3a0-0000-7000-8000-000000000004",
           *           "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *           "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *           "node_id": "greet",
           *           "name": "Summariser",
           *           "type": "agent",
           *           "system_prompt": "You sum up in one sentence.",
           *           "model": null,
           *           "temperature": 0.2,
           *           "max_tokens": 500,
           *           "tools": [],
           *           "permissions": {},
           *           "memory_config": {},
           *           "sub_agents": [],
           *           "metadata": {},
           *           "created_at": "2026-01-02T03:04:05.678Z",
           *           "updated_at": "2026-01-02T03:04:05.678Z"
           *         }
           *       ],
           *       "total": 1,
           *       "limit": 100,
           *       "offset": 0
           *     }
           */
          'application/json': {
            items: components['schemas']['Agent'][];
            total: number;
            limit: number;
            offset: number;
            /** @constant */
            total_is_estimate?: true;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  addAgent: {
    parameters: {
      query: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Summariser",
         *       "type": "agent",
         *       "node_id": "greet",
         *       "system_prompt": "You sum up in one sentence.",
         *       "temperature": 0.2,
         *       "max_tokens": 500
         *     }
         */
        'application/json': components['schemas']['AddAgentRequest'];
      };
    };
    responses: {
      /** @description The agent. */
      201: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000004",
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "node_id": "greet",
           *       "name": "Summariser",
           *       "type": "agent",
           *       "system_prompt": "You sum up in one sentence.",
           *       "model": null,
           *       "temperature": 0.2,
           *       "max_tokens": 500,
           *       "tools": [],
           *       "permissions": {},
           *       "memory_config": {},
           *       "sub_agents": [],
           *       "metadata": {},
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': components['schemas']['Agent'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'agent.invalid' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getAgent: {
    parameters: {
      query?: never;
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000004 */
        agent_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The agent. */
      200: {
        headers: {
          'Studio-Stale': components['headers']['Studio-Stale'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000004",
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "node_id": "greet",
           *       "name": "Summariser",
           *       "type": "agent",
           *       "system_prompt": "You sum up in one sentence.",
           *       "model": null,
           *       "temperature": 0.2,
           *       "max_tokens": 500,
           *       "tools": [],
           *       "permissions": {},
           *       "memory_config": {},
           *       "sub_agents": [],
           *       "metadata": {},
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': components['schemas']['Agent'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'agent.not_found';
          };
        };
      };
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  changeAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000004 */
        agent_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "temperature": 0.7
         *     }
         */
        'application/json': components['schemas']['ChangeAgentRequest'];
      };
    };
    responses: {
      /** @description The agent as it is now. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0197f3a0-0000-7000-8000-000000000004",
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *       "node_id": "greet",
           *       "name": "Summariser",
           *       "type": "agent",
           *       "system_prompt": "You sum up in one sentence.",
           *       "model": null,
           *       "temperature": 0.2,
           *       "max_tokens": 500,
           *       "tools": [],
           *       "permissions": {},
           *       "memory_config": {},
           *       "sub_agents": [],
           *       "metadata": {},
           *       "created_at": "2026-01-02T03:04:05.678Z",
           *       "updated_at": "2026-01-02T03:04:05.678Z"
           *     }
           */
          'application/json': components['schemas']['Agent'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'agent.invalid' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'agent.not_found' | 'workflow.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  removeAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000004 */
        agent_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'agent.not_found' | 'workflow.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  testAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000004 */
        agent_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "input_data": {
         *         "text": "A long story about a short circuit."
         *       }
         *     }
         */
        'application/json': {
          /** @default {} */
          input_data?: {
            [key: string]: unknown;
          };
          context?: {
            [key: string]: unknown;
          } | null;
        } | null;
      };
    };
    responses: {
      /** @description What it answered, or why it did not. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "output": {
           *         "response": "Too short."
           *       },
           *       "execution_time_ms": 912,
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005"
           *     }
           */
          'application/json': {
            success: boolean;
            output?: unknown;
            error?: string;
            execution_time_ms: number;
            execution_id: string;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'agent.not_found' | 'workflow.not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.halted' | 'workspace.halted';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listWorkflowAgents: {
    parameters: {
      query?: never;
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The agents. */
      200: {
        headers: {
          'Studio-Stale': components['headers']['Studio-Stale'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example [
           *       {
           *         "id": "0197f3a0-0000-7000-8000-000000000004",
           *         "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *         "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *         "node_id": "greet",
           *         "name": "Summariser",
           *         "type": "agent",
           *         "system_prompt": "You sum up in one sentence.",
           *         "model": null,
           *         "temperature": 0.2,
           *         "max_tokens": 500,
           *         "tools": [],
           *         "permissions": {},
           *         "memory_config": {},
           *         "sub_agents": [],
           *         "metadata": {},
           *         "created_at": "2026-01-02T03:04:05.678Z",
           *         "updated_at": "2026-01-02T03:04:05.678Z"
           *       }
           *     ]
           */
          'application/json': components['schemas']['Agent'][];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  addAgents: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example [
         *       {
         *         "name": "Summariser",
         *         "type": "agent",
         *         "node_id": "greet",
         *         "system_prompt": "You sum up in one sentence.",
         *         "temperature": 0.2,
         *         "max_tokens": 500
         *       },
         *       {
         *         "name": "Critic",
         *         "type": "agent",
         *         "node_id": "greet",
         *         "system_prompt": "You sum up in one sentence.",
         *         "temperature": 0.2,
         *         "max_tokens": 500
         *       }
         *     ]
         */
        'application/json': components['schemas']['AddAgentRequest'][];
      };
    };
    responses: {
      /** @description The agents. */
      201: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example [
           *       {
           *         "id": "0197f3a0-0000-7000-8000-000000000004",
           *         "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *         "user_id": "0197f3a0-0000-7000-8000-000000000001",
           *         "node_id": "greet",
           *         "name": "Summariser",
           *         "type": "agent",
           *         "system_prompt": "You sum up in one sentence.",
           *         "model": null,
           *         "temperature": 0.2,
           *         "max_tokens": 500,
           *         "tools": [],
           *         "permissions": {},
           *         "memory_config": {},
           *         "sub_agents": [],
           *         "metadata": {},
           *         "created_at": "2026-01-02T03:04:05.678Z",
           *         "updated_at": "2026-01-02T03:04:05.678Z"
           *       }
           *     ]
           */
          'application/json': components['schemas']['Agent'][];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'agent.invalid' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listExecutions: {
    parameters: {
      query?: {
        /** @description Exactly this one. */
        business_key?: string;
        /** @description May be repeated: runs that have each of them. */
        tag?: string[];
        /** @description As `key:value`; may be repeated: runs that have each of them. */
        label?: string[];
        /** @description How many items at most. */
        limit?: number;
        /** @description How many items to pass over. */
        offset?: number;
        workflow_id?: string;
        /** @description Not checked against the known ones: an unknown status has no runs. */
        status?: string;
      };
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          'Studio-Stale': components['headers']['Studio-Stale'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Execution'][];
            total: number;
            limit: number;
            offset: number;
            /** @constant */
            total_is_estimate?: true;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  startExecution: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
         *       "trigger_data": {
         *         "name": "Ada"
         *       },
         *       "business_key": "order-17",
         *       "tags": [
         *         "urgent"
         *       ],
         *       "labels": {
         *         "customer": "acme"
         *       }
         *     }
         */
        'application/json': components['schemas']['StartExecutionRequest'];
      };
    };
    responses: {
      /** @description Skipped: this run is still open. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SkippedStart'];
        };
      };
      /** @description The run was accepted. */
      202: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedExecution'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.validation_failed' | 'workflow.unknown_kind' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'workflow.version_not_found' | 'workflow.alias_not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'workflow.not_published'
              | 'workflow.halted'
              | 'workspace.halted'
              | 'execution.place_taken';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  startWorkflowExecution: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "input_data": {
         *         "name": "Ada"
         *       }
         *     }
         */
        'application/json': components['schemas']['StartWorkflowExecutionRequest'];
      };
    };
    responses: {
      /** @description Skipped: this run is still open. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SkippedStart'];
        };
      };
      /** @description The run before its first step. */
      201: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Execution'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.validation_failed' | 'workflow.unknown_kind' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'workflow.version_not_found' | 'workflow.alias_not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'workflow.not_published'
              | 'workflow.halted'
              | 'workspace.halted'
              | 'execution.place_taken';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listDeadLetters: {
    parameters: {
      query?: {
        /** @description How many items at most. */
        limit?: number;
        /** @description How many items to pass over. */
        offset?: number;
        /** @description Exactly this one. */
        business_key?: string;
        /** @description May be repeated: runs that have each of them. */
        tag?: string[];
        /** @description As `key:value`; may be repeated: runs that have each of them. */
        label?: string[];
        workflow_id?: string;
        reason?: 'failed' | 'not_compensated' | 'held' | 'in_doubt';
        /** @description What it failed with. */
        code?: string;
        /** @description Waiting since then or later. */
        from?: string;
        /** @description Waiting since before then. */
        to?: string;
      };
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          'Studio-Stale': components['headers']['Studio-Stale'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              execution_id: string;
              workflow_id: string;
              workflow_name: string;
              workflow_version: number;
              business_key: string | null;
              tags: string[];
              labels: {
                [key: string]: string;
              };
              /** @enum {string} */
              reason: 'failed' | 'not_compensated' | 'held' | 'in_doubt';
              code: string;
              message: string | null;
              node_id: string | null;
              instance_id: string | null;
              attempts: number;
              retry_count: number;
              max_retries: number;
              /** Format: date-time */
              at: string;
            }[];
            total: number;
            limit: number;
            offset: number;
            /** @constant */
            total_is_estimate?: true;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  redriveExecutions: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "code": "http.status",
         *       "from": "2026-01-02T00:00:00.000Z",
         *       "dry_run": true
         *     }
         */
        'application/json': {
          /** Format: uuid */
          workflow_id?: string;
          code?: string;
          from?: string;
          to?: string;
          business_key?: string | null;
          tags?: string[];
          /** @default {} */
          labels?: {
            [key: string]: string;
          };
          /** @default 100 */
          limit?: number;
          /** @default false */
          dry_run?: boolean;
        };
      };
    };
    responses: {
      /** @description What goes on, and what does not. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "dry_run": true,
           *       "redriven": [
           *         {
           *           "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *           "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *           "code": "http.status",
           *           "retry": 1
           *         }
           *       ],
           *       "skipped": [],
           *       "more": false
           *     }
           */
          'application/json': {
            dry_run: boolean;
            redriven: {
              execution_id: string;
              workflow_id: string;
              code: string;
              retry: number;
            }[];
            skipped: {
              execution_id: string;
              workflow_id: string;
              code: string;
              why: {
                /** @enum {string} */
                code:
                  | 'append.conflict'
                  | 'append.empty'
                  | 'append.too_large'
                  | 'append.outcome_unknown'
                  | 'log.corrupt'
                  | 'log.unavailable'
                  | 'stream.not_found'
                  | 'event.not_found'
                  | 'position.unknown'
                  | 'position.malformed'
                  | 'request.invalid'
                  | 'request.too_large'
                  | 'request.malformed_json'
                  | 'request.idempotency_key_reused'
                  | 'request.route_unknown'
                  | 'request.method_not_allowed'
                  | 'request.origin_not_allowed'
                  | 'request.rejected'
                  | 'request.rate_limited'
                  | 'auth.missing_token'
                  | 'auth.invalid_token'
                  | 'auth.invalid_code'
                  | 'auth.expired_code'
                  | 'auth.invalid_refresh_token'
                  | 'auth.inactive_user'
                  | 'auth.rate_limited'
                  | 'auth.not_allowed'
                  | 'mail.failed'
                  | 'workspace.not_found'
                  | 'workspace.halted'
                  | 'workflow.not_found'
                  | 'workflow.invalid_structure'
                  | 'workflow.validation_failed'
                  | 'workflow.unknown_kind'
                  | 'workflow.version_mismatch'
                  | 'workflow.version_not_found'
                  | 'workflow.alias_not_found'
                  | 'workflow.too_many_aliases'
                  | 'workflow.not_published'
                  | 'workflow.halted'
                  | 'schedule.invalid'
                  | 'trigger.invalid'
                  | 'trigger.not_found'
                  | 'file.type_not_taken'
                  | 'webhook.not_found'
                  | 'webhook.signature_invalid'
                  | 'webhook.timestamp_out_of_window'
                  | 'webhook.not_published'
                  | 'webhook.no_trigger'
                  | 'webhook.rate_limited'
                  | 'agent.not_found'
                  | 'agent.invalid'
                  | 'execution.malformed_id'
                  | 'execution.not_found'
                  | 'execution.not_cancellable'
                  | 'execution.not_pausable'
                  | 'execution.not_resumable'
                  | 'execution.halted'
                  | 'execution.not_retryable'
                  | 'execution.not_migratable'
                  | 'execution.not_rerunnable'
                  | 'execution.not_rewindable'
                  | 'execution.already_redriven'
                  | 'execution.not_ended'
                  | 'execution.erased'
                  | 'execution.place_taken'
                  | 'execution.revision_unknown'
                  | 'node.not_found'
                  | 'node.not_in_doubt'
                  | 'node.not_skippable'
                  | 'node.not_rewindable'
                  | 'node.handle_unknown'
                  | 'node.outcome_unknown'
                  | 'node.failed_by_person'
                  | 'node.timeout'
                  | 'node.heartbeat_timeout'
                  | 'run.deadline_exceeded'
                  | 'signal.run_ended'
                  | 'signal.too_many'
                  | 'callback.not_found'
                  | 'callback.used'
                  | 'callback.expired'
                  | 'callback.rate_limited'
                  | 'approval.not_found'
                  | 'approval.not_assigned'
                  | 'approval.answered'
                  | 'approval.not_pending'
                  | 'approval.not_editable'
                  | 'approval.changed'
                  | 'approval.expired'
                  | 'approval.link_used'
                  | 'approval.link_over'
                  | 'loop.not_a_list'
                  | 'loop.too_many_iterations'
                  | 'loop.bound_reached'
                  | 'expression.invalid'
                  | 'child.failed'
                  | 'child.cancelled'
                  | 'child.erased'
                  | 'run.too_deep'
                  | 'expression.failed'
                  | 'expression.timeout'
                  | 'expression.too_deep'
                  | 'expression.result_too_large'
                  | 'kind.config_invalid'
                  | 'kind.outside_declaration'
                  | 'http.failed'
                  | 'http.status'
                  | 'http.timeout'
                  | 'model.failed'
                  | 'model.overloaded'
                  | 'effect.lease_lost'
                  | 'effect.cancelled'
                  | 'config.invalid'
                  | 'service.unavailable'
                  | 'service.failed'
                  | 'database.unsuitable';
                message: string;
              };
            }[];
            more: boolean;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getExecution: {
    parameters: {
      query?: never;
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExecutionDetail'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listNodes: {
    parameters: {
      query?: never;
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The nodes. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NodeExecution'][];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getNode: {
    parameters: {
      query?: never;
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
        /** @example 0197f3a0-0000-7000-8000-000000000006 */
        node_execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The node. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NodeExecutionDetail'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found' | 'node.not_found';
          };
        };
      };
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getLog: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One line for each thing told. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogEntry'][];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listFacts: {
    parameters: {
      query?: {
        /** @description The revision to begin with. */
        from?: number;
        /** @description How many facts at most. */
        limit?: number;
      };
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Facts in their order. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Facts'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  replayExecution: {
    parameters: {
      query?: {
        /** @description The revision to fold up to; without it the last. */
        at?: number;
      };
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How the run stood then. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Replay'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found' | 'execution.revision_unknown';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  cancelExecution: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "reason": "No longer needed"
         *     }
         */
        'application/json': components['schemas']['CancelExecutionRequest'];
      };
    };
    responses: {
      /** @description It is cancelled, or is about to be. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Execution cancelled successfully",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "cancelled"
           *     }
           */
          'application/json': components['schemas']['ActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'execution.not_cancellable' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  pauseExecution: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "reason": "The other side is under repair"
         *     }
         */
        'application/json': components['schemas']['PauseExecutionRequest'];
      };
    };
    responses: {
      /** @description It stands still. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Execution paused successfully",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "paused"
           *     }
           */
          'application/json': components['schemas']['ActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'execution.not_pausable' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  resumeExecution: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It goes on. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Execution resumed successfully",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "running"
           *     }
           */
          'application/json': components['schemas']['ActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'execution.not_resumable' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.halted' | 'workflow.halted' | 'workspace.halted';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  retryExecution: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It goes on. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Execution retry initiated",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "pending"
           *     }
           */
          'application/json': components['schemas']['ActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'execution.malformed_id'
              | 'execution.not_retryable'
              | 'execution.erased'
              | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.halted' | 'workspace.halted';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  rerunExecution: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Skipped: this run is still open. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SkippedStart'];
        };
      };
      /** @description The run was accepted. */
      202: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedExecution'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'execution.malformed_id'
              | 'execution.not_ended'
              | 'execution.erased'
              | 'execution.not_rerunnable'
              | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found' | 'workflow.not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.halted' | 'workspace.halted' | 'execution.place_taken';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  rewindExecution: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "node_id": "greet",
         *       "reason": "The wrong name"
         *     }
         */
        'application/json': {
          node_id: string;
          reason?: string | null;
        };
      };
    };
    responses: {
      /** @description It goes on from there. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Execution sent back",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "running",
           *       "node_id": "greet"
           *     }
           */
          'application/json': components['schemas']['NodeActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'execution.malformed_id'
              | 'execution.not_rewindable'
              | 'execution.erased'
              | 'execution.not_retryable'
              | 'node.not_rewindable'
              | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found' | 'node.not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.halted' | 'workspace.halted';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  resolveNode: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
        /** @example greet */
        node_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "action": "outcome",
         *       "output": {
         *         "sent": true
         *       }
         *     }
         */
        'application/json': components['schemas']['ResolveNodeRequest'];
      };
    };
    responses: {
      /** @description It is settled. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Node resolved successfully",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "running",
           *       "node_id": "greet"
           *     }
           */
          'application/json': components['schemas']['NodeActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'node.not_in_doubt' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found' | 'node.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  skipNode: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
        /** @example greet */
        node_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "output": {
         *         "sent": false
         *       },
         *       "reason": "The other side is gone"
         *     }
         */
        'application/json': {
          output?: unknown;
          /** @default output */
          handle?: string;
          reason?: string | null;
        } | null;
      };
    };
    responses: {
      /** @description The run goes on. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Node skipped successfully",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "running",
           *       "node_id": "greet"
           *     }
           */
          'application/json': components['schemas']['NodeActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'execution.malformed_id'
              | 'node.not_skippable'
              | 'node.handle_unknown'
              | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found' | 'node.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  forgetExecution: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is erased. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Execution data erased",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "completed"
           *     }
           */
          'application/json': components['schemas']['ActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.malformed_id' | 'execution.not_ended' | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  sendSignal: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005 */
        execution_id: string;
        /** @example paid */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "payload": {
         *         "amount": 12
         *       }
         *     }
         */
        'application/json': components['schemas']['SendSignalRequest'];
      };
    };
    responses: {
      /** @description It is on record. */
      202: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Signal received",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "signal_id": "0197f3a0-0000-7000-8000-000000000008"
           *     }
           */
          'application/json': components['schemas']['SignalResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'execution.malformed_id'
              | 'signal.run_ended'
              | 'signal.too_many'
              | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'execution.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  answerCallback: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example the-token-of-a-callback */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "approved": true
         *     }
         */
        'application/json': unknown;
      };
    };
    responses: {
      /** @description The run goes on with it. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Answer received"
           *     }
           */
          'application/json': components['schemas']['CallbackResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'signal.too_many' | 'request.rejected';
          };
        };
      };
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'callback.not_found';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'callback.used' | 'callback.expired';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      /** @description Too many requests; `Retry-After` says when to come back. */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'callback.rate_limited';
          };
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listApprovals: {
    parameters: {
      query?: {
        /** @description How many items at most. */
        limit?: number;
        /** @description How many items to pass over. */
        offset?: number;
      };
      header?: {
        /** @description A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there. */
        'Studio-Min-Position'?: components['parameters']['Studio-Min-Position'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          'Studio-Stale': components['headers']['Studio-Stale'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['PendingApproval'][];
            total: number;
            limit: number;
            offset: number;
            /** @constant */
            total_is_estimate?: true;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'position.malformed';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getApproval: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005.2 */
        approval_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The approval. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Approval'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  approve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005.2 */
        approval_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "comment": "Fine with me"
         *     }
         */
        'application/json': components['schemas']['ApproveRequest'];
      };
    };
    responses: {
      /** @description The answer is on record. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Answer recorded",
           *       "approval_id": "0197f3a0-0000-7000-8000-000000000005.2",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "granted",
           *       "approvals": 1,
           *       "quorum": 1,
           *       "rejections": 0,
           *       "rejection_quorum": 1
           *     }
           */
          'application/json': components['schemas']['ApprovalActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'approval.answered'
              | 'approval.not_pending'
              | 'approval.changed'
              | 'approval.not_editable'
              | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description Signed in, but not allowed. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_assigned';
          };
        };
      };
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  reject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005.2 */
        approval_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "comment": "Too expensive"
         *     }
         */
        'application/json': components['schemas']['RejectRequest'];
      };
    };
    responses: {
      /** @description The answer is on record. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Answer recorded",
           *       "approval_id": "0197f3a0-0000-7000-8000-000000000005.2",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "rejected",
           *       "approvals": 0,
           *       "quorum": 1,
           *       "rejections": 1,
           *       "rejection_quorum": 1
           *     }
           */
          'application/json': components['schemas']['ApprovalActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'approval.answered'
              | 'approval.not_pending'
              | 'approval.changed'
              | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description Signed in, but not allowed. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_assigned';
          };
        };
      };
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  sendBack: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000005.2 */
        approval_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "node_id": "draft",
         *       "comment": "The wrong price"
         *     }
         */
        'application/json': {
          comment?: string | null;
          seen_hash?: string | null;
          node_id: string;
        };
      };
    };
    responses: {
      /** @description The answer is on record. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Answer recorded",
           *       "approval_id": "0197f3a0-0000-7000-8000-000000000005.2",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "sent_back",
           *       "approvals": 0,
           *       "quorum": 1,
           *       "rejections": 0,
           *       "rejection_quorum": 1
           *     }
           */
          'application/json': components['schemas']['ApprovalActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'approval.answered'
              | 'approval.not_pending'
              | 'approval.changed'
              | 'execution.not_rewindable'
              | 'node.not_rewindable'
              | 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description Signed in, but not allowed. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_assigned';
          };
        };
      };
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_found' | 'node.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getApprovalLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example the-token-of-an-approval-link */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_found';
          };
        };
      };
      /** @description The position is of another store, or none yet. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.link_used' | 'approval.link_over';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  answerByLink: {
    parameters: {
      query?: {
        seen?: string;
      };
      header?: never;
      path: {
        /** @example the-token-of-an-approval-link */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer is on record. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Answer recorded",
           *       "approval_id": "0197f3a0-0000-7000-8000-000000000005.2",
           *       "execution_id": "0197f3a0-0000-7000-8000-000000000005",
           *       "status": "granted",
           *       "approvals": 1,
           *       "quorum": 1,
           *       "rejections": 0,
           *       "rejection_quorum": 1
           *     }
           */
          'application/json': components['schemas']['ApprovalActionResult'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'approval.answered'
              | 'approval.not_pending'
              | 'approval.changed'
              | 'request.rejected';
          };
        };
      };
      /** @description Signed in, but not allowed. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_assigned';
          };
        };
      };
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.not_found';
          };
        };
      };
      /** @description The position is of another store, or none yet. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'approval.link_used' | 'approval.link_over';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "webhook_id": "0197f3a0-0000-7000-8000-000000000007",
           *       "signature": "none",
           *       "issued_by": "0197f3a0-0000-7000-8000-000000000001",
           *       "issued_at": "2026-01-02T03:04:05.678Z",
           *       "published_version": 1
           *     }
           */
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'webhook.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  issueWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "signature": "none"
         *     }
         */
        'application/json': components['schemas']['IssueWebhookRequest'];
      };
    };
    responses: {
      /** @description The webhook. */
      201: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "workflow_id": "0197f3a0-0000-7000-8000-000000000003",
           *       "webhook_id": "0197f3a0-0000-7000-8000-000000000007",
           *       "signature": "none",
           *       "issued_by": "0197f3a0-0000-7000-8000-000000000001",
           *       "issued_at": "2026-01-02T03:04:05.678Z",
           *       "published_version": 1,
           *       "url": "http://127.0.0.1:8000/api/v1/webhooks/the-token-of-a-webhook",
           *       "path": "/api/v1/webhooks/the-token-of-a-webhook",
           *       "secret": null
           *     }
           */
          'application/json': components['schemas']['IssuedWebhook'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  disableWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000003 */
        workflow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Its URL is unknown now. */
      204: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.not_found' | 'webhook.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  deliverByGet: {
    parameters: {
      query?: {
        /** @description Seconds to wait for the result, where the trigger gives one. Any other member of the query goes to the run. */
        wait?: number;
      };
      header?: {
        /** @description Names the delivery: the same again starts nothing anew. */
        'webhook-id'?: components['parameters']['webhook-id'];
        /** @description When it was signed, in Unix seconds; five minutes off at most. */
        'webhook-timestamp'?: components['parameters']['webhook-timestamp'];
        /** @description `v1,` and the base64 of the HMAC-SHA256 over id, timestamp and body with full stops between them, as Standard Webhooks has it. */
        'webhook-signature'?: components['parameters']['webhook-signature'];
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path: {
        /** @example the-token-of-a-webhook */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run has ended. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookResult'];
        };
      };
      /** @description The run was accepted, or skipped for one that is open. */
      202: {
        headers: {
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json':
            components['schemas']['WebhookAccepted'] | components['schemas']['SkippedDelivery'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.validation_failed' | 'workflow.unknown_kind' | 'request.rejected';
          };
        };
      };
      /** @description Not signed in, or no longer. */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'webhook.signature_invalid' | 'webhook.timestamp_out_of_window';
          };
        };
      };
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'webhook.not_found';
          };
        };
      };
      /** @description Refused. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.method_not_allowed';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'webhook.not_published'
              | 'webhook.no_trigger'
              | 'workflow.halted'
              | 'workspace.halted'
              | 'execution.place_taken';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid';
          };
        };
      };
      /** @description Too many requests; `Retry-After` says when to come back. */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'webhook.rate_limited';
          };
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  deliver: {
    parameters: {
      query?: {
        /** @description Seconds to wait for the result, where the trigger gives one. Any other member of the query goes to the run. */
        wait?: number;
      };
      header?: {
        /** @description Names the delivery: the same again starts nothing anew. */
        'webhook-id'?: components['parameters']['webhook-id'];
        /** @description When it was signed, in Unix seconds; five minutes off at most. */
        'webhook-timestamp'?: components['parameters']['webhook-timestamp'];
        /** @description `v1,` and the base64 of the HMAC-SHA256 over id, timestamp and body with full stops between them, as Standard Webhooks has it. */
        'webhook-signature'?: components['parameters']['webhook-signature'];
        /** @description Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422. */
        'Idempotency-Key'?: components['parameters']['Idempotency-Key'];
      };
      path: {
        /** @example the-token-of-a-webhook */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "ticket": 42
         *     }
         */
        'application/json': unknown;
      };
    };
    responses: {
      /** @description The run has ended. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookResult'];
        };
      };
      /** @description The run was accepted, or skipped for one that is open. */
      202: {
        headers: {
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json':
            components['schemas']['WebhookAccepted'] | components['schemas']['SkippedDelivery'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workflow.validation_failed' | 'workflow.unknown_kind' | 'request.rejected';
          };
        };
      };
      /** @description Not signed in, or no longer. */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'webhook.signature_invalid' | 'webhook.timestamp_out_of_window';
          };
        };
      };
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'webhook.not_found';
          };
        };
      };
      /** @description Refused. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.method_not_allowed';
          };
        };
      };
      /** @description Somebody else was faster; try again. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?:
              | 'webhook.not_published'
              | 'webhook.no_trigger'
              | 'workflow.halted'
              | 'workspace.halted'
              | 'execution.place_taken';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.idempotency_key_reused' | 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      /** @description Too many requests; `Retry-After` says when to come back. */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'webhook.rate_limited';
          };
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getRetention: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000002 */
        workspace_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description In days; null: for ever. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "run_days": null
           *     }
           */
          'application/json': {
            workspace_id: string;
            run_days: number | null;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workspace.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  changeRetention: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000002 */
        workspace_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "run_days": 365
         *     }
         */
        'application/json': {
          run_days: number | null;
        };
      };
    };
    responses: {
      /** @description As it stands now. */
      200: {
        headers: {
          'Studio-Position': components['headers']['Studio-Position'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "workspace_id": "0197f3a0-0000-7000-8000-000000000002",
           *       "run_days": 365
           *     }
           */
          'application/json': {
            workspace_id: string;
            run_days: number | null;
          };
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'workspace.not_found';
          };
        };
      };
      413: components['responses']['TooLarge'];
      415: components['responses']['UnreadableEncoding'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid' | 'request.malformed_json';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listNodeKinds: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The kinds. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NodeKind'][];
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getSocketStats: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Counts of this process. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "total_connections": 1,
           *       "user_connections": 1,
           *       "active_rooms": 2
           *     }
           */
          'application/json': components['schemas']['SocketStats'];
        };
      };
      401: components['responses']['Unauthenticated'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listSocketRooms: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Their names. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "active_rooms": [
           *         "user:0197f3a0-0000-7000-8000-000000000001"
           *       ],
           *       "total_rooms": 1
           *     }
           */
          'application/json': components['schemas']['SocketRooms'];
        };
      };
      401: components['responses']['Unauthenticated'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listStreams: {
    parameters: {
      query?: {
        category?:
          | 'user'
          | 'workspace'
          | 'workflow'
          | 'execution'
          | 'mcpServer'
          | 'file'
          | 'credential'
          | 'apiKey'
          | 'budget'
          | 'memory';
        /** @description How the names of the streams begin. */
        prefix?: string;
        /** @description The stream behind which to go on. */
        after?: string;
        /** @description Toward the beginning. */
        backwards?: boolean;
        /** @description How many streams at most. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          'Studio-Stale': components['headers']['Studio-Stale'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Streams'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listStreamEvents: {
    parameters: {
      query?: {
        /** @description The revision to begin with; without it the first one, or the last if backwards. */
        from?: number;
        /** @description Toward the beginning. */
        backwards?: boolean;
        /** @description How many events at most. */
        limit?: number;
      };
      header?: never;
      path: {
        /** @example workflow-0197f3a0-0000-7000-8000-000000000003 */
        stream: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StreamEvents'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'stream.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listLogEvents: {
    parameters: {
      query?: {
        /** @description The position behind which to go on, exclusive. */
        after?: string;
        /** @description Toward the beginning. */
        backwards?: boolean;
        category?:
          | 'user'
          | 'workspace'
          | 'workflow'
          | 'execution'
          | 'mcpServer'
          | 'file'
          | 'credential'
          | 'apiKey'
          | 'budget'
          | 'memory';
        /** @description Type of the events, such as `WorkflowFailed`. */
        type?: string;
        /** @description Who caused them: an id, or a kind such as `executor`. */
        actor?: string;
        /** @description What followed from one request. */
        correlation?: string;
        /** @description Not before. */
        from?: string;
        /** @description Not after. */
        to?: string;
        /** @description How many events at most. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogEvents'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      410: components['responses']['UnknownPosition'];
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'position.malformed' | 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getCausality: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0197f3a0-0000-7000-8000-000000000008 */
        event_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Causes and effects. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Causality'];
        };
      };
      /** @description A rule refuses it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'request.rejected';
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      /** @description It does not exist, or not for the caller. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'event.not_found';
          };
        };
      };
      /** @description The request is not valid; `detail` names each mistake. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ValidationProblem'] & {
            /** @enum {string} */
            code?: 'request.invalid';
          };
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listSubscribers: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All of them. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Subscribers'];
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  listExecutors: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All of them. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              owner: string;
              role: string;
              /** @enum {string} */
              state: 'beating' | 'silent';
              shards: number[];
              /** Format: date-time */
              started_at: string;
              /** Format: date-time */
              last_beat_at: string;
              silent_ms: number;
              live_runs: number;
              effects_in_flight: number;
              stuck_runs: {
                execution_id: string;
                revision: number;
                /** Format: date-time */
                named_at: string;
                went_on: boolean;
              }[];
            }[];
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['NotAllowed'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getGreeting: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Name and version. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Greeting'];
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "healthy",
           *       "service": "agent-orchestration-studio"
           *     }
           */
          'application/json': components['schemas']['Health'];
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It can. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ready",
           *       "dependencies": {
           *         "database": "ok",
           *         "event_log": "ok",
           *         "projections": "ok"
           *       }
           *     }
           */
          'application/json': components['schemas']['Readiness'];
        };
      };
      500: components['responses']['Failed'];
      /** @description It cannot, and says why. */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "unavailable",
           *       "dependencies": {
           *         "database": "unavailable",
           *         "event_log": "ok",
           *         "projections": "ok"
           *       }
           *     }
           */
          'application/json': components['schemas']['Readiness'];
        };
      };
    };
  };
  getMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Metrics in their text form. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description Not signed in, or no longer. */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'auth.missing_token';
          };
        };
      };
      403: components['responses']['NotAllowed'];
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getKeySet: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A JSON Web Key Set. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeySet'];
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  getOpenApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OpenAPI 3.1. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            openapi: string;
          } & {
            [key: string]: unknown;
          };
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  showDocs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Swagger UI. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
  showReference: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ReDoc. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      500: components['responses']['Failed'];
      503: components['responses']['Unavailable'];
    };
  };
}
