import { roomFor, Text } from '../../bundle-discount/assembly/text';
import { writeUtf8 } from '../../bundle-discount/assembly/utf8';

/** A text of the program itself, of letters that have one unit in UTF-16. */
function utf8(text: string): Text {
  const at = roomFor(text.length * 3);
  let end = at;
  for (let index = 0; index < text.length; index += 1) end = writeUtf8(end, text.charCodeAt(index));
  return new Text(at, <i32>(end - at));
}

/** Two letters as one number. */
function lettersOf(language: Text): i32 {
  return language.length < 2 ? 0 : ((<i32>load<u8>(language.at)) << 8) | (<i32>load<u8>(language.at + 1));
}

/** What the shopper reads where a code takes less off than it says. @param language ISO 639-1 in capitals, and a region */
export function reducedWords(language: Text): Text {
  switch (lettersOf(language)) {
    case 0x4445:
      return utf8('Verringert: Mehr Rabatt ist auf diese Artikel nicht möglich');
    case 0x4652:
      return utf8('Réduit : ces articles ne permettent pas une remise plus élevée');
    case 0x4553:
      return utf8('Reducido: estos artículos no admiten un descuento mayor');
    case 0x4a41:
      return utf8('一部適用：対象商品にはこれ以上の割引を適用できません');
    default:
      return utf8('Reduced: these items allow no larger discount');
  }
}
