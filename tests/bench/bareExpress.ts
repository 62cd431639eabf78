import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

import { type ExecutionId, executionStream } from '@studio/contracts';
import { createPostgresEventStore, newId } from '@studio/infra';
import { type createHttpApp } from '@studio/infra/http';
import { Pool } from 'pg';

type Express = ReturnType<typeof createHttpApp>;
type Handler = Parameters<Express['use']>[0];
/** The Express that the studio itself has, whatever version that is. */
const express = createRequire(import.meta.resolve('@studio/infra'))('express') as {
  (): Express;
  json(): Handler;
}; // require answers any

/**
 * The least that anybody would do: Express, a pool, the same statements, `response.json`. No sign-in,
 * no checks, no sealing. A process of its own, as the studio is one; its parent tells it where to look.
 */
const { READ_URL = '', APPEND_URL = '', EVENT_BYTES = '1000' } = process.env;

const pool = new Pool({ connectionString: READ_URL, max: 16 });
const app = express();
app.use(express.json());

app.get('/workflows', async (request, response) => {
  const visible = `from read.workflows where (workspace_id = $1 or is_public = true)`;
  const values = [request.query['workspace']];
  const [page, counted] = await Promise.all([
    pool.query(`select * ${visible} order by updated_at desc, id limit 10 offset 0`, values),
    pool.query(
      `select count(*) as found from (select id ${visible} limit 10001) as matching`,
      values,
    ),
  ]);
  response.json({ items: page.rows, total: counted.rows[0], limit: 10, offset: 0 });
});

app.get('/executions/:id', async (request, response) => {
  const { id } = request.params;
  const [run, nodes, facts] = await Promise.all([
    pool.query('select * from read.executions where id = $1', [id]),
    pool.query(
      'select * from read.node_executions where execution_id = $1 order by first_revision, instance_id',
      [id],
    ),
    pool.query(
      `select position, revision, event_id, type, data, metadata, hash from log.events
        where stream = $1 and revision >= 0 order by revision limit 1000`,
      [`execution-${id}`],
    ),
  ]);
  response.json({ ...run.rows[0], nodes: nodes.rows, facts: facts.rows });
});

const store = await createPostgresEventStore({ url: APPEND_URL });
const half = JSON.stringify('d'.repeat(Number(EVENT_BYTES) / 2));
const append = async (): Promise<string> => {
  const id = newId();
  await store.append(executionStream(id as ExecutionId), 'no_stream', [
    { eventId: newId(), type: 'WorkflowStarted', data: half, metadata: half }, // a made-up id, a made-up event
  ]);
  return id;
};
app.post('/appends', async (_request, response) => {
  response.status(202).json({ id: await append() });
});

/** What can be started is what is there: its definition is read first, here by its key and nothing else. */
const definitions = new Pool({ connectionString: APPEND_URL, max: 16 });
app.post('/executions', async (request, response) => {
  const { workflow_id } = request.body as { readonly workflow_id: string }; // the bench sends no other
  const { rows } = await definitions.query('select definition from bare where id = $1', [
    workflow_id,
  ]);
  if (rows.length === 0) response.status(404).json({ detail: 'Workflow not found' });
  else response.status(202).json({ id: await append() });
});

const server = app.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port); // it listens on a port
});
