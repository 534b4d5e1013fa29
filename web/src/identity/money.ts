import { type Language, useLanguage } from "../base/words";

/** An amount in a currency, as the language writes it. */
export function money(amount: number, currency: string, language: Language): string {
  const locale = language === "en" ? "en-GB" : "de-DE";
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
}

/** {@link money} in the person's language. */
export function useMoney(): (amount: number, currency: string) => string {
  const language = useLanguage();
  return (amount, currency) => money(amount, currency, language);
}
