/** The platform refused for good (a wrong id, a missing scope, a validation error): retrying changes nothing. */
export class PlatformRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'PlatformRefusal';
    this.code = code;
  }
}

/** The platform could not answer now (throttled, 5xx, time-out, network): try again at `retryAfterMs`. */
export class PlatformUnavailable extends Error {
  readonly retryAfterMs: number;
  /** what the merchant does where no later try helps either; null = nothing is known of the cause */
  readonly advice: string | null;
  constructor(message: string, retryAfterMs: number, advice: string | null = null) {
    super(message);
    this.name = 'PlatformUnavailable';
    this.retryAfterMs = retryAfterMs;
    this.advice = advice;
  }
}

/** Our access to the store is gone (uninstalled, revoked, refresh token dead): only the merchant can mend it. */
export class PlatformAccessLost extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlatformAccessLost';
  }
}

/** What was asked of the store needs our companion there, which is not (or not ready). */
export class CompanionAbsent extends PlatformRefusal {
  readonly state: 'missing' | 'waiting';
  /** @param message what the merchant does about it, in the platform's words */
  constructor(state: 'missing' | 'waiting', message: string) {
    super('COMPANION_ABSENT', message);
    this.name = 'CompanionAbsent';
    this.state = state;
  }
}
