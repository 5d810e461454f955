// Eight bytes are looked at at once: one in each, and the highest bit of each.
const ones: u64 = 0x0101010101010101;
const tops: u64 = 0x8080808080808080;

/** The top bit of every byte that is zero; above the first of them bits may be wrong. */
function zeroBytes(bytes: u64): u64 {
  return (bytes - ones) & ~bytes & tops;
}

/** The top bit of every byte that is a quote, a backslash or a control character; above the first bits may be wrong. */
export function specialBytes(bytes: u64): u64 {
  const control = (bytes - ones * 0x20) & ~bytes & tops;
  return zeroBytes(bytes ^ (ones * 0x22)) | zeroBytes(bytes ^ (ones * 0x5c)) | control;
}

/** Whether all are ASCII. */
export function isAscii(bytes: u64): bool {
  return (bytes & tops) === 0;
}
