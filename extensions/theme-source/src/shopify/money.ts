/**
 * Writes an amount in Liquid's unit (hundredths of the main unit in every currency) by the shop's own
 * `money_format`, so that what the script writes looks like what Liquid wrote.
 * Source: the placeholders of Shopify's currency formatting settings.
 */
export function formatMoney(hundredths: number, format: string): string {
  const main = document.createElement('i');
  main.innerHTML = format;
  return (main.textContent ?? '').replace(/\{\{\s*(\w+)\s*\}\}/, (_, name: string) => {
    const whole = /no_decimals/.test(name);
    const [thousands = '', point = ''] = /comma/.test(name)
      ? '.,'
      : /apostrophe/.test(name)
        ? "'."
        : /period_and/.test(name)
          ? ' .'
          : /space/.test(name)
            ? ' ,'
            : ',.';
    const [units = '', cents = ''] = (hundredths / 100).toFixed(whole ? 0 : 2).split('.');
    return units.replace(/\B(?=(\d{3})+$)/g, thousands) + (whole ? '' : point + cents);
  });
}
