import { useMemo } from "react";
import { useLanguage } from "../base/words";

/** Writes amounts in a currency, with as many digits as it has, and two more for what costs less. */
export function useMoney(currency: string): (amount: number) => string {
  const language = useLanguage();
  return useMemo(() => {
    const format = new Intl.NumberFormat(language === "en" ? "en-GB" : "de-DE", {
      style: "currency",
      currency,
      minimumFractionDigits: 2,
      maximumFractionDigits: 4,
    });
    return (amount) => format.format(amount);
  }, [language, currency]);
}
