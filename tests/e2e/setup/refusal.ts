import { expect } from '@playwright/test';

/**
 * The browser notes an answer that refuses, a moment before or after the page shows what is wrong: waits for the one of
 * this status, and takes it out of the errors that the test may not leave.
 */
export async function takeRefusal(consoleErrors: string[], status = 422): Promise<void> {
  const isRefusal = (text: string) => text.includes(`status of ${String(status)}`);
  await expect.poll(() => consoleErrors.filter(isRefusal).length, { message: `refusals by ${String(status)}` }).toBe(1);
  consoleErrors.splice(0, consoleErrors.length, ...consoleErrors.filter((text) => !isRefusal(text)));
}
