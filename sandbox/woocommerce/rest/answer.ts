/** What the REST API answers: a body to be sent as JSON. */
export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** A refusal in WordPress's own shape; thrown inside the REST API and turned into its answer. */
export class RestError extends Error {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly status: number };
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    status: number,
    more: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = code;
    this.data = { status, ...more };
    this.headers = headers;
  }

  get body(): { code: string; message: string; data: unknown } {
    return { code: this.code, message: this.message, data: this.data };
  }
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): RestAnswer => ({
  status: 200,
  body,
  headers,
});

export const created = (body: unknown, location: string): RestAnswer => ({
  status: 201,
  body,
  headers: { location },
});

/** The refusal of parameters that the schema does not allow. */
export function invalidParams(params: Readonly<Record<string, string>>): RestError {
  const details = Object.fromEntries(
    Object.entries(params).map(([name, message]) => [name, { code: 'rest_invalid_type', message, data: null }]),
  );
  return new RestError('rest_invalid_param', `Invalid parameter(s): ${Object.keys(params).join(', ')}`, 400, {
    params,
    details,
  });
}

export const noRoute = (): RestError =>
  new RestError('rest_no_route', 'No route was found matching the URL and request method.', 404);
