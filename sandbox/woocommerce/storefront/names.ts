/** Text of a name as a theme shows it: markup that merchants left in it is gone. */
export const plainName = (name: string): string =>
  name
    .replace(/<script\b[^>]*>.*?<\/script>/gis, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&');
