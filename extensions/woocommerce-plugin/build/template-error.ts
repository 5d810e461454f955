import type { Token } from 'liquidjs';

/** A template that cannot become PHP; says where, so that the build's output leads to the line. */
export function templateError(token: Token, message: string): Error {
  const [line, column] = token.getPosition();
  return new Error(`${token.file ?? 'template'}:${String(line)}:${String(column)}: ${message}`);
}
