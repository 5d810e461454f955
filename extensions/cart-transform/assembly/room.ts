import { Operation } from './output';

/** Shopify refuses an output above 20,000 bytes for carts of up to 200 lines; some room is kept. */
const outputBytes: i32 = 19_500;

/** What goes out, and how much more may. */
export class Room {
  readonly operations: Array<Operation> = new Array<Operation>();
  /** the last one that was asked for did not fit */
  isFull: bool = false;
  private bytes: i32 = 20;

  /** Whether there is room for one more operation; asked for each in turn, until there is none. */
  fits(operation: Operation): bool {
    this.bytes += operation.bytes() + 1;
    this.isFull = this.bytes > outputBytes;
    return !this.isFull;
  }
}
