// Finds links in Markdown that lead nowhere: to a file that is not there, outside the repository, or to a heading
// that the file does not have.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { listFiles } from "./files.mjs";

const LINK =
  /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)|<(?:a|img)\s[^>]*?(?:href|src)="([^"]+)"/gm;

/** @param {string} root */
export function checkLinks(root) {
  const files = listFiles(root, /\.md$/);
  const broken = files.flatMap((file) =>
    linksOf(readFileSync(join(root, file), "utf8"))
      .map((link) => ({ link, problem: findProblem(root, file, link) }))
      .filter(({ problem }) => problem !== undefined)
      .map(({ link, problem }) => `${file}: ${link} ${problem}`),
  );
  return { ok: broken.length === 0, output: broken.join("\n") };
}

function linksOf(markdown) {
  return [...withoutCode(markdown).matchAll(LINK)].map(
    ([, inline, reference, html]) => inline ?? reference ?? html,
  );
}

function findProblem(root, file, link) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return undefined;
  const [path, anchor] = decodeURIComponent(link).split("#", 2);
  const target = path === "" ? file : relative(root, join(root, dirname(file), path));
  if (target.startsWith("..")) return "leads out of the repository";
  if (!existsSync(join(root, target))) return "is not there";
  if (anchor && target.endsWith(".md") && !anchorsOf(join(root, target)).has(anchor))
    return "has no such heading";
  return undefined;
}

/** As GitHub makes them; a heading that comes again gets a number. */
function anchorsOf(path) {
  const anchors = new Set();
  for (const [, title] of withoutCode(readFileSync(path, "utf8"), false).matchAll(
    /^#{1,6}\s+(.+?)\s*#*$/gm,
  )) {
    const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = plain.replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "").replaceAll(" ", "-");
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${slug}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** @param inline whether code inside a line goes too; in headings its text is part of the anchor */
function withoutCode(markdown, inline = true) {
  const prose = markdown.replace(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^\1\2\s*$/gm, "");
  return inline ? prose.replace(/`[^`\n]*`/g, "") : prose;
}
