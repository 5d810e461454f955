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

type Draw = (main: string, dark: string) => string;

/** What a kind of goods looks like, on a canvas of 400 by 400. */
const shapes: readonly (readonly [RegExp, Draw])[] = [
  [
    /mug|cup|latte|coffee|espresso/i,
    (m, d) =>
      `<path d="M120 140h140v120a40 40 0 0 1-40 40h-60a40 40 0 0 1-40-40z" fill="${m}"/><path d="M260 165h22a30 30 0 0 1 30 30v10a36 36 0 0 1-36 36h-16" fill="none" stroke="${m}" stroke-width="18"/><ellipse cx="190" cy="140" rx="70" ry="16" fill="${d}"/>`,
  ],
  [
    /teapot|kettle|tea|jug|carafe|decanter|watering/i,
    (m, d) =>
      `<path d="M125 230c0-60 40-95 80-95s80 35 80 95c0 50-30 75-80 75s-80-25-80-75z" fill="${m}"/><path d="M130 215c-40-5-45-45-70-55l30-8c25 10 25 35 50 40z" fill="${m}"/><path d="M270 170c55-20 75 65 10 85" fill="none" stroke="${m}" stroke-width="16"/><path d="M160 142h90" stroke="${d}" stroke-width="14" stroke-linecap="round"/><circle cx="205" cy="122" r="13" fill="${d}"/>`,
  ],
  [
    /pillar|candle(?!stick| holder| plate)|taper|tealight|wick|diffuser|incense/i,
    (m, d) =>
      `<rect x="145" y="165" width="110" height="145" rx="14" fill="${m}"/><path d="M200 165v-28" stroke="${d}" stroke-width="6"/><path d="M200 80c26 28 22 56 0 58-22-2-26-30 0-58z" fill="#f2b544"/><path d="M145 185q55 22 110 0" fill="none" stroke="${d}" stroke-width="5" opacity=".4"/>`,
  ],
  [
    /candlestick|holder|lantern|sconce/i,
    (m, d) =>
      `<path d="M140 310h120l-22-22h-76z" fill="${d}"/><rect x="190" y="180" width="20" height="110" fill="${d}"/><rect x="170" y="165" width="60" height="22" rx="8" fill="${d}"/><rect x="183" y="95" width="34" height="72" rx="6" fill="${m}"/>`,
  ],
  [
    /cushion|pillow|insert|bolster|pad|lumbar/i,
    (m, d) =>
      `<path d="M95 115c60 18 150 18 210 0-18 60-18 130 0 190-60-18-150-18-210 0 18-60 18-130 0-190z" fill="${m}"/><path d="M130 150q70 20 140 0M130 270q70-20 140 0" fill="none" stroke="${d}" stroke-width="5" opacity=".5"/>`,
  ],
  [
    /throw|blanket|towel|linen|napkin|cloth|sheet|duvet|cover|runner|robe|apron|curtain|mat\b|protector/i,
    (m, d) =>
      `<rect x="95" y="225" width="210" height="70" rx="22" fill="${d}"/><rect x="95" y="165" width="210" height="70" rx="22" fill="${m}"/><rect x="95" y="105" width="210" height="70" rx="22" fill="${d}" opacity=".75"/><path d="M120 200h150M120 140h150M120 260h150" stroke="#fff" stroke-width="4" opacity=".45"/>`,
  ],
  [
    /pan|skillet|pot\b|wok|casserole|tin\b|roast|steamer/i,
    (m, d) =>
      `<path d="M85 190h200v50a50 50 0 0 1-50 50H135a50 50 0 0 1-50-50z" fill="${m}"/><rect x="275" y="192" width="90" height="22" rx="11" fill="${d}"/><rect x="78" y="176" width="214" height="22" rx="11" fill="${d}"/>`,
  ],
  [
    /spoon|knife|spatula|grater|whisk|brush|mill|pin|cutting|board|trowel|secateurs|dipper|grinder|sharpener/i,
    (m, d) =>
      `<rect x="120" y="90" width="30" height="220" rx="15" fill="${d}"/><ellipse cx="135" cy="120" rx="34" ry="46" fill="${d}"/><rect x="245" y="190" width="30" height="120" rx="12" fill="${d}"/><path d="M240 200c-4-60 4-90 20-115 16 25 24 55 20 115z" fill="${m}"/>`,
  ],
  [
    /glass|tumbler|coupe|beaker|highball/i,
    (m, d) =>
      `<path d="M130 100h140l-18 195a18 18 0 0 1-18 15h-68a18 18 0 0 1-18-15z" fill="${m}" opacity=".55"/><path d="M138 180h124l-10 115a18 18 0 0 1-18 15h-68a18 18 0 0 1-18-15z" fill="${m}"/><path d="M130 100h140" stroke="${d}" stroke-width="6"/>`,
  ],
  [
    /jar|bottle|soap|salt|spray|bin|labels|dish|server|frother/i,
    (m, d) =>
      `<rect x="130" y="145" width="140" height="165" rx="26" fill="${m}"/><rect x="145" y="100" width="110" height="45" rx="10" fill="${d}"/><rect x="155" y="205" width="90" height="60" rx="6" fill="#fff" opacity=".7"/>`,
  ],
  [
    /plate|bowl|platter|basket|stand|matcha/i,
    (m, d) =>
      `<ellipse cx="200" cy="175" rx="120" ry="30" fill="${d}"/><path d="M80 178c8 80 60 115 120 115s112-35 120-115c-40 26-200 26-240 0z" fill="${m}"/>`,
  ],
  [
    /plant|pot|garden|herb|seed|planter|feeder|twine|terracotta/i,
    (m, d) =>
      `<path d="M140 220h120l-16 90h-88z" fill="${m}"/><rect x="130" y="200" width="140" height="26" rx="6" fill="${m}"/><path d="M200 200c0-60-10-90-50-110 0 50 10 90 50 110zm0 0c0-70 15-95 60-105 0 50-20 90-60 105z" fill="#5d7f55"/><path d="M200 200v-70" stroke="${d}" stroke-width="5"/>`,
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
export function drawProduct(product: SandboxProduct): string {
  const [paper, main, dark] = tints[numberOf(product.title) % tints.length] ?? tints[0];
  const draw =
    shapes.find(([pattern]) => pattern.test(product.title))?.[1] ??
    shapes.find(([pattern]) => pattern.test(product.productType))?.[1] ??
    parcel;
  const turn = (numberOf(product.id) % 9) - 4;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400"><rect width="400" height="400" fill="${paper}"/><ellipse cx="200" cy="322" rx="120" ry="14" fill="${dark}" opacity=".14"/><g transform="rotate(${String(turn)} 200 220)">${draw(main, dark)}</g></svg>`;
}
