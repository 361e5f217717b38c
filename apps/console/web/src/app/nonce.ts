/** The value that lets our own <style> elements pass the Content-Security-Policy; the server writes it into the page. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

/** Dialogs lock scrolling with a <style> of react-remove-scroll, which reads the nonce from webpack's global. */
export function handNonceToStyles(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
