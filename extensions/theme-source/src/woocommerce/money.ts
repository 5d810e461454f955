/**
 * Writes an amount in Liquid's unit (hundredths of the main unit in every currency) as WooCommerce's settings say:
 * the format carries decimals, thousands and decimal separator, `&euro;{{amount|2|,|.}}`.
 */
export function formatMoney(hundredths: number, format: string): string {
  const main = document.createElement('i');
  main.innerHTML = format;
  return (main.textContent ?? '').replace(
    /\{\{amount\|(\d)\|([^|}]*)\|([^|}]*)\}\}/,
    (_, digits: string, thousands: string, point: string) => {
      const [units = '', cents] = (hundredths / 100).toFixed(Number(digits)).split('.');
      return units.replace(/\B(?=(\d{3})+$)/g, thousands) + (cents ? point + cents : '');
    },
  );
}
