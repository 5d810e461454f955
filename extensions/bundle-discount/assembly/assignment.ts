import { Text } from './text';
import { characterAt, widthOf } from './utf8';

let hash: u32 = 0;

function mix(unit: i32): void {
  hash = (hash ^ (<u32>unit)) * 0x01000193;
}

function mixText(text: Text): void {
  const end = text.at + text.length;
  for (let at = text.at; at < end; at += widthOf(load<u8>(at))) {
    const code = characterAt(at);
    if (code < 0x10000) mix(code);
    else {
      mix(0xd800 + ((code - 0x10000) >> 10));
      mix(0xdc00 + ((code - 0x10000) & 0x3ff));
    }
  }
}

/** The visitor's place under a salt, 0 to 9999: FNV-1a over UTF-16 units of `salt:visitor`, murmur3's finaliser. */
export function bucketOf(visitor: Text, salt: Text): i32 {
  hash = 0x811c9dc5;
  mixText(salt);
  mix(0x3a);
  mixText(visitor);
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return <i32>((hash ^ (hash >> 16)) % 10_000);
}
