/** A link could not carry the session token, a request does. @throws when the file cannot be reached */
export async function saveCsv(id: string): Promise<void> {
  const response = await fetch(`/experiments/${id}/csv`);
  if (!response.ok) throw new Error(`the file was answered with ${String(response.status)}`);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `experiment-${id}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
