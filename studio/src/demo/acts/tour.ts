import type { OutsideWorld } from '../outsideWorld.ts';
import type { OwnStudio } from '../ownStudio.ts';
import type { Stage } from '../stage.ts';
import type { Visitor } from '../visitor.ts';

/** What every act has. */
export interface Tour {
  readonly stage: Stage;
  readonly studio: OwnStudio;
  readonly world: OutsideWorld;
  readonly visitor: Visitor;
}
