/** Hands a text to the browser as a file to save. */
export function saveFile(content: string, fileName: string, mediaType: string): void {
  saveBlob(new Blob([content], { type: mediaType }), fileName);
}

/** Hands what the server answered with to the browser as a file to save. */
export function saveBlob(content: Blob, fileName: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
