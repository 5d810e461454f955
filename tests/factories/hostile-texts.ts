/** Texts that shops, buyers and forgers write, each with what it tries to break. */
export const hostileTexts: readonly (readonly [why: string, text: string])[] = [
  ['the end of a script', '</script><script>alert(1)</script>'],
  ['an attribute and a handler', `"><img src=x onerror='alert(1)'>`],
  ['a template', '{{ 7 | times: 7 }} ${7*7} <%= 7 %>'],
  ['SQL', `'; DROP TABLE "order"; --`],
  ['right to left, with an override', 'مزهرية \u202Egpj.exe'],
  ['joined emoji and combining marks', '👩‍👩‍👧‍👦 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘'],
  ['ten thousand characters', 'ж'.repeat(10_000)],
  ['a NUL', 'before\0after'],
  ['half a surrogate pair', 'cut \ud83d off'],
  ['line separators of JavaScript', 'a\u2028b\u2029c'],
  ['a prototype', '__proto__'],
  ['nothing but spaces', '   '],
];
