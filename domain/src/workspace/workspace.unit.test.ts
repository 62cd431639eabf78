import { expect, it } from '@jest/globals';
import type { WorkspaceEvent } from '@studio/contracts';

import { foldBy } from '../decider.ts';
import { specificationFor } from '../testing/specification.ts';
import { mayDo } from './roles.ts';
import { roleOf, workspace } from './workspace.ts';

const given = specificationFor(workspace);
const home = { workspaceId: 'home', ownerId: 'ada', name: 'Personal', personal: true };
const created: WorkspaceEvent = { type: 'WorkspaceCreated', data: home };
const owned: WorkspaceEvent = {
  type: 'MemberAdded',
  data: { workspaceId: 'home', userId: 'ada', role: 'owner' },
};
const grace = { workspaceId: 'home', userId: 'grace', role: 'viewer' } as const;

it('makes its creator the owner', () =>
  given([]).when({ type: 'CreateWorkspace', data: home }).then([created, owned]));
it('is created once', () =>
  given([created, owned]).when({ type: 'CreateWorkspace', data: home }).thenNothing());
it('takes a member in', () =>
  given([created, owned])
    .when({ type: 'AddMember', data: grace })
    .then([{ type: 'MemberAdded', data: grace }]));
it('takes a member in once, whatever the role', () =>
  given([created, owned])
    .when({ type: 'AddMember', data: { ...grace, userId: 'ada' } })
    .thenNothing());
it('takes nobody in before it exists', () =>
  given([]).when({ type: 'AddMember', data: grace }).thenRefused('workspace.not_found'));
const keepFor = (runDays: number | null) =>
  ({ type: 'ChangeRetention', data: { workspaceId: 'home', runDays } }) as const;
const keptFor = (runDays: number | null): WorkspaceEvent => ({
  ...{ type: 'RetentionChanged', data: { workspaceId: 'home', runDays } },
});
it('keeps its runs for ever until someone says how long', () =>
  given([created, owned]).when(keepFor(null)).thenNothing());
it('keeps its runs as long as was said last', () =>
  given([created, owned, keptFor(30)])
    .when(keepFor(7))
    .then([keptFor(7)]));
it('takes the same retention once', () =>
  given([created, owned, keptFor(30)])
    .when(keepFor(30))
    .thenNothing());
it('keeps nothing before it exists', () =>
  given([]).when(keepFor(30)).thenRefused('workspace.not_found'));
it('knows the role of members and of nobody else', () => {
  const state = foldBy(workspace, workspace.initialState(), [created, owned]);
  expect([roleOf(state, 'ada'), roleOf(state, 'grace')]).toEqual(['owner', null]);
});
it('lets viewers look and editors work, and keeps members and erasure to those who answer for it', () => {
  expect(mayDo('viewer', 'view_workflows')).toBe(true);
  expect(mayDo('viewer', 'execute_workflows')).toBe(false);
  expect(mayDo('editor', 'execute_workflows')).toBe(true);
  expect(mayDo('editor', 'erase_runs')).toBe(false);
  expect(mayDo('administrator', 'delete_workspace')).toBe(false);
  expect(mayDo('owner', 'delete_workspace')).toBe(true);
});
