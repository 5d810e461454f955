import { Offer } from '../model';
import { Text } from '../text';
import { readBuildABox } from './build-a-box';
import { readBuyXGetY, readTogetherOffer } from './buy-x-get-y';
import { readCartGoals } from './cart-goals';
import { CellReader } from './cells';
import { readGift } from './gift';
import { readQuantityBreaks } from './quantity-breaks';
import { readFixed, readMixAndMatch } from './sets';

/** An offer of the kind with this number in a configuration; null where a cell is not what the publication wrote. */
export function readOffer(code: f64, id: Text, title: Text, cells: CellReader): Offer | null {
  if (code === 0) return readFixed(id, title, cells);
  if (code === 1) return readMixAndMatch(id, title, cells);
  if (code === 2) return readBuildABox(id, title, cells);
  if (code === 3) return readQuantityBreaks(id, title, cells);
  if (code === 4) return readBuyXGetY(id, title, cells);
  if (code === 5) return readGift(id, title, cells);
  if (code === 6) return readCartGoals(id, title, cells);
  return code === 7 ? readTogetherOffer(id, title, cells) : null;
}
