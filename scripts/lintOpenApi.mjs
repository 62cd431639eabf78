// npm run lint:openapi: judges the document that the product serves by Redocly's rules (redocly.yaml), without the network.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openApiDocument } from '@studio/contracts';

const folder = await mkdtemp(join(tmpdir(), 'studio-openapi-'));
try {
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(openApiDocument({ version: '0' }), null, 2));
  const { status } = spawnSync('redocly', ['lint', '--config', 'redocly.yaml', file], {
    stdio: 'inherit',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  process.exitCode = status ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
