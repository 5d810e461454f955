/** Relative luminance (WCAG 2.2) of `#rrggbb`, 0 to 1. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio (WCAG 2.2) of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is read more easily on `colour`. */
export const textOn = (colour: string): string =>
  contrast(colour, '#FFFFFF') >= contrast(colour, '#1A1A1A') ? '#FFFFFF' : '#1A1A1A';

/** The colour as text on `ground` where it is readable there (4.5 to 1), else what is. */
export const readable = (colour: string, ground: string): string =>
  contrast(colour, ground) >= 4.5 ? colour : textOn(ground);
