import { defaultProgramme, type ProgrammeSettings } from '#app/domains/loyalty/index.ts';

/** The programme that is offered to a usual shop: orders of 50, 40 % margin, 10 % of it kept. */
export const usualProgramme = (currency = 'EUR', write: (minor: number) => string = String): ProgrammeSettings =>
  defaultProgramme({ currency, digits: 2, averageOrderMinor: 5_000, marginBps: 4_000, minMarginBps: 1_000, write });
