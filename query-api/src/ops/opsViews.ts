import type { CausalityView, CausalLinkView, LogEventView, RecordedEvent } from '@studio/contracts';
import { positionText, veiled } from '@studio/infra';

import { type Causality, type CausalLink } from './causality.ts';

/** An event with its envelope; what is sealed is not shown. */
export const logEventView = (storeId: string, event: RecordedEvent): LogEventView => ({
  ...{ eventId: event.eventId, type: event.type, stream: event.stream, revision: event.revision },
  ...{ position: positionText(storeId, event.position), hash: event.hash },
  ...{ data: veiled(event.data), metadata: event.metadata },
});

const linkView = (storeId: string, { event, distance }: CausalLink): CausalLinkView => ({
  ...{ eventId: event.eventId, type: event.type, stream: event.stream, revision: event.revision },
  ...{ position: positionText(storeId, event.position), distance },
  ...{ occurred_at: event.metadata.occurredAt, actor: event.metadata.actor },
  caused_by: event.metadata.causationId,
});

export const causalityView = (
  storeId: string,
  event: RecordedEvent,
  { causes, effects, origin, truncated }: Causality & { readonly truncated: boolean },
): CausalityView => ({
  event: linkView(storeId, { event, distance: 0 }),
  correlation_id: event.metadata.correlationId,
  origin: truncated ? null : origin,
  causes: causes.map((link) => linkView(storeId, link)),
  effects: effects.map((link) => linkView(storeId, link)),
  truncated,
});
