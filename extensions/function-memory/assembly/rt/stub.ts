/**
 * The memory of one run, given out in one direction and never taken back. Stands in for AssemblyScript's own `rt/stub`
 * (the compiler's `--lib`), whose objects carry 20 bytes for collectors and which asks four times whether there is room.
 * An object has its class and its size in the eight bytes before it, where compiled code looks for them. Sizes are at most
 * 2^30 bytes: whoever allocates checks that.
 */

const header: usize = 8;
const alignment: usize = 7;

@lazy let free: usize = (__heap_base + alignment) & ~alignment;
@lazy let limit: usize = <usize>memory.size() << 16;

/** Makes room up to this address: twice as much as there is, or as much as is needed. */
function grow(end: usize): void {
  const pages = memory.size();
  const missing = <i32>((end - limit + 0xffff) >> 16);
  if (memory.grow(max(pages, missing)) < 0 && memory.grow(missing) < 0) unreachable();
  limit = <usize>memory.size() << 16;
}

/** Memory without a class. None is given out twice, so that it holds zeros. */
@unsafe @global
export function __alloc(size: usize): usize {
  const at = free;
  const end = (at + size + alignment) & ~alignment;
  if (end > limit) grow(end);
  free = end;
  return at;
}

@unsafe @global
export function __new(size: usize, id: u32): usize {
  const at = free;
  const end = (at + size + (header + alignment)) & ~alignment;
  if (end > limit) grow(end);
  free = end;
  store<u32>(at, id);
  store<u32>(at, <u32>size, 4);
  return at + header;
}

/** Another size for an object: the newest grows in its place, others move. */
@unsafe @global
export function __renew(old: usize, size: usize): usize {
  const oldSize = <usize>load<u32>(old - 4);
  if (size > oldSize) {
    if (((old + oldSize + alignment) & ~alignment) !== free) {
      const fresh = __new(size, load<u32>(old - header));
      memory.copy(fresh, old, oldSize);
      return fresh;
    }
    const end = (old + size + alignment) & ~alignment;
    if (end > limit) grow(end);
    free = end;
  }
  store<u32>(old - 4, <u32>size);
  return old;
}

@unsafe @global
export function __link(_parent: usize, _child: usize, _expectMultiple: bool): void {}
