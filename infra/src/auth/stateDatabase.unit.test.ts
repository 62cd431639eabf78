import { expect, it } from '@jest/globals';

import { createPool } from '../postgres/pool.ts';
import { createStateDatabase } from './stateDatabase.ts';

it('is unavailable, with a time to come back, while the database is out of reach', async () => {
  // Port 1 of this machine answers nobody.
  const pool = createPool({ url: 'postgresql://127.0.0.1:1/none', applicationName: 'test' });
  const database = createStateDatabase(pool);
  const unavailable = { kind: 'unavailable', code: 'service.unavailable' };
  await expect(database.query('select 1', [])).rejects.toMatchObject(unavailable);
  await expect(database.transaction(async () => 1)).rejects.toMatchObject(unavailable);
  await pool.end();
});
