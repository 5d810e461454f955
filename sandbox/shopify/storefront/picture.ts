import type { SandboxProduct } from '../model.ts';

const tints = [
  ['#efe4d6', '#b9784f', '#8a5436'],
  ['#e3e9df', '#6f8f72', '#48634c'],
  ['#e6e6ee', '#7c84ab', '#525a83'],
  ['#f3e1dc', '#c26f5c', '#8f4939'],
  ['#f1ebd5', '#c9a54a', '#8f7229'],
  ['#dfeaec', '#5f94a0', '#3d6a75'],
  ['#ece2ea', '#9c708f', '#6f4b65'],
  ['#e9e6e0', '#857c6d', '#5b5347'],
] as const;

/** Any of these words, in the singular or plural. */
function words(pattern: string): RegExp {
  return new RegExp(`\\b(?:${pattern})(?:s|es)?\\b`, 'i');
}

type Draw = (main: string, dark: string) => string;

/** What a kind of goods looks like, on a canvas of 400 by 400. */
const shapes: readonly (readonly [RegExp, Draw])[] = [
  [
    words('mug|cup|latte|coffee|espresso|cappuccino|dripper'),
    (m, d) =>
      `<path d="M120 140h140v120a40 40 0 0 1-40 40h-60a40 40 0 0 1-40-40z" fill="${m}"/><path d="M260 165h22a30 30 0 0 1 30 30v10a36 36 0 0 1-36 36h-16" fill="none" stroke="${m}" stroke-width="18"/><ellipse cx="190" cy="140" rx="70" ry="16" fill="${d}"/>`,
  ],
  [
    words('teapot|kettle|tea|jug|carafe|decanter|watering can'),
    (m, d) =>
      `<path d="M125 230c0-60 40-95 80-95s80 35 80 95c0 50-30 75-80 75s-80-25-80-75z" fill="${m}"/><path d="M130 215c-40-5-45-45-70-55l30-8c25 10 25 35 50 40z" fill="${m}"/><path d="M270 170c55-20 75 65 10 85" fill="none" stroke="${m}" stroke-width="16"/><path d="M160 142h90" stroke="${d}" stroke-width="14" stroke-linecap="round"/><circle cx="205" cy="122" r="13" fill="${d}"/>`,
  ],
  [
    words('pillar|candle(?! ?stick| holder| plate)|taper|tealights|diffuser|incense|night ?light'),
    (m, d) =>
      `<rect x="145" y="165" width="110" height="145" rx="14" fill="${m}"/><path d="M200 165v-28" stroke="${d}" stroke-width="6"/><path d="M200 80c26 28 22 56 0 58-22-2-26-30 0-58z" fill="#f2b544"/><path d="M145 185q55 22 110 0" fill="none" stroke="${d}" stroke-width="5" opacity=".4"/>`,
  ],
  [
    words('candlestick|holder|lantern|sconce|lamp|light'),
    (m, d) =>
      `<path d="M140 310h120l-22-22h-76z" fill="${d}"/><rect x="190" y="180" width="20" height="110" fill="${d}"/><rect x="170" y="165" width="60" height="22" rx="8" fill="${d}"/><rect x="183" y="95" width="34" height="72" rx="6" fill="${m}"/>`,
  ],
  [
    words('cushion|pillow|pillowcase|insert|bolster|pad|lumbar'),
    (m, d) =>
      `<path d="M95 115c60 18 150 18 210 0-18 60-18 130 0 190-60-18-150-18-210 0 18-60 18-130 0-190z" fill="${m}"/><path d="M130 150q70 20 140 0M130 270q70-20 140 0" fill="none" stroke="${d}" stroke-width="5" opacity=".5"/>`,
  ],
  [
    words(
      'throw|blanket|towel|linen|napkin|cloth|tablecloth|sheet|duvet|runner|robe|apron|curtain|mat|doormat|protector|rug|scarf|placemat',
    ),
    (m, d) =>
      `<rect x="95" y="225" width="210" height="70" rx="22" fill="${d}"/><rect x="95" y="165" width="210" height="70" rx="22" fill="${m}"/><rect x="95" y="105" width="210" height="70" rx="22" fill="${d}" opacity=".75"/><path d="M120 200h150M120 140h150M120 260h150" stroke="#fff" stroke-width="4" opacity=".45"/>`,
  ],
  [
    words('pan|saucepan|skillet|wok|casserole|steamer|roasting tin'),
    (m, d) =>
      `<path d="M85 190h200v50a50 50 0 0 1-50 50H135a50 50 0 0 1-50-50z" fill="${m}"/><rect x="275" y="192" width="90" height="22" rx="11" fill="${d}"/><rect x="78" y="176" width="214" height="22" rx="11" fill="${d}"/>`,
  ],
  [
    words(
      'spoon|knife|cutlery|spatula|grater|whisk|brush|mill|rolling pin|cutting board|trowel|secateurs|dipper|grinder|sharpener|cutter|spade|fork',
    ),
    (m, d) =>
      `<rect x="120" y="90" width="30" height="220" rx="15" fill="${d}"/><ellipse cx="135" cy="120" rx="34" ry="46" fill="${d}"/><rect x="245" y="190" width="30" height="120" rx="12" fill="${d}"/><path d="M240 200c-4-60 4-90 20-115 16 25 24 55 20 115z" fill="${m}"/>`,
  ],
  [
    words('glass|tumbler|coupe|beaker|highball'),
    (m, d) =>
      `<path d="M130 100h140l-18 195a18 18 0 0 1-18 15h-68a18 18 0 0 1-18-15z" fill="${m}" opacity=".55"/><path d="M138 180h124l-10 115a18 18 0 0 1-18 15h-68a18 18 0 0 1-18-15z" fill="${m}"/><path d="M130 100h140" stroke="${d}" stroke-width="6"/>`,
  ],
  [
    words('jar|bottle|soap|salts?|spray|bin|dish|server|frother|tin|storage|canister'),
    (m, d) =>
      `<rect x="130" y="145" width="140" height="165" rx="26" fill="${m}"/><rect x="145" y="100" width="110" height="45" rx="10" fill="${d}"/><rect x="155" y="205" width="90" height="60" rx="6" fill="#fff" opacity=".7"/>`,
  ],
  [
    words('plate|bowl|platter|basket|stand|cakestand|tray'),
    (m, d) =>
      `<ellipse cx="200" cy="175" rx="120" ry="30" fill="${d}"/><path d="M80 178c8 80 60 115 120 115s112-35 120-115c-40 26-200 26-240 0z" fill="${m}"/>`,
  ],
  [
    words('plant|pot|garden|herb|seed|planter|feeder|twine|terracotta|flower|rose|tree|wreath'),
    (m, d) =>
      `<path d="M140 220h120l-16 90h-88z" fill="${m}"/><rect x="130" y="200" width="140" height="26" rx="6" fill="${m}"/><path d="M200 200c0-60-10-90-50-110 0 50 10 90 50 110zm0 0c0-70 15-95 60-105 0 50-20 90-60 105z" fill="#5d7f55"/><path d="M200 200v-70" stroke="${d}" stroke-width="5"/>`,
  ],
  [
    words('bag|satchel|shopper|tote|purse|backpack|rucksack'),
    (m, d) =>
      `<path d="M110 170h180l16 140H94z" fill="${m}"/><path d="M150 190v-40a50 50 0 0 1 100 0v40" fill="none" stroke="${d}" stroke-width="12"/>`,
  ],
  [
    words('heart|love|valentine'),
    (m, d) =>
      `<path d="M200 310c-90-60-110-105-100-145 12-46 76-50 100-5 24-45 88-41 100 5 10 40-10 85-100 145z" fill="${m}"/><path d="M200 140V90" stroke="${d}" stroke-width="5"/>`,
  ],
  [
    words('frame|mirror|picture|photo|sign|blackboard|chalkboard|plaque|print|art'),
    (m, d) =>
      `<rect x="105" y="105" width="190" height="200" rx="8" fill="${d}"/><rect x="125" y="125" width="150" height="160" fill="#fff" opacity=".85"/><path d="M125 285l55-75 35 40 25-30 35 65z" fill="${m}"/>`,
  ],
  [
    words('card|book|notebook|notelet|paper|wrap|postcard|journal|diary|envelope|calendar|stationery'),
    (m, d) =>
      `<rect x="115" y="100" width="170" height="210" rx="10" fill="${m}"/><rect x="115" y="100" width="26" height="210" rx="8" fill="${d}"/><path d="M165 160h90M165 190h90M165 220h60" stroke="#fff" stroke-width="7" opacity=".7"/>`,
  ],
  [
    words('pen|pencil|crayon|chalk|marker'),
    (m, d) =>
      `<g transform="rotate(35 200 210)"><rect x="180" y="95" width="40" height="170" fill="${m}"/><path d="M180 265h40l-20 45z" fill="#e9cfa5"/><rect x="180" y="80" width="40" height="24" rx="6" fill="${d}"/></g>`,
  ],
  [
    words('clock|watch|alarm|timer'),
    (m, d) =>
      `<circle cx="200" cy="210" r="100" fill="${m}"/><circle cx="200" cy="210" r="80" fill="#fff" opacity=".85"/><path d="M200 210v-50M200 210l38 22" stroke="${d}" stroke-width="9" stroke-linecap="round"/>`,
  ],
  [
    words('christmas|decoration|ornament|bauble|star|hanging|bunting|garland|balloon'),
    (m, d) =>
      `<circle cx="200" cy="225" r="82" fill="${m}"/><rect x="184" y="128" width="32" height="22" rx="4" fill="${d}"/><path d="M200 128V85" stroke="${d}" stroke-width="5"/><path d="M122 205q78 40 156 0" fill="none" stroke="#fff" stroke-width="9" opacity=".6"/>`,
  ],
  [
    words('necklace|bracelet|earring|ring|bead|jewel|jewellery|charm|brooch'),
    (m, d) =>
      `<path d="M110 110c0 120 180 120 180 0" fill="none" stroke="${d}" stroke-width="7"/><path d="M200 200l34 38-34 60-34-60z" fill="${m}"/>`,
  ],
  [
    words('toy|doll|ball|globe|bear|game|puzzle|inflatable|dinosaur|robot|dog|doggy|cat|bird|owl|rabbit|bunny'),
    (m, d) =>
      `<circle cx="200" cy="225" r="85" fill="${m}"/><circle cx="140" cy="140" r="32" fill="${m}"/><circle cx="260" cy="140" r="32" fill="${m}"/><circle cx="170" cy="210" r="9" fill="${d}"/><circle cx="230" cy="210" r="9" fill="${d}"/><ellipse cx="200" cy="250" rx="26" ry="18" fill="#fff" opacity=".7"/>`,
  ],
  [
    words('umbrella|parasol'),
    (m, d) =>
      `<path d="M90 210a110 110 0 0 1 220 0z" fill="${m}"/><path d="M200 210v75a22 22 0 0 0 44 0" fill="none" stroke="${d}" stroke-width="10"/>`,
  ],
  [
    words('tape|ribbon|string|wool|thread|lace'),
    (m, d) =>
      `<circle cx="200" cy="215" r="95" fill="${m}"/><circle cx="200" cy="215" r="45" fill="${d}"/><circle cx="200" cy="215" r="30" fill="#fff" opacity=".75"/>`,
  ],
  [
    words('hook|hanger|rack|drawer|knob|handle|door'),
    (m, d) =>
      `<rect x="90" y="150" width="220" height="46" rx="12" fill="${m}"/><path d="M140 196v50a24 24 0 0 0 48 0M230 196v50a24 24 0 0 0 48 0" fill="none" stroke="${d}" stroke-width="13" stroke-linecap="round"/>`,
  ],
  [
    words('cake|cupcake|biscuit|baking|cookie|chocolate'),
    (m, d) =>
      `<path d="M120 215h160l-22 95H142z" fill="${d}"/><path d="M105 215c0-40 40-40 45-70 40-45 95-10 95 25 45 0 55 25 50 45z" fill="${m}"/><circle cx="200" cy="125" r="17" fill="#c1473b"/>`,
  ],
];

/** Goods that nobody drew: a parcel. */
const parcel: Draw = (m, d) =>
  `<path d="M100 160l100-50 100 50v120l-100 50-100-50z" fill="${m}"/><path d="M100 160l100 50 100-50M200 210v120" fill="none" stroke="${d}" stroke-width="6"/><path d="M150 135l100 50" stroke="${d}" stroke-width="12" opacity=".5"/>`;

function numberOf(text: string): number {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}

/** A picture of the product as SVG: its shape by its name and type, its colours by its id. */
export function drawProduct(product: Pick<SandboxProduct, 'id' | 'title' | 'productType'>): string {
  const [paper, main, dark] = tints[numberOf(product.title) % tints.length] ?? tints[0];
  const draw =
    shapes.find(([pattern]) => pattern.test(product.title))?.[1] ??
    shapes.find(([pattern]) => pattern.test(product.productType))?.[1] ??
    parcel;
  const turn = (numberOf(product.id) % 9) - 4;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400"><rect width="400" height="400" fill="${paper}"/><ellipse cx="200" cy="322" rx="120" ry="14" fill="${dark}" opacity=".14"/><g transform="rotate(${String(turn)} 200 220)">${draw(main, dark)}</g></svg>`;
}
