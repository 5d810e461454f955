/**
 * Writes an amount in Liquid's unit (hundredths of the main unit in every currency) as WooCommerce's settings say:
 * the format carries decimals, thousands and decimal separator, `&euro;{{amount|2|,|.}}`.
 */
export function formatMoney(hundredths: number, format: string): string {
  const main = document.createElement('i');
  main.innerHTML = format;
  const [before = '', digits, thousands = '', rest = ''] = (main.textContent ?? '').split('|');
  const [point, after] = rest.split('}}');
  const [units = '', cents] = (hundredths / 100).toFixed(Number(digits)).split('.');
  const whole = units.replace(/\B(?=(\d{3})+$)/g, thousands);
  return before.replace('{{amount', whole + (cents ? String(point) + cents : '')) + String(after);
}
