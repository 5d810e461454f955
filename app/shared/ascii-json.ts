/**
 * JSON in ASCII alone: whoever parses it gets the same value, its length is its size in bytes, and a server
 * can send it without encoding it. Source: RFC 8259, section 7 (escapes by UTF-16 code unit).
 */
export function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
