import type { Token } from 'liquidjs';

/** What is wrong with a template, and where in its text. */
class TemplateError extends Error {
  readonly place: readonly [line: number, column: number];
  constructor(token: Token, message: string) {
    super(message);
    this.place = token.getPosition() as [number, number];
  }
}

/** A template that cannot become PHP. */
export function templateError(token: Token, message: string): Error {
  return new TemplateError(token, message);
}

/** The error with file, line and column, so that the build's output leads to the place. */
export function namingFile(error: unknown, file: string): unknown {
  return error instanceof TemplateError
    ? new Error(`${file}:${error.place.join(':')}: ${error.message}`, { cause: error })
    : error;
}
