/** A quoted cell; what a spreadsheet would run as a formula is made a text. */
const cell = (value: string): string => {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
};

/** A table as a CSV file (RFC 4180) to be saved under `name`; the first row holds the heads. */
export function csvFile(name: string, rows: readonly (readonly string[])[]): Response {
  return new Response(`${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    },
  });
}
