interface Plan {
  /** calling code, ITU-T E.164 */
  readonly code: string;
  /** dialled before a national number and left out behind the calling code */
  readonly trunk: string;
}

/**
 * Calling codes of the countries that most shops deliver to. Italy dials its 0 behind the calling code as well; North
 * America's trunk prefix is its calling code. Source: ITU-T E.164 annexes, national numbering plans.
 */
const plans: Readonly<Record<string, Plan>> = {
  AT: { code: '43', trunk: '0' },
  AU: { code: '61', trunk: '0' },
  BE: { code: '32', trunk: '0' },
  BR: { code: '55', trunk: '0' },
  CA: { code: '1', trunk: '1' },
  CH: { code: '41', trunk: '0' },
  CZ: { code: '420', trunk: '' },
  DE: { code: '49', trunk: '0' },
  DK: { code: '45', trunk: '' },
  ES: { code: '34', trunk: '' },
  FI: { code: '358', trunk: '0' },
  FR: { code: '33', trunk: '0' },
  GB: { code: '44', trunk: '0' },
  GR: { code: '30', trunk: '' },
  HU: { code: '36', trunk: '06' },
  IE: { code: '353', trunk: '0' },
  IN: { code: '91', trunk: '0' },
  IT: { code: '39', trunk: '' },
  JP: { code: '81', trunk: '0' },
  KR: { code: '82', trunk: '0' },
  LU: { code: '352', trunk: '' },
  MX: { code: '52', trunk: '' },
  NL: { code: '31', trunk: '0' },
  NO: { code: '47', trunk: '' },
  NZ: { code: '64', trunk: '0' },
  PL: { code: '48', trunk: '' },
  PT: { code: '351', trunk: '' },
  RO: { code: '40', trunk: '0' },
  SE: { code: '46', trunk: '0' },
  SG: { code: '65', trunk: '' },
  TR: { code: '90', trunk: '0' },
  US: { code: '1', trunk: '1' },
  ZA: { code: '27', trunk: '0' },
};

/** Fewer digits than this are an extension or made up; more than fifteen are no number (E.164). */
const [fewest, most] = [7, 15];

const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '');

/** A number with its calling code, `+49301234567`; null for what is no number of a person. */
export function normalisePhone(text: string | null, country: string | null): string | null {
  const typed = (text ?? '').normalize('NFKC').trim();
  // "+49 (0)30": the bracket says what is left out from abroad.
  const digits = digitsOf(/^(\+|00)/.test(typed) ? typed.replace(/\(0\)/, '') : typed);
  const plan = plans[(country ?? '').toUpperCase()];
  const whole = international(typed, digits, plan);
  if (whole.length < fewest || whole.length > most) return null;
  // 0000000 and 1111111 are typed where a form asks for something.
  return /^(\d)\1+$/.test(whole.slice(plan?.code.length ?? 0)) || /^(\d)\1+$/.test(digits) ? null : `+${whole}`;
}

function international(typed: string, digits: string, plan: Plan | undefined): string {
  if (typed.startsWith('+')) return digits;
  if (digits.startsWith('00')) return digits.slice(2);
  if (plan === undefined) return digits;
  const { code, trunk } = plan;
  // Some write the calling code without its sign; a national number of that length begins with the trunk prefix.
  if (digits.startsWith(code) && digits.length >= code.length + 9 && !(trunk !== '' && digits.startsWith(trunk)))
    return digits;
  return code + (trunk !== '' && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits);
}
