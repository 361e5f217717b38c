/** What is wrong with a page as it stands: for those who see it by other means, and for those who see little of it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** axe's serious and critical findings, each with where it is. */
export async function accessFaults(page: Page): Promise<string[]> {
  // By the debugger's protocol: the page's policy would refuse a script in it.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
    );
}

/**
 * What sticks out of the window to the right: then the page has to be moved to be read or, where it clips what sticks
 * out, cannot be read at all. What lies in a box that scrolls, or cuts off on purpose, does not.
 */
export function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth } = document.documentElement;
    const isBox = (each: Element): boolean =>
      getComputedStyle(each).overflowX !== "visible" && each.getBoundingClientRect().right <= clientWidth + 1;
    const isBoxed = (each: Element): boolean => {
      for (let at: Element | null = each; at !== null && at !== document.body; at = at.parentElement)
        if (isBox(at)) return true;
      return false;
    };
    const out = [...document.querySelectorAll("body *")].filter((each) => {
      const { left, right, width } = each.getBoundingClientRect();
      // What runs over an element's own edge makes it no wider. In lines and drawings that says something else.
      const reaches = Math.max(
        right,
        each instanceof SVGElement || getComputedStyle(each).display === "inline"
          ? 0
          : left + each.scrollWidth,
      );
      return width > 0 && reaches > clientWidth + 1 && !isBoxed(each);
    });
    return out.slice(-5).map((each) => each.outerHTML.slice(0, 300));
  });
}

/** Keys of texts that are shown in place of the texts. */
export async function untranslated(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // What comes from an event or a setting may look alike: hosts, files, fields.
      if (node.parentElement?.closest(".hostile, .hostile-line, bdi, code, pre, a, dd")) continue;
      found.push(node.textContent?.trim() ?? "");
    }
    for (const each of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      for (const name of ["aria-label", "title", "placeholder"]) found.push(each.getAttribute(name) ?? "");
    }
    return found;
  });
  return texts.filter((text) => KEY.test(text));
}

/** Such as `dead:filter.more` or `filter.more`. */
const KEY = /^([a-zA-Z]+:)?[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*)+(_\w+)?$/;
