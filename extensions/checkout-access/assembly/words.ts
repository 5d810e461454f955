import { roomFor, Text } from '../../bundle-discount/assembly/text';
import { writeUtf8 } from '../../bundle-discount/assembly/utf8';

/** Two letters as one number. */
function lettersOf(language: Text): i32 {
  return language.length < 2 ? 0 : ((<i32>load<u8>(language.at)) << 8) | (<i32>load<u8>(language.at + 1));
}

/** The sentence with the product's title in the place of `*`. */
function filled(sentence: string, title: Text): Text {
  const at = roomFor(sentence.length * 3 + title.length);
  let end = at;
  for (let index = 0; index < sentence.length; index += 1) {
    const code = sentence.charCodeAt(index);
    if (code !== 0x2a) {
      end = writeUtf8(end, code);
      continue;
    }
    memory.copy(end, title.at, title.length);
    end += title.length;
  }
  store<u8>(end, 0);
  return new Text(at, <i32>(end - at));
}

/** What the shopper reads of a product that is kept for others. @param language ISO 639-1 in capitals, and a region */
export function keptWords(language: Text, title: Text): Text {
  switch (lettersOf(language)) {
    case 0x4445:
      return filled('„*“ ist bestimmten Mitgliedern vorbehalten. Melden Sie sich an oder nehmen Sie es heraus.', title);
    case 0x4652:
      return filled('« * » est réservé à certains membres. Connectez-vous ou retirez-le du panier.', title);
    case 0x4553:
      return filled('«*» está reservado a ciertos miembros. Inicia sesión o quítalo del carrito.', title);
    case 0x4a41:
      return filled('「*」は一部の会員限定です。ログインするか、カートから削除してください。', title);
    default:
      return filled('“*” is kept for certain members. Log in or take it out of your cart.', title);
  }
}
