import { roomFor, Text } from '../../bundle-discount/assembly/text';

// The numbers of the definition (`rules.ts` of the domain).
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const markLength: i32 = 4;

function hashOf(hash: u32, text: Text): u32 {
  for (let at = 0; at < text.length; at += 1) hash = (hash ^ (<u32>load<u8>(text.at + at))) * 0x01000193;
  return hash;
}

/** In capital letters, without space around it. */
function normalise(text: Text): Text {
  let from = 0;
  let end = text.length;
  while (from < end && load<u8>(text.at + from) <= 0x20) from += 1;
  while (end > from && load<u8>(text.at + end - 1) <= 0x20) end -= 1;
  const at = roomFor(end - from);
  for (let index = from; index < end; index += 1) {
    const byte = load<u8>(text.at + index);
    store<u8>(at + (index - from), byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte);
  }
  return new Text(at, end - from);
}

/** Whether a bound code is this customer's, whose id is empty for a guest. */
export function isCodeOf(typed: Text, customerId: Text): bool {
  const code = normalise(typed);
  const length = code.length - markLength;
  if (length < 1 || customerId.length === 0) return false;
  let hash = hashOf(0x811c9dc5, new Text(code.at, length));
  hash = hashOf((hash ^ 0x3a) * 0x01000193, customerId);
  const folded = hash ^ (hash >>> 20);
  for (let at = 0; at < markLength; at += 1) {
    const letter = alphabet.charCodeAt((folded >>> (5 * at)) & 31);
    if (<i32>load<u8>(code.at + length + at) !== letter) return false;
  }
  return true;
}
