import { BLOCK_MAXSIZE } from './rt/common';

/** Room for so many elements is made at first. */
const fewest: i32 = 4;

/**
 * Lists, in the layout that the compiler knows. Stands in for AssemblyScript's own `array` (see `compile-function.ts`), which
 * asks at every place that is written whether it is inside, `unchecked` or not, clears memory that is clear, and takes
 * memory for lists that stay empty. What the Functions do not use is left out.
 */
export class Array<T> {
  [key: number]: T;

  private buffer: ArrayBuffer | null;
  @unsafe dataStart: usize;
  /** bytes there is room for */
  private byteLength: i32;
  private length_: i32;

  constructor(length: i32 = 0) {
    if (length > 0) {
      if (<u32>length > (<u32>BLOCK_MAXSIZE) >>> alignof<T>()) unreachable();
      const bytes = (<usize>length) << alignof<T>();
      this.dataStart = __alloc(bytes);
      this.byteLength = <i32>bytes;
      this.length_ = length;
    }
  }

  /** Makes room for this many elements, and for twice as many as there was. */
  private grow(length: i32): void {
    if (<u32>length > (<u32>BLOCK_MAXSIZE) >>> (alignof<T>() + 1)) unreachable();
    const before = <usize>this.byteLength;
    const bytes = max(max(<usize>length, fewest) << alignof<T>(), before << 1);
    const fresh = __alloc(bytes);
    if (before > 0) memory.copy(fresh, this.dataStart, before);
    this.dataStart = fresh;
    this.byteLength = <i32>bytes;
  }

  @inline get length(): i32 {
    return this.length_;
  }

  set length(length: i32) {
    if (<u32>length > (<u32>this.byteLength) >>> alignof<T>()) this.grow(length);
    this.length_ = length;
  }

  @inline @operator('[]') private __get(index: i32): T {
    if (<u32>index >= <u32>this.length_) unreachable();
    return load<T>(this.dataStart + ((<usize>index) << alignof<T>()));
  }

  @inline @unsafe @operator('{}') private __uget(index: i32): T {
    return load<T>(this.dataStart + ((<usize>index) << alignof<T>()));
  }

  @inline @operator('[]=') private __set(index: i32, value: T): void {
    if (<u32>index >= <u32>this.length_) unreachable();
    store<T>(this.dataStart + ((<usize>index) << alignof<T>()), value);
  }

  @inline @unsafe @operator('{}=') private __uset(index: i32, value: T): void {
    store<T>(this.dataStart + ((<usize>index) << alignof<T>()), value);
  }

  @inline push(value: T): i32 {
    const at = this.length_;
    if (<u32>((at + 1) << alignof<T>()) > <u32>this.byteLength) this.grow(at + 1);
    store<T>(this.dataStart + ((<usize>at) << alignof<T>()), value);
    this.length_ = at + 1;
    return at + 1;
  }

  /** The last element, which there must be. */
  pop(): T {
    const last = this.length_ - 1;
    this.length_ = last;
    return load<T>(this.dataStart + ((<usize>last) << alignof<T>()));
  }

  indexOf(value: T): i32 {
    const length = this.length_;
    for (let at = 0; at < length; at += 1)
      if (load<T>(this.dataStart + ((<usize>at) << alignof<T>())) == value) return at;
    return -1;
  }

  lastIndexOf(value: T): i32 {
    let at = this.length_ - 1;
    while (at >= 0 && load<T>(this.dataStart + ((<usize>at) << alignof<T>())) != value) at -= 1;
    return at;
  }

  includes(value: T): bool {
    return this.indexOf(value) >= 0;
  }

  /** A copy of the whole list. */
  slice(): Array<T> {
    const copy = new Array<T>(this.length_);
    memory.copy(copy.dataStart, this.dataStart, (<usize>this.length_) << alignof<T>());
    return copy;
  }

  /** Turns the list itself round. */
  reverse(): Array<T> {
    for (let low = 0, high = this.length_ - 1; low < high; low += 1, high -= 1) {
      const first = unchecked(this[low]);
      unchecked((this[low] = unchecked(this[high])));
      unchecked((this[high] = first));
    }
    return this;
  }
}
