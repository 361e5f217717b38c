import { useEffect, useState } from "react";

/** Gives the keyboard back to where it was before what uses this appeared. For dialogs that are there only while open. */
export function useReturnFocus(): void {
  // Looked up before anything of it is in the document: the menu that it was chosen from goes at the same moment.
  const [before] = useState(() => whereToReturn(document.activeElement));
  useEffect(
    () => () => {
      if (before?.isConnected) before.focus();
    },
    [before],
  );
}

/** An entry of a menu is gone with the menu: what opened the menu stays. */
function whereToReturn(active: Element | null): HTMLElement | null {
  const opener = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const element = opener ? document.getElementById(opener) : active;
  return element instanceof HTMLElement && element !== document.body ? element : null;
}
