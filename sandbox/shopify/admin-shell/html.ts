/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}
type Part = string | number | Html | readonly Html[] | null | false;

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0).toString()};`);

function render(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'object') return 'html' in part ? part.html : part.map((item) => item.html).join('');
  return escape(String(part));
}

/** HTML from a template; what is put in is escaped unless it is HTML. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return {
    html: strings.reduce(
      (text, string, index) => text + string + (index < parts.length ? render(parts[index] ?? null) : ''),
      '',
    ),
  };
}
