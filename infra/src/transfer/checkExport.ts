import { createChainCheck } from '../integrity/chainCheck.ts';
import { filesOfEvent } from '../integrity/filesOfEvent.ts';
import {
  createLineHash,
  type ExportedLog,
  type ExportLine,
  exportPath,
  linesOf,
  unsound,
} from './exportFile.ts';

/** Follows the lines of an export; the end says what the lines before it came to. */
const createCheck = () => {
  const chain = createChainCheck(false);
  const hash = createLineHash();
  let storeId = '';
  let files = 0;
  let ended = false;

  const takeEvent = ({ event }: ExportLine & { kind: 'event' }): void => {
    const problem = chain.next(event);
    if (problem !== null) throw unsound(`position ${event.position}: ${problem}`);
    files += filesOfEvent(event).length;
  };

  const total = () => ({ events: chain.events(), streams: chain.streams(), files });

  return {
    take: (line: ExportLine): void => {
      if (ended) throw unsound('something follows its end');
      if (line.kind === 'end') {
        if (line.text !== hash.endLine(total()))
          throw unsound('it does not hold what its end says');
        ended = true;
        return;
      }
      if (line.kind === 'event') takeEvent(line);
      else ({ storeId } = line);
      hash.add(line.text);
    },
    finish: (): ExportedLog => {
      if (!ended) throw unsound('its end is missing');
      return { storeId, ...total() };
    },
  };
};

/** Reads an export once through: every hash, and the end line over all of it. `log.corrupt`. */
export const checkExport = async (folder: string): Promise<ExportedLog> => {
  const check = createCheck();
  for await (const line of linesOf(exportPath(folder))) check.take(line);
  return check.finish();
};
