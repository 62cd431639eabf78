import { setTimeout as sleep } from 'node:timers/promises';

import type { Fact } from '../crash/proof.ts';
import { type Answer, call, type Person, type StudioProcess } from '../fixtures/studio.ts';

const patienceMs = 120_000;

/** Somebody who asks again as long as nobody answers, or with a 503: whoever answers may be dead, or stand still. */
export interface Patient {
  ask(method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
}
export const patient = (desk: StudioProcess, { token }: Person): Patient => ({
  ask: async (method, path, body, key) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const answer = await call(desk.origin(), method, path, { body, headers }).catch(() => null);
      if (answer !== null && answer.status !== 503) return answer;
      if (performance.now() > deadline) throw new Error(`no answer to ${method} ${path}`);
      await sleep(200);
    }
  },
});

/** Starts a run; whoever had no answer asks again under the same key, and hears of the same run. */
export const startSurely = async (
  person: Patient,
  workflowId: string,
  trigger: { readonly n: number; readonly customer: number },
): Promise<string> => {
  const asked = { workflow_id: workflowId, trigger_data: trigger };
  const { status, body } = await person.ask('POST', '/executions', asked, `chaos-${trigger.n}`);
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`);
  return String(body.id);
};

const overCodes = ['approval.answered', 'approval.not_pending'];

/** Answers what is asked of people: every seventh answer is a no. */
export const answerAll = async (person: Patient, answers: { given: number }): Promise<void> => {
  const { status, body } = await person.ask('GET', '/approvals?limit=100');
  if (status !== 200) throw new Error(JSON.stringify(body));
  for (const { id } of body.items as readonly { id: string }[]) {
    const decision = answers.given % 7 === 6 ? 'reject' : 'approve';
    const answer = await person.ask('POST', `/approvals/${id}/${decision}`, {});
    const late = answer.status === 400 && overCodes.includes(answer.body.code); // the list was older
    if (answer.status !== 200 && !late) throw new Error(JSON.stringify(answer.body));
    answers.given += 1;
  }
};

const about = ({ data }: Fact): string => String(data['instanceId']);
const settling = ['NodeStarted', 'NodeCompleted', 'NodeFailed', 'NodeSkipped', 'NodeCancelled'];

/** The instances whose doubt nothing has settled. */
const inDoubt = (facts: readonly Fact[]): readonly string[] => {
  const open = new Set<string>();
  for (const fact of facts)
    if (fact.type === 'NodeInDoubt') open.add(about(fact));
    else if (settling.includes(fact.type)) open.delete(about(fact));
  return [...open];
};

/** Says of each doubt of a run what became of it: every third one failed, the others did take place. */
export const settleDoubts = async (person: Patient, runId: string): Promise<readonly string[]> => {
  const read = await person.ask('GET', `/executions/${runId}/events?limit=1000`);
  if (read.status !== 200) throw new Error(JSON.stringify(read.body));
  const doubted = inDoubt(read.body.items as readonly Fact[]); // as the API lists them
  for (const [index, instance] of doubted.entries()) {
    const word = index % 3 === 2 ? { action: 'fail' } : { action: 'outcome', output: 'checked' };
    const path = `/executions/${runId}/nodes/${encodeURIComponent(instance)}/resolve`;
    const { status, body } = await person.ask('POST', path, word);
    const gone = status === 400 && body.code === 'node.not_in_doubt'; // the first word was heard, its answer was not
    if (status !== 200 && !gone) throw new Error(JSON.stringify(body));
  }
  return doubted;
};
