/** Save a text as a file on the reader's machine. */

const TAKEN_MS = 10_000;

export function saveText(name: string, mediaType: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: mediaType }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken the bytes once the click's tasks are done.
  setTimeout(() => URL.revokeObjectURL(link.href), TAKEN_MS);
}
