import { lengthOfNode, nextSibling, numberOfNode, textOfNode } from './json';
import { sameText, Text } from './text';
import { numbered, numberOf } from './texts';

/** Cells of a row up to which they are compared one by one. */
const short: i32 = 18;

/** Costs of variants that differ from the common one of their product; long rows are read once, not for every line. */
export class VariantCosts {
  /** by number of a variant: the row that it was last read in, and its cost there */
  private readonly rows: Array<usize> = new Array<usize>();
  private readonly costs: Array<f64> = new Array<f64>();
  private readonly known: Array<usize> = new Array<usize>();

  /** Cost of a variant by the row of its product, of which `common` is the cell of the common cost. */
  costOf(row: usize, common: usize, variant: Text): f64 {
    if (lengthOfNode(row) <= short) return this.search(row, common, variant);
    if (!this.known.includes(row)) this.read(row, common);
    const id = numberOf(variant);
    const last = id >= 0 && id < this.rows.length ? unchecked(this.rows[id]) : 0;
    if (last === 0) return numberOfNode(common);
    // The same variant under two products: whichever was read last is not to be trusted.
    return last === row ? unchecked(this.costs[id]) : this.search(row, common, variant);
  }

  private search(row: usize, common: usize, variant: Text): f64 {
    let cost = numberOfNode(common);
    let cell = common;
    for (let left = lengthOfNode(row) - 2; left > 0; left -= 2) {
      cell = nextSibling(cell);
      const found = sameText(textOfNode(cell), variant);
      cell = nextSibling(cell);
      if (found) cost = numberOfNode(cell);
    }
    return cost;
  }

  private read(row: usize, common: usize): void {
    this.known.push(row);
    let cell = common;
    for (let left = lengthOfNode(row) - 2; left > 0; left -= 2) {
      cell = nextSibling(cell);
      const id = numbered(textOfNode(cell));
      cell = nextSibling(cell);
      while (this.rows.length <= id) {
        this.rows.push(0);
        this.costs.push(0);
      }
      unchecked((this.rows[id] = row));
      unchecked((this.costs[id] = numberOfNode(cell)));
    }
  }
}
