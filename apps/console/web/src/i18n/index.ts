import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en/index.ts";
import { ja } from "./ja/index.ts";

export const languages = { en: "English", ja: "日本語" } as const;
export type Language = keyof typeof languages;

const STORED = "misskeep-language";

/** In the language chosen before, else the browser's, else English. */
export function startTranslating(): void {
  const language = storedLanguage() ?? (navigator.language.startsWith("ja") ? "ja" : "en");
  document.documentElement.lang = language;
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    ns: Object.keys(en),
    defaultNS: "common",
    resources: { en, ja },
    // React writes texts as texts.
    interpolation: { escapeValue: false },
    // All of them are there from the start.
    initAsync: false,
  });
}

export function setLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

function storedLanguage(): Language | undefined {
  const stored = localStorage.getItem(STORED);
  return stored === "en" || stored === "ja" ? stored : undefined;
}
