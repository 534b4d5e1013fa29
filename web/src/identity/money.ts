import { type Language, useLanguage } from "../base/words";

/** An amount in a currency, as the language writes it; without a sign where nobody named the currency. */
export function money(amount: number, currency: string | null, language: Language): string {
  const locale = language === "en" ? "en-GB" : "de-DE";
  if (currency === null) {
    return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);
  }
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
}

/** {@link money} in the person's language. */
export function useMoney(): (amount: number, currency: string | null) => string {
  const language = useLanguage();
  return (amount, currency) => money(amount, currency, language);
}
