import { firstMember, nextSibling, numberOfNode } from './json';
import { Conversion } from './rate';

/**
 * What any code of ours takes off these goods at most, in what the shopper pays in; see the definition.
 * @param cells a share and an amount, and the same of a share that the amount bounds; 0 = none
 */
export function mostOfCode(cells: usize, goods: f64, conversion: Conversion): f64 {
  if (cells === 0) return 0;
  const share = firstMember(cells);
  const minor = nextSibling(share);
  const bounded = nextSibling(minor);
  const boundMinor = conversion.nearest(numberOfNode(nextSibling(bounded)));
  const most = Math.max(shareOf(goods, share), conversion.nearest(numberOfNode(minor)));
  return Math.max(most, Math.min(shareOf(goods, bounded), boundMinor));
}

function shareOf(goods: f64, cell: usize): f64 {
  return Math.ceil((goods * numberOfNode(cell)) / 10_000);
}
