import { sameText, Text } from '../../bundle-discount/assembly/text';

const space: u8 = 0x20;

/** The words of a text. */
function wordsOf(text: Text): Array<Text> {
  const words = new Array<Text>();
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && load<u8>(text.at + at) !== space) continue;
    if (at > from) words.push(new Text(text.at + from, at - from));
    from = at + 1;
  }
  return words;
}

/** Whether who holds these keys may buy what asks for one of those; what asks for none is everybody's. */
export function mayBuy(held: Text, asked: Text): bool {
  const wanted = wordsOf(asked);
  if (wanted.length === 0) return true;
  const own = wordsOf(held);
  for (let at = 0; at < wanted.length; at += 1)
    for (let other = 0; other < own.length; other += 1)
      if (sameText(unchecked(wanted[at]), unchecked(own[other]))) return true;
  return false;
}
