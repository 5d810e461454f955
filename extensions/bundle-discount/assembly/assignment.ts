import { Text } from './text';
import { characterAt, widthOf } from './utf8';

let hash: u32 = 0;

function mix(unit: i32): void {
  hash = (hash ^ (<u32>unit)) * 0x01000193;
}

function mixCharacter(code: i32): void {
  if (code < 0x10000) mix(code);
  else {
    mix(0xd800 + ((code - 0x10000) >> 10));
    mix(0xdc00 + ((code - 0x10000) & 0x3ff));
  }
}

function mixText(text: Text): void {
  const end = text.at + text.length;
  for (let at = text.at; at < end; at += widthOf(load<u8>(at))) mixCharacter(characterAt(at));
}

/** FNV-1a over UTF-16 units, then murmur3's finaliser. */
function finish(): u32 {
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return hash ^ (hash >> 16);
}

/** By what a code that was typed is known: letters of the alphabet count as capitals. */
export function codeHash(code: Text): u32 {
  hash = 0x811c9dc5;
  const end = code.at + code.length;
  for (let at = code.at; at < end; at += widthOf(load<u8>(at))) {
    const letter = characterAt(at);
    mixCharacter(letter >= 0x61 && letter <= 0x7a ? letter - 0x20 : letter);
  }
  return finish();
}

/** The visitor's place under a salt, 0 to 9999: the hash of `salt:visitor`. */
export function bucketOf(visitor: Text, salt: Text): i32 {
  hash = 0x811c9dc5;
  mixText(salt);
  mix(0x3a);
  mixText(visitor);
  return <i32>(finish() % 10_000);
}
