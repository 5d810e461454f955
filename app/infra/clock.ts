/** The time and randomness of the process, passed as an argument so that tests decide them. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
