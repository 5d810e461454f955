/** Product types by the words that give them away; the first that fits wins. */
const types: readonly (readonly [type: string, words: RegExp])[] = [
  ['Christmas', /\b(christmas|xmas|advent|reindeer|snowflake|santa|bauble)\b/],
  ['Bags', /\b(bags?|shopper|tote|rucksack|handbag|purse|wash ?bag)\b/],
  ['Lighting & candles', /\b(candles?|t-?light|lantern|lamp|light|lights|holder|sconce|incense)\b/],
  ['Cups & mugs', /\b(mugs?|cups?|teacup|saucer|beaker)\b/],
  ['Baking & cake', /\b(cake|baking|cakestand|cupcake|cookie|bake)\b/],
  ['Tableware', /\b(plates?|bowls?|dish|tray|cutlery|napkins?|placemats?|coasters?|jug|glass|doiley|teapot|egg)\b/],
  ['Kitchen', /\b(kitchen|oven|apron|recipe|jars?|tins?|bottle|lunch ?box|spice|jam|tea|coffee|pantry)\b/],
  ['Garden', /\b(garden|plant|flower|seed|watering|bird|pots?|planter|herb|picnic)\b/],
  [
    'Cushions & textiles',
    /\b(cushion|blanket|towel|curtain|throw|quilt|rug|doormat|mat|fabric|hot water bottle|hottie)\b/,
  ],
  ['Clocks & signs', /\b(clock|sign|chalkboard|blackboard|plaque|calendar)\b/],
  ['Frames & mirrors', /\b(frame|mirror|photo|picture|canvas)\b/],
  ['Jewellery', /\b(necklace|bracelet|ring|earrings?|brooch|jewellery|bangle|pendant|charm|hair ?(clip|grip|band))\b/],
  [
    'Stationery',
    /\b(cards?|paper|notebook|pencils?|pen|sticker|wrap|envelope|journal|eraser|rubber|stamp|ribbons?|tape|book)\b/,
  ],
  [
    'Toys & games',
    /\b(toy|game|doll|dolly|puzzle|soldier|robot|skipping|spinning|jigsaw|playhouse|circus|teddy|bunny|rabbit)\b/,
  ],
  ['Party', /\b(party|bunting|balloons?|garland|confetti|cone)\b/],
  ['Storage', /\b(box|boxes|basket|drawer|cabinet|rack|hooks?|hanger|storage|cases?|crate|trinket)\b/],
  ['Bathroom', /\b(bath|soap|bathroom|toilet|shower|toothbrush)\b/],
];

/** The type of goods that a product's name speaks of; `Home decoration` when no word tells. */
export function guessType(name: string): string {
  const text = name.toLowerCase();
  return types.find(([, words]) => words.test(text))?.[0] ?? 'Home decoration';
}
