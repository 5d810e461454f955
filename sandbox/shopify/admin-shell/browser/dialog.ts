/** Opens one of the shell's dialogs; the value of the button that closed it, empty for Escape. */
export function askInDialog(dialog: HTMLDialogElement): Promise<string> {
  dialog.returnValue = '';
  dialog.showModal();
  for (const button of dialog.querySelectorAll('button'))
    button.onclick = () => {
      dialog.close(button.value);
    };
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true });
  });
}
